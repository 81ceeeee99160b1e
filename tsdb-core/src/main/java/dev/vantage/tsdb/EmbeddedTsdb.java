package dev.vantage.tsdb;

import dev.vantage.tsdb.engine.DirectoryLocation;
import dev.vantage.tsdb.engine.Location;
import dev.vantage.tsdb.engine.StoreFailures;
import dev.vantage.tsdb.engine.transfer.Restore;
import dev.vantage.tsdb.engine.verify.DatabaseVerifier;
import java.nio.file.Path;
import java.util.List;

/** A database inside this process; besides what every database does, it can be cared for. */
public interface EmbeddedTsdb extends Tsdb {

  /**
   * Takes up what another process has written since this database was opened or last refreshed.
   * Searches see all of it or none. A search that needs a series which another process has removed,
   * and whose spectrum is not in memory, refreshes the database by itself. Where the file of a
   * database open for reading only was deleted or replaced, this loads the one that is there now;
   * until that succeeds every method throws {@link UnavailableException}, those that read no rows
   * only from the first refresh on. A database open for writing has nothing to take up, but makes
   * sure of what is stored where losing its connection to PostgreSQL has left that open.
   *
   * @return whether anything had changed
   */
  boolean refresh();

  /**
   * Tells which of the threads that work in the background have ended though the database is open.
   * They live whatever goes wrong on them, so that there should never be one.
   *
   * @return their names, empty while all is well
   */
  List<String> lostThreads();

  /**
   * Tells whether the storage takes changes now. PostgreSQL does not while it is a standby, or
   * where {@code default_transaction_read_only} is on. A directory is not looked at.
   *
   * @return false where writes would fail with {@link UnavailableException}; true also for a
   *     database that was opened for reading only
   */
  boolean acceptsWrites();

  /**
   * Writes a consistent copy of the database to one file, beside searches and inserts.
   *
   * @param file the file to make; must not exist
   * @throws InvalidLocationException if the file exists or may not be written, or the database is
   *     in PostgreSQL, which has programs of its own for that
   */
  void backup(Path file);

  /**
   * Writes the whole database, as it is at one moment, to one portable file, beside searches and
   * inserts: gzip'ed lines of JSON that any program can read, and that {@link #restore(Path, Path)}
   * makes a database from, also on another kind of machine or in another kind of storage. Takes
   * about a millisecond for a series of 1024 points, and memory for a few hundred series.
   *
   * @param file the file to make; must not exist. Until it is whole, it has a random name beside
   *     that, which ends in {@code .partial}
   * @param progress told how many series have been written so far
   * @throws InvalidLocationException if the file exists or may not be written
   * @throws DamagedDatabaseException if what is stored is not what was written
   */
  void export(Path file, Progress progress);

  /**
   * Checks everything: the storage's own structure, every stored series against its checksum, every
   * stored distance against a fresh computation, trees and tables of the index against each other.
   *
   * @param progress told how many series have been checked so far
   * @return what was found
   */
  VerifyReport verify(Progress progress);

  /**
   * Checks the database at a location, also while others read and write it, and also one that is
   * too damaged to be opened: the storage's own structure, every stored series, row of distances
   * and attribute, summaries against the points, trees and checkpoint of the index, and stored
   * distances against fresh computations. Goes on past what is damaged, to find all of it.
   *
   * @param location the location, as in {@link Tsdb#open(String, OpenOptions)}
   * @param options how many distances are computed again
   * @param progress told how far it has come
   * @return what was found
   * @throws DamagedDatabaseException if not even the beginning can be read
   * @throws InvalidRequestException if the location is none
   * @throws InvalidLocationException if the location holds no database
   * @throws UnavailableException if PostgreSQL cannot be reached
   */
  static VerifyReport verify(String location, VerifyOptions options, Progress progress) {
    return StoreFailures.translated(
        () -> DatabaseVerifier.verify(Location.of(location), options, progress));
  }

  /**
   * Makes a database from a backup or an export, told apart by their first bytes.
   *
   * @param file what {@link #backup} or {@link #export} made
   * @param directory where to make the database; must not hold one
   * @throws InvalidLocationException if the file is no whole backup or export of a version known
   *     here, or the directory holds a database or may not be written
   * @throws StorageUnavailableException if the file system fails or is full
   */
  static void restore(Path file, Path directory) {
    restore(file, directory, Progress.NONE);
  }

  /**
   * Makes a database from a backup or an export, told apart by their first bytes. An export costs
   * reading it thrice and a distance from each series to each vantage point; nothing is left behind
   * when it fails.
   *
   * @param file what {@link #backup} or {@link #export} made
   * @param directory where to make the database; must not hold one
   * @param progress told how many series of an export have been stored so far
   * @throws InvalidLocationException if the file is no whole backup or export of a version known
   *     here, or the directory holds a database or may not be written
   * @throws StorageUnavailableException if the file system fails or is full
   */
  static void restore(Path file, Path directory, Progress progress) {
    Restore.restore(file, new DirectoryLocation(directory), progress);
  }

  /**
   * Makes a database from an export, or from a backup where the location is a directory, as {@link
   * #restore(Path, Path, Progress)} does. In PostgreSQL all of it is one transaction.
   *
   * @param file what {@link #backup} or {@link #export} made
   * @param location where to make the database, as in {@link Tsdb#open(String, OpenOptions)}; must
   *     not hold one
   * @param progress told how many series of an export have been stored so far
   * @throws DatabaseInUseException if the location is open for writing elsewhere
   * @throws InvalidRequestException if the location is none
   * @throws InvalidLocationException if the file is no whole backup or export of a version known
   *     here, or the location holds a database or may not be written
   * @throws UnavailableException if PostgreSQL cannot be reached
   */
  static void restore(Path file, String location, Progress progress) {
    Restore.restore(file, Location.of(location), progress);
  }

  /**
   * Says whether a location holds a database.
   *
   * @param location the location, as in {@link Tsdb#open(String, OpenOptions)}
   * @return whether it does
   * @throws InvalidRequestException if the location is none
   * @throws UnavailableException if PostgreSQL cannot be reached
   */
  static boolean exists(String location) {
    return StoreFailures.translated(() -> Location.of(location).exists());
  }

  /**
   * Makes a location fit to be shown and logged: an address in PostgreSQL loses its user, its
   * password and all parameters but the schema.
   *
   * @param location the location, as in {@link Tsdb#open(String, OpenOptions)}
   * @return the same place
   * @throws InvalidRequestException if the location is none
   */
  static String shown(String location) {
    return Location.of(location).shown();
  }
}

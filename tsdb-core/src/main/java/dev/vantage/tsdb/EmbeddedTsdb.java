package dev.vantage.tsdb;

import dev.vantage.tsdb.engine.Location;
import dev.vantage.tsdb.engine.StoreFailures;
import dev.vantage.tsdb.engine.transfer.Restore;
import dev.vantage.tsdb.engine.verify.DatabaseVerifier;
import dev.vantage.tsdb.metric.MetricSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A database inside this process. Thread-safe. Adds refresh, backup, export, restore and
 * verification to {@link Tsdb}.
 */
public interface EmbeddedTsdb extends Tsdb {

  /**
   * Loads what other processes have written since this database was opened or last refreshed. Each
   * search sees all of these changes or none. A search refreshes the database by itself if it needs
   * a series that another process has removed and the spectrum of that series is not in memory.
   *
   * <p>If the file of a read-only database was deleted or replaced, this method loads the file that
   * has its name now. Until that succeeds every method throws {@link UnavailableException}; methods
   * that read no rows do so only from the first refresh on. A database open for writing has nothing
   * to load. If it lost its connection to PostgreSQL during a commit, this method determines
   * whether the commit is stored.
   *
   * @return whether anything had changed
   */
  boolean refresh();

  /**
   * Lists background threads that have ended although the database is open. Background threads
   * survive every failure of their work, so the list should always be empty.
   *
   * @return the names of these threads
   */
  List<String> lostThreads();

  /**
   * Tells whether the storage accepts writes now. PostgreSQL does not while it is a standby or
   * while {@code default_transaction_read_only} is on. For a directory nothing is checked.
   *
   * @return false if writes would fail with {@link UnavailableException}; true also for a read-only
   *     database
   */
  boolean acceptsWrites();

  /**
   * Writes a consistent copy of the database to one file. Searches and inserts go on meanwhile.
   *
   * @param file the file to make; must not exist
   * @throws InvalidLocationException if the file exists or may not be written, or the database is
   *     in PostgreSQL, which has its own backup programs
   */
  void backup(Path file);

  /**
   * Writes a snapshot of the whole database to one portable file of gzip-compressed JSON lines.
   * Searches and inserts go on meanwhile. {@link #restore(Path, Path)} makes a database from the
   * file, also on another kind of machine or in another kind of storage. Takes about one
   * millisecond per series of 1024 points, and memory for a few hundred series.
   *
   * @param file the file to make; must not exist. Until it is complete, it has a random name in the
   *     same directory that ends in {@code .partial}
   * @param progress receives how many series have been written so far
   * @throws InvalidLocationException if the file exists or may not be written
   * @throws DamagedDatabaseException if stored data is damaged
   */
  void export(Path file, Progress progress);

  /**
   * Checks the whole database: the structure of the storage, every stored series against its
   * checksum, every stored distance against a fresh computation, and trees and tables of the index
   * against each other.
   *
   * @param progress receives how many series have been checked so far
   * @return the report
   */
  VerifyReport verify(Progress progress);

  /**
   * Checks the database at a location, also while other processes read and write it, and even if it
   * is too damaged to be opened. Checks the structure of the storage, every stored series, distance
   * row and attribute, summaries against the points, trees and checkpoint of the index, and stored
   * distances against fresh computations. Continues after damage, so that the report covers all of
   * it.
   *
   * @param location the location, as in {@link Tsdb#open(String, OpenOptions)}
   * @param options how many series have their distances computed again
   * @param progress receives how many series have been checked so far
   * @return the report
   * @throws DamagedDatabaseException if not even the settings can be read
   * @throws InvalidRequestException if the location is malformed
   * @throws InvalidLocationException if the location holds no database
   * @throws UnavailableException if PostgreSQL cannot be reached
   */
  static VerifyReport verify(String location, VerifyOptions options, Progress progress) {
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(progress, "progress");
    return StoreFailures.translated(
        () -> DatabaseVerifier.verify(Location.of(location), options, progress));
  }

  /**
   * Makes a database from a backup or an export. The first bytes of the file tell which it is.
   *
   * @param file a file that {@link #backup} or {@link #export} made
   * @param directory where to make the database; must not hold one
   * @throws InvalidLocationException if the file is not a complete backup or export of a supported
   *     version, or the directory holds a database or may not be written
   * @throws StorageUnavailableException if the file system fails or is full
   */
  static void restore(Path file, Path directory) {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(directory, "directory");
    restore(file, directory, Progress.NONE);
  }

  /**
   * Makes a database from a backup or an export. The first bytes of the file tell which it is. An
   * export is read three times, and one distance is computed from each series to each vantage
   * point. A failure leaves nothing behind.
   *
   * @param file a file that {@link #backup} or {@link #export} made
   * @param directory where to make the database; must not hold one
   * @param progress receives how many series of an export have been stored so far
   * @throws InvalidLocationException if the file is not a complete backup or export of a supported
   *     version, or the directory holds a database or may not be written
   * @throws StorageUnavailableException if the file system fails or is full
   */
  static void restore(Path file, Path directory, Progress progress) {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(directory, "directory");
    Objects.requireNonNull(progress, "progress");
    Restore.restore(file, new Location.Directory(directory), Optional.empty(), progress);
  }

  /**
   * Makes a database from an export, or from a backup where the location is a directory, as {@link
   * #restore(Path, Path, Progress)} does. In PostgreSQL this is one transaction.
   *
   * @param file a file that {@link #backup} or {@link #export} made
   * @param location where to make the database, as in {@link Tsdb#open(String, OpenOptions)}; must
   *     not hold one
   * @param progress receives how many series of an export have been stored so far
   * @throws DatabaseInUseException if the location is open for writing elsewhere
   * @throws InvalidRequestException if the location is malformed
   * @throws InvalidLocationException if the file is not a complete backup or export of a supported
   *     version, or the location holds a database or may not be written
   * @throws UnavailableException if PostgreSQL cannot be reached
   */
  static void restore(Path file, String location, Progress progress) {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(progress, "progress");
    Restore.restore(file, Location.of(location), Optional.empty(), progress);
  }

  /**
   * Makes a database of the same series under another distance from an export, as {@link
   * #restore(Path, String, Progress)} does. Its vantage points are the same series, if it has any.
   *
   * @param file a file that {@link #export} made
   * @param location where to make the database, as in {@link Tsdb#open(String, OpenOptions)}; must
   *     not hold one
   * @param distance the distance
   * @param progress receives how many series of the export have been stored so far
   * @throws DatabaseInUseException if the location is open for writing elsewhere
   * @throws InvalidRequestException if the location is malformed, the distance or a parameter is
   *     unknown, or the file is a backup, which keeps its distance
   * @throws InvalidLocationException if the file is not a complete export of a supported version, a
   *     series is not valid for the distance, or the location holds a database or may not be
   *     written
   * @throws UnavailableException if PostgreSQL cannot be reached
   */
  static void restore(Path file, String location, MetricSpec distance, Progress progress) {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(distance, "distance");
    Objects.requireNonNull(progress, "progress");
    Restore.restore(file, Location.of(location), Optional.of(distance), progress);
  }

  /**
   * Says whether a location holds a database.
   *
   * @param location the location, as in {@link Tsdb#open(String, OpenOptions)}
   * @return whether it does
   * @throws InvalidRequestException if the location is malformed
   * @throws UnavailableException if PostgreSQL cannot be reached
   */
  static boolean exists(String location) {
    Objects.requireNonNull(location, "location");
    return StoreFailures.translated(() -> Location.of(location).exists());
  }

  /**
   * Returns a location without secrets, for messages and logs: a PostgreSQL address loses its user,
   * its password and all parameters except the schema.
   *
   * @param location the location, as in {@link Tsdb#open(String, OpenOptions)}
   * @return the location without secrets
   * @throws InvalidRequestException if the location is malformed
   */
  static String shown(String location) {
    Objects.requireNonNull(location, "location");
    return Location.of(location).shown();
  }
}

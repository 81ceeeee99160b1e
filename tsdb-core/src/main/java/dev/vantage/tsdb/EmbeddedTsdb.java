package dev.vantage.tsdb;

import java.nio.file.Path;
import java.util.function.LongConsumer;

/** A database inside this process; besides what every database does, it can be cared for. */
public interface EmbeddedTsdb extends Tsdb {

  /**
   * Takes up what another process has written since this database was opened or last refreshed.
   * Searches see all of it or none. A search that needs a series which another process has removed,
   * and whose spectrum is not in memory, refreshes the database by itself. A database open for
   * writing has nothing to take up, but makes sure of what is stored where losing its connection to
   * PostgreSQL has left that open.
   *
   * @return whether anything had changed
   */
  boolean refresh();

  /**
   * Writes a consistent copy of the database to one file, beside searches and inserts.
   *
   * @param file the file to make; must not exist
   * @throws StorageException if the file exists or cannot be written, or the database is in
   *     PostgreSQL, which has programs of its own for that
   */
  void backup(Path file);

  /**
   * Checks everything: the storage's own structure, every stored series against its checksum, every
   * stored distance against a fresh computation, trees and tables of the index against each other.
   *
   * @param progress told how many series have been checked so far
   * @return what was found
   */
  VerifyReport verify(LongConsumer progress);

  /**
   * Makes a database from a backup.
   *
   * @param file the backup
   * @param directory where to make the database; must not hold one
   * @throws DamagedDatabaseException if the file is not a whole backup
   * @throws StorageException if the directory holds a database, or cannot be written
   */
  static void restore(Path file, Path directory) {
    EmbeddedDatabase.restore(file, directory);
  }
}

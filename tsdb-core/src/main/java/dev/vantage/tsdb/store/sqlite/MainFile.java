package dev.vantage.tsdb.store.sqlite;

import dev.vantage.tsdb.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The file of a database as if it had no log: how far it has come alone, and whether a writer has
 * it open. Immutable.
 */
final class MainFile {
  private final SqliteFile file;

  MainFile(SqliteFile file) {
    this.file = file;
  }

  /** How far the file has come; empty if that cannot be said. */
  Optional<CommitMark.State> state() {
    try (Connection connection = file.connections().openToCopy(ReadAccess.UNCHANGING)) {
      return Optional.of(CommitMark.State.of(connection));
    } catch (SQLException | StoreException e) {
      // It has no tables yet, or a writer is changing it just now.
      return Optional.empty();
    }
  }

  /** Whether the file says that a writer has it open. */
  boolean hasWriterFlag() {
    try (Connection connection = file.connections().openToCopy(ReadAccess.UNCHANGING)) {
      return WriterFlag.isSet(connection);
    } catch (SQLException | StoreException e) {
      return false; // whoever opens the file hears of it
    }
  }

  /** Clears the flag of a writer that was killed. */
  void clearWriterFlag() throws SQLException {
    try (Connection connection = file.connections().openToWriteAgain()) {
      WriterFlag.clear(connection);
    }
  }

  /**
   * Refuses a file into which another database was written: with its log it would be a mixture.
   *
   * @param databaseId of the database whose log is beside the file; 0 where that is not known
   */
  void checkIsOf(long databaseId) {
    if (state()
        .filter(found -> found.database() != 0 && databaseId != 0)
        .filter(found -> found.database() != databaseId)
        .isPresent()) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE,
          "file must stay as it was opened, but another database was written over it: "
              + file.place());
    }
  }
}

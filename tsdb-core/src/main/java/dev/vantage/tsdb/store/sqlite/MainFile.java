package dev.vantage.tsdb.store.sqlite;

import dev.vantage.tsdb.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Thread-safe. Reads the file of a database without its log: its state, and the flag of a writer
 * that has it open.
 */
final class MainFile {
  private final SqliteFile file;

  MainFile(SqliteFile file) {
    this.file = file;
  }

  /** Returns the state of the file without its log; empty if the file cannot be read alone. */
  Optional<CommitMark.State> state() {
    try (Connection connection = file.connections().openToCopy(ReadAccess.UNCHANGING)) {
      return Optional.of(CommitMark.State.of(connection));
    } catch (SQLException | StoreException e) {
      // The file has no tables yet, or a writer is changing it.
      return Optional.empty();
    }
  }

  /** Returns whether the writer flag is set in the file, without its log. */
  boolean hasWriterFlag() {
    try (Connection connection = file.connections().openToCopy(ReadAccess.UNCHANGING)) {
      return WriterFlag.isSet(connection);
    } catch (SQLException | StoreException e) {
      return false; // opening the file reports the problem
    }
  }

  /** Clears the flag that a killed writer left. */
  void clearWriterFlag() throws SQLException {
    try (Connection connection = file.connections().openToWriteAgain()) {
      WriterFlag.clear(connection);
    }
  }

  /**
   * Refuses a file that another database was copied over: the log belongs to the former one.
   *
   * @param databaseId the id of the database whose log is beside the file; 0 if unknown
   */
  void checkIsOf(long databaseId) {
    if (state()
        .filter(found -> found.database() != 0 && databaseId != 0)
        .filter(found -> found.database() != databaseId)
        .isPresent()) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE,
          "file must not be overwritten while it is open, but another database was: "
              + file.place());
    }
  }
}

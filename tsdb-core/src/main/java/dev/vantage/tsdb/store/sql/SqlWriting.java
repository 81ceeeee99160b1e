package dev.vantage.tsdb.store.sql;

import dev.vantage.tsdb.store.TimeLimit;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The only writing connection of a store. Not thread-safe, except for {@link #isUnsettled}: {@link
 * SqlCheckpointStore} serializes its use.
 */
public interface SqlWriting extends AutoCloseable {

  /** Statements of one transaction. */
  interface Statements {
    void execute(Connection connection) throws SQLException;
  }

  /** Statements of one transaction that apply a change with a given id. */
  interface ChangeStatements {
    void execute(Connection connection, long changeId) throws SQLException;
  }

  /** Returns the current connection; a new one if the last was lost. */
  Connection connection() throws SQLException;

  /** Makes the next transactions wait for locks of other programs, at most until a limit. */
  default void waitForLocks(TimeLimit limit) throws SQLException {}

  /** Executes statements in one transaction. After a failure they may or may not be stored. */
  void transaction(Statements statements) throws SQLException;

  /**
   * Executes statements in one transaction that increments the generation. When this method
   * returns, the change is stored; when it throws, it is not, unless the kind of the exception is
   * OUTCOME_UNKNOWN.
   */
  void change(ChangeStatements statements) throws SQLException;

  /** {@return whether a failure has left unknown what is stored or who may write; any thread} */
  default boolean isUnsettled() {
    return false;
  }

  /**
   * Makes sure after a failure that this connection may write, and lets the reader load the stored
   * data.
   */
  default void settle(Runnable reader) {
    reader.run();
  }

  @Override
  void close();
}

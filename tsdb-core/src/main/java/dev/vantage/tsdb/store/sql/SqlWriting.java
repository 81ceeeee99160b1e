package dev.vantage.tsdb.store.sql;

import dev.vantage.tsdb.store.TimeLimit;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The one connection that writes. Not thread-safe, except for {@link #isUnsettled}: {@link
 * SqlCheckpointStore} serializes its use.
 */
public interface SqlWriting extends AutoCloseable {

  /** Statements that belong together. */
  interface Statements {
    void execute(Connection connection) throws SQLException;
  }

  /** Statements that belong together, and make a change of that id. */
  interface ChangeStatements {
    void execute(Connection connection, long changeId) throws SQLException;
  }

  /** The connection as it is now; another one where the last was lost. */
  Connection connection() throws SQLException;

  /** Has the next transactions wait for locks of other programs until a limit at most. */
  default void waitForLocks(TimeLimit limit) throws SQLException {}

  /** Executes statements in one transaction, of which it does not matter if it is stored. */
  void transaction(Statements statements) throws SQLException;

  /**
   * Executes statements in one transaction that counts the generation up. When this returns, it is
   * stored; when it throws, it is not, unless the exception says that this is not known.
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

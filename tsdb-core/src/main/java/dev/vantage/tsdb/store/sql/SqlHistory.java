package dev.vantage.tsdb.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The statements on the tables of the latest changes and removals. The caller owns the connection.
 */
final class SqlHistory {
  /** The number of changes after which old history is deleted. */
  private static final int FORGOTTEN_EVERY = 1024;

  /** The number of latest changes that are kept. */
  static final int KEPT = 65_536;

  /** Each check is one statement, so that concurrent writes cannot disturb it. */
  private static final List<SqlRule> RULES =
      List.of(
          new SqlRule(
              "recent changes must lead to the last one without a gap: table=recent_change",
              "SELECT count(*) FROM progress p WHERE p.checksum IS NOT NULL AND (NOT EXISTS"
                  + " (SELECT 1 FROM recent_change c"
                  + " WHERE c.generation = p.generation AND c.change_id = p.change_id)"
                  + " OR (SELECT max(generation) FROM recent_change) <> p.generation"
                  + " OR (SELECT max(generation) - min(generation) + 1 - count(*)"
                  + " FROM recent_change) <> 0)"),
          new SqlRule(
              "recorded removals must be of series that are no longer stored:"
                  + " table=checkpoint_removal",
              "SELECT count(*) FROM checkpoint_removal r, progress p"
                  + " WHERE r.key < 1 OR r.key > p.last_key"
                  + " OR r.generation < 1 OR r.generation > p.generation"
                  + " OR EXISTS (SELECT 1 FROM series s WHERE s.key = r.key)"));

  private SqlHistory() {}

  /** Returns the contradictions in the recorded changes and removals. */
  static List<String> problems(SqlDatabase database, Connection connection) throws SQLException {
    return SqlRule.problems(RULES, database, connection);
  }

  /** Records the removals of a change. */
  static void noteRemovals(Connection connection, List<Long> keys, long generation)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO checkpoint_removal VALUES (?, ?)")) {
      for (long key : keys) {
        insert.setLong(1, key);
        insert.setLong(2, generation);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Records a change, and for each entry to add whether no series had its id before. */
  static void noteChange(Connection connection, long generation, long id, List<Boolean> created)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO recent_change VALUES (?, ?, ?)")) {
      insert.setLong(1, generation);
      insert.setLong(2, id);
      insert.setBytes(3, bits(created));
      insert.executeUpdate();
    }
  }

  private static byte[] bits(List<Boolean> flags) {
    BitSet bits = new BitSet();
    for (int i = 0; i < flags.size(); i++) {
      bits.set(i, flags.get(i));
    }
    byte[] bytes = new byte[(flags.size() + 7) / 8];
    byte[] upToTheLastOne = bits.toByteArray();
    System.arraycopy(upToTheLastOne, 0, bytes, 0, upToTheLastOne.length);
    return bytes;
  }

  /**
   * Deletes old changes from time to time, and old removals that no checkpoint needs.
   *
   * @param generation the generation of the current change
   * @param checkpoint the generation of a checkpoint that exists or is being written
   * @return the generation from which on all removals are still recorded
   */
  static long forget(
      Connection connection, long removalsFrom, long generation, Optional<Long> checkpoint)
      throws SQLException {
    if (generation % FORGOTTEN_EVERY != 0) {
      return removalsFrom;
    }
    long oldest = generation - KEPT;
    long needed = Math.min(oldest, checkpoint.orElse(oldest));
    delete(connection, "DELETE FROM recent_change WHERE generation < ?", oldest);
    delete(connection, "DELETE FROM checkpoint_removal WHERE generation <= ?", needed);
    return Math.max(removalsFrom, needed);
  }

  private static void delete(Connection connection, String sql, long generation)
      throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setLong(1, generation);
      delete.executeUpdate();
    }
  }

  /** Returns whether the stored history has this change at this generation. */
  static boolean has(Connection connection, long generation, long id) throws SQLException {
    String sql = "SELECT 1 FROM recent_change WHERE generation = ? AND change_id = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, generation);
      select.setLong(2, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  /** Returns the storage keys of series that were removed after a generation, increasing. */
  static long[] removedSince(Connection connection, long generation) throws SQLException {
    String sql = "SELECT key FROM checkpoint_removal WHERE generation > ? ORDER BY generation";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, generation);
      try (ResultSet rows = select.executeQuery()) {
        LongStream.Builder keys = LongStream.builder();
        while (rows.next()) {
          keys.add(rows.getLong(1));
        }
        return keys.build().sorted().toArray();
      }
    }
  }
}

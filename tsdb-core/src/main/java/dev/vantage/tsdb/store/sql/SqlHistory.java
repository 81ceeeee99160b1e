package dev.vantage.tsdb.store.sql;

import dev.vantage.tsdb.store.AttributeDelta;
import dev.vantage.tsdb.store.Checksum;
import dev.vantage.tsdb.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
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
              "recorded removals must be of series that were stored and no longer are:"
                  + " table=checkpoint_removal",
              "SELECT count(*) FROM checkpoint_removal r, progress p"
                  + " WHERE r.key < 1 OR r.key > p.last_key"
                  + " OR r.generation < 1 OR r.generation > p.generation"
                  + " OR EXISTS (SELECT 1 FROM series s WHERE s.key = r.key)"),
          new SqlRule(
              "recorded changes of attributes must be of stored series: table=attribute_change",
              "SELECT count(*) FROM attribute_change c, progress p"
                  + " WHERE c.generation < 1 OR c.generation > p.generation"
                  + " OR NOT EXISTS (SELECT 1 FROM series s WHERE s.key = c.key)"),
          new SqlRule(
              "last change of series must not come after the last change, nor before the last"
                  + " removal: table=progress",
              "SELECT count(*) FROM progress p WHERE p.series_generation > p.generation"
                  + " OR p.series_generation < (SELECT max(generation) FROM checkpoint_removal)"));

  private SqlHistory() {}

  /** Returns the contradictions in the recorded changes and removals. */
  static List<String> problems(SqlDatabase database, Connection connection) throws SQLException {
    List<String> problems = new ArrayList<>(SqlRule.problems(RULES, database, connection));
    try {
      attributesChangedSince(database, connection, Long.MIN_VALUE);
    } catch (StoreException e) {
      problems.add(e.getMessage());
    }
    return problems;
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

  /** Records the changes of attributes. */
  static void noteAttributes(Connection connection, List<AttributeDelta> changes, long generation)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO attribute_change VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET"
                + " generation = excluded.generation, checksum = excluded.checksum")) {
      for (AttributeDelta change : changes) {
        insert.setLong(1, change.key());
        insert.setLong(2, generation);
        insert.setLong(3, checksum(change.key(), generation));
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
   * Deletes old changes from time to time, and old removals that no checkpoint needs. A checkpoint
   * has no attributes.
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
    delete(connection, "DELETE FROM attribute_change WHERE generation <= ?", oldest);
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

  /**
   * Returns the storage keys of series whose attributes changed after a generation, increasing.
   *
   * @throws dev.vantage.tsdb.store.StoreException if a row does not match its checksum
   */
  static long[] attributesChangedSince(SqlDatabase database, Connection connection, long generation)
      throws SQLException {
    String sql = "SELECT key, generation, checksum FROM attribute_change WHERE generation > ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, generation);
      try (ResultSet row = select.executeQuery()) {
        LongStream.Builder keys = LongStream.builder();
        while (row.next()) {
          if (checksum(row.getLong(1), row.getLong(2)) != row.getLong(3)) {
            throw database.damaged(
                "row must match its checksum: table=attribute_change, key=" + row.getLong(1));
          }
          keys.add(row.getLong(1));
        }
        return keys.build().sorted().toArray();
      }
    }
  }

  /** Returns the checksum of a row of the table attribute_change. */
  private static long checksum(long key, long generation) {
    return new Checksum().add(key).add(generation).value();
  }
}

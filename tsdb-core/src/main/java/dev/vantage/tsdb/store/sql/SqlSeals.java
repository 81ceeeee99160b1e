package dev.vantage.tsdb.store.sql;

import dev.vantage.tsdb.store.Checksum;
import dev.vantage.tsdb.store.DescribedSeries;
import dev.vantage.tsdb.store.Revision;
import dev.vantage.tsdb.store.Seals;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** Computes checksums of stored data. The caller owns the connection. */
public final class SqlSeals {
  private static final int SERIES_AT_ONCE = 4096;

  private SqlSeals() {}

  /** Computes all checksums for newly created or converted tables, and starts a history. */
  public static void make(SqlDatabase database, Connection connection) throws SQLException {
    Descriptions descriptions = new Descriptions(database, connection);
    long[] keys = new SqlReader(database, connection).keys();
    long generation = SqlDatabase.number(connection, "SELECT generation FROM progress");
    long lastKey = SqlDatabase.number(connection, "SELECT last_key FROM progress");
    long changeId = Seals.randomId();
    describe(descriptions, connection, keys);
    new SqlProgress(
            Seals.randomId(),
            generation,
            changeId,
            lastKey,
            generation,
            Arrays.stream(keys).map(Revision::checksumOf).sum(),
            Seals.settings(SqlDatabase.properties(connection)),
            vantagePoints(connection),
            Seals.types(descriptions.types().declared()),
            OptionalLong.of(generation),
            true)
        .write(connection);
    SqlHistory.noteChange(connection, generation, changeId, List.of());
  }

  /**
   * Completes converted tables that have checksums and a history: records that the last change may
   * be one of series.
   */
  public static void addSeriesGeneration(SqlDatabase database, Connection connection)
      throws SQLException {
    SqlProgress progress = SqlProgress.read(database, connection);
    progress.withSeriesGeneration(progress.generation()).write(connection);
  }

  /**
   * Stores the checksums of some series at a time, because rows must not change while they are
   * read.
   */
  private static void describe(Descriptions descriptions, Connection connection, long[] keys)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE summary SET checksum = ? WHERE key = ?")) {
      for (int from = 0; from < keys.length; from += SERIES_AT_ONCE) {
        long last = keys[Math.min(keys.length, from + SERIES_AT_ONCE) - 1];
        List<DescribedSeries> some = new ArrayList<>();
        descriptions.forEach(keys[from] - 1, last, 0, (one, checksum) -> some.add(one));
        for (DescribedSeries one : some) {
          update.setLong(1, Seals.description(one));
          update.setLong(2, one.key());
          update.addBatch();
        }
        update.executeBatch();
      }
    }
  }

  /** Returns the checksum of the vantage points in their order and of their rows. */
  static long vantagePoints(Connection connection) throws SQLException {
    String sql =
        "SELECT position, v.key, s.checksum FROM vantage_point v"
            + " LEFT JOIN series s ON s.key = v.key ORDER BY position";
    Checksum checksum = new Checksum();
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        checksum.add(row.getLong(1)).add(row.getLong(2)).add(row.getLong(3));
      }
    }
    return checksum.value();
  }
}

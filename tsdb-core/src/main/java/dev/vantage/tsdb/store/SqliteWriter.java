package dev.vantage.tsdb.store;

import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.SeriesEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Applies changes on one connection, each in one transaction. For one thread at a time. */
final class SqliteWriter {
  private final Connection connection;

  SqliteWriter(Connection connection) {
    this.connection = connection;
  }

  /** Statements that belong together. */
  interface Statements {
    void execute() throws SQLException;
  }

  /**
   * Applies a change.
   *
   * @param checkpoint whether there is a checkpoint, or there may be one soon
   */
  void apply(Change change, boolean checkpoint) throws SQLException {
    inTransaction(() -> write(change, checkpoint));
  }

  void inTransaction(Statements statements) throws SQLException {
    connection.setAutoCommit(false);
    try {
      statements.execute();
      connection.commit();
    } catch (SQLException | RuntimeException e) {
      rollBack(e);
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private void rollBack(Exception failure) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  private void write(Change change, boolean checkpoint) throws SQLException {
    if (checkpoint && change.vantagePoints().isPresent()) {
      SqliteCheckpoints.drop(connection);
    } else if (checkpoint) {
      SqliteCheckpoints.noteRemovals(connection, change.removed());
    }
    if (change.vantagePoints().isPresent()) {
      // First, because a vantage point that is removed must not be referred to.
      SqliteFile.execute(connection, "DELETE FROM vantage_point");
    }
    remove(change.removed());
    declare(change.declared());
    add(change);
    update(change.updated());
    if (change.vantagePoints().isPresent()) {
      setVantagePoints(change.vantagePoints().get());
    }
    long lastKey = change.added().stream().mapToLong(IndexedSeries::key).max().orElse(0);
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE progress SET generation = generation + 1, last_key = max(last_key, ?)")) {
      update.setLong(1, lastKey);
      update.executeUpdate();
    }
  }

  private void remove(List<Long> keys) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM series WHERE key = ?")) {
      for (long key : keys) {
        delete.setLong(1, key);
        delete.executeUpdate();
      }
    }
  }

  private void declare(Map<String, AttributeValue.Type> types) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO attribute_type VALUES (?, ?)")) {
      for (Map.Entry<String, AttributeValue.Type> type : types.entrySet()) {
        insert.setString(1, type.getKey());
        insert.setString(2, type.getValue().label());
        insert.executeUpdate();
      }
    }
  }

  private void add(Change change) throws SQLException {
    try (PreparedStatement series =
            connection.prepareStatement("INSERT INTO series VALUES (?, ?, ?, ?, ?, ?)");
        PreparedStatement row =
            connection.prepareStatement("INSERT INTO distance_row VALUES (?, ?, ?)");
        PreparedStatement attribute =
            connection.prepareStatement("INSERT INTO attribute VALUES (?, ?, ?, ?, ?)");
        PreparedStatement summary =
            connection.prepareStatement("INSERT INTO summary VALUES (?, ?, ?, ?, ?)")) {
      for (IndexedSeries one : change.added()) {
        addSeries(series, one.key(), one.entry());
        byte[] distances = Blobs.ofDoubles(one.distances());
        row.setLong(1, one.key());
        row.setBytes(2, distances);
        row.setLong(3, Blobs.rowChecksum(one.key(), distances));
        row.executeUpdate();
        for (Map.Entry<String, AttributeValue> value :
            one.entry().attributes().asMap().entrySet()) {
          attribute.setLong(1, one.key());
          attribute.setString(2, value.getKey());
          AttributeColumns.set(attribute, 3, value.getValue());
          attribute.executeUpdate();
        }
        Optional<Instant> insertedAt = change.insertedAt(one.key());
        addSummary(summary, one.key(), Summary.of(one.entry().series(), insertedAt));
      }
    }
  }

  private static void addSeries(PreparedStatement insert, long key, SeriesEntry entry)
      throws SQLException {
    byte[] times = Blobs.times(entry.series());
    byte[] values = Blobs.ofDoubles(entry.series().values());
    double period = Blobs.period(entry);
    insert.setLong(1, key);
    insert.setString(2, entry.id());
    insert.setBytes(3, times);
    insert.setBytes(4, values);
    insert.setDouble(5, period);
    insert.setLong(6, Blobs.seriesChecksum(entry.id(), times, values, period));
    insert.executeUpdate();
  }

  private static void addSummary(PreparedStatement insert, long key, Summary summary)
      throws SQLException {
    insert.setLong(1, key);
    insert.setDouble(2, summary.mean());
    insert.setDouble(3, summary.std());
    insert.setLong(4, summary.length());
    if (summary.insertedAt().isPresent()) {
      insert.setLong(5, AttributeColumns.microseconds(summary.insertedAt().get()));
    } else {
      insert.setNull(5, Types.BIGINT);
    }
    insert.executeUpdate();
  }

  private void update(List<DistanceRow> rows) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE distance_row SET distances = ?, checksum = ? WHERE key = ?")) {
      for (DistanceRow row : rows) {
        byte[] distances = Blobs.ofDoubles(row.distances());
        update.setBytes(1, distances);
        update.setLong(2, Blobs.rowChecksum(row.key(), distances));
        update.setLong(3, row.key());
        update.executeUpdate();
      }
    }
  }

  private void setVantagePoints(List<Long> keys) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO vantage_point VALUES (?, ?)")) {
      for (int position = 0; position < keys.size(); position++) {
        insert.setInt(1, position);
        insert.setLong(2, keys.get(position));
        insert.executeUpdate();
      }
    }
  }
}

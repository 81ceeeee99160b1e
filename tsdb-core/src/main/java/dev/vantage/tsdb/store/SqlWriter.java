package dev.vantage.tsdb.store;

import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.SeriesEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Applies changes on one connection, in transactions of the caller. For one thread at a time. */
final class SqlWriter {
  private static final int BATCH = 256;

  private final Connection connection;

  SqlWriter(Connection connection) {
    this.connection = connection;
  }

  /**
   * Applies a change, in a transaction that the caller ends.
   *
   * @param checkpoint whether there is a checkpoint, or there may be one soon
   * @param id the id of the change
   */
  void apply(Change change, boolean checkpoint, long id) throws SQLException {
    if (checkpoint && change.vantagePoints().isPresent()) {
      SqlCheckpoints.drop(connection);
    } else if (checkpoint) {
      SqlCheckpoints.noteRemovals(connection, change.removed());
    }
    if (change.vantagePoints().isPresent()) {
      // First, because a vantage point that is removed must not be referred to.
      SqlDatabase.execute(connection, "DELETE FROM vantage_point");
    }
    remove(change.removed());
    declare(change.declared());
    for (List<IndexedSeries> part : parts(change.added())) {
      add(part, change);
    }
    for (List<DistanceRow> part : parts(change.updated())) {
      update(part);
    }
    if (change.vantagePoints().isPresent()) {
      setVantagePoints(change.vantagePoints().get());
    }
    long lastKey = change.added().stream().mapToLong(IndexedSeries::key).max().orElse(0);
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE progress SET generation = generation + 1, change_id = ?,"
                + " last_key = CASE WHEN last_key < ? THEN ? ELSE last_key END")) {
      update.setLong(1, id);
      update.setLong(2, lastKey);
      update.setLong(3, lastKey);
      update.executeUpdate();
    }
  }

  /** Parts that are sent to the database at once. */
  private static <T> List<List<T>> parts(List<T> all) {
    List<List<T>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += BATCH) {
      parts.add(all.subList(from, Math.min(all.size(), from + BATCH)));
    }
    return parts;
  }

  private void remove(List<Long> keys) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM series WHERE key = ?")) {
      for (long key : keys) {
        delete.setLong(1, key);
        delete.addBatch();
      }
      delete.executeBatch();
    }
  }

  private void declare(Map<String, AttributeValue.Type> types) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO attribute_type VALUES (?, ?)")) {
      for (Map.Entry<String, AttributeValue.Type> type : types.entrySet()) {
        insert.setString(1, type.getKey());
        insert.setString(2, type.getValue().label());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private void add(List<IndexedSeries> added, Change change) throws SQLException {
    try (PreparedStatement series =
            connection.prepareStatement("INSERT INTO series VALUES (?, ?, ?, ?, ?, ?)");
        PreparedStatement row =
            connection.prepareStatement("INSERT INTO distance_row VALUES (?, ?, ?)");
        PreparedStatement attribute =
            connection.prepareStatement("INSERT INTO attribute VALUES (?, ?, ?, ?, ?)");
        PreparedStatement summary =
            connection.prepareStatement("INSERT INTO summary VALUES (?, ?, ?, ?, ?)")) {
      for (IndexedSeries one : added) {
        addSeries(series, one.key(), one.entry());
        byte[] distances = Blobs.ofDoubles(one.distances());
        row.setLong(1, one.key());
        row.setBytes(2, distances);
        row.setLong(3, Blobs.rowChecksum(one.key(), distances));
        row.addBatch();
        for (Map.Entry<String, AttributeValue> value :
            one.entry().attributes().asMap().entrySet()) {
          attribute.setLong(1, one.key());
          attribute.setString(2, value.getKey());
          AttributeColumns.set(attribute, 3, value.getValue());
          attribute.addBatch();
        }
        Optional<Instant> insertedAt = change.insertedAt(one.key());
        addSummary(summary, one.key(), Summary.of(one.entry().series(), insertedAt));
      }
      // The first one is what the others refer to.
      for (PreparedStatement insert : List.of(series, row, attribute, summary)) {
        insert.executeBatch();
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
    insert.addBatch();
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
    insert.addBatch();
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
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  private void setVantagePoints(List<Long> keys) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO vantage_point VALUES (?, ?)")) {
      for (int position = 0; position < keys.size(); position++) {
        insert.setInt(1, position);
        insert.setLong(2, keys.get(position));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}

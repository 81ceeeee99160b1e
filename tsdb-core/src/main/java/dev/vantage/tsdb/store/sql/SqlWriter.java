package dev.vantage.tsdb.store.sql;

import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.store.AttributeDelta;
import dev.vantage.tsdb.store.Change;
import dev.vantage.tsdb.store.DescribedSeries;
import dev.vantage.tsdb.store.DistanceRow;
import dev.vantage.tsdb.store.IndexedSeries;
import dev.vantage.tsdb.store.Microseconds;
import dev.vantage.tsdb.store.PointSummary;
import dev.vantage.tsdb.store.Revision;
import dev.vantage.tsdb.store.Seals;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Applies changes on one connection, in transactions of the caller. Not thread-safe: used by one
 * thread at a time.
 */
final class SqlWriter {
  private static final int BATCH = 256;

  private final SqlDatabase database;
  private final Connection connection;

  SqlWriter(SqlDatabase database, Connection connection) {
    this.database = database;
    this.connection = connection;
  }

  /**
   * Applies a change, in a transaction that the caller ends.
   *
   * @param checkpoint the generation of a checkpoint that exists or is being written
   * @param id the id of the change
   * @return the state after the change
   */
  Revision apply(Change change, Optional<Long> checkpoint, long id) throws SQLException {
    SqlProgress before = SqlProgress.read(database, connection);
    long generation = before.generation() + 1;
    if (change.vantagePoints().isPresent() && checkpoint.isPresent()) {
      SqlCheckpoints.drop(connection);
    }
    SqlHistory.noteRemovals(connection, change.removed(), generation);
    long changeOfSeries = write(change);
    SqlHistory.noteAttributes(connection, change.attributes(), generation);
    SqlHistory.noteChange(connection, generation, id, change.created());
    SqlProgress after =
        new SqlProgress(
            before.databaseId(),
            generation,
            id,
            change.added().stream()
                .mapToLong(IndexedSeries::key)
                .reduce(before.lastKey(), Math::max),
            SqlHistory.forget(connection, before.removalsFrom(), generation, checkpoint),
            before.series() + changeOfSeries,
            before.settings(),
            change.vantagePoints().isPresent()
                ? SqlSeals.vantagePoints(connection)
                : before.vantagePoints(),
            before.types() + Seals.types(change.declared()),
            change.leavesSeries() ? before.seriesGeneration() : OptionalLong.of(generation),
            true);
    after.write(connection);
    return after.revision();
  }

  /** Writes the rows of a change, and returns the change of the checksum of all series. */
  private long write(Change change) throws SQLException {
    if (change.vantagePoints().isPresent()) {
      // First, because no row may refer to a removed vantage point.
      SqlDatabase.execute(connection, "DELETE FROM vantage_point");
    }
    long removed = remove(change.removed());
    declare(change.declared());
    for (List<IndexedSeries> part : parts(change.added())) {
      add(part, change);
    }
    for (List<DistanceRow> part : parts(change.updated())) {
      update(part);
    }
    for (List<AttributeDelta> part : parts(change.attributes())) {
      changeAttributes(part);
    }
    if (change.vantagePoints().isPresent()) {
      setVantagePoints(change.vantagePoints().get());
    }
    long added = change.added().stream().mapToLong(one -> Revision.checksumOf(one.key())).sum();
    return added - removed;
  }

  /** Splits a list into the parts that are sent to the database at once. */
  private static <T> List<List<T>> parts(List<T> all) {
    List<List<T>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += BATCH) {
      parts.add(all.subList(from, Math.min(all.size(), from + BATCH)));
    }
    return parts;
  }

  /** Removes series, and returns their contribution to the checksum of all series. */
  private long remove(List<Long> keys) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM series WHERE key = ?")) {
      for (long key : keys) {
        delete.setLong(1, key);
        delete.addBatch();
      }
      int[] counts = delete.executeBatch();
      return IntStream.range(0, counts.length)
          .filter(i -> counts[i] > 0)
          .mapToLong(i -> Revision.checksumOf(keys.get(i)))
          .sum();
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
            connection.prepareStatement("INSERT INTO summary VALUES (?, ?, ?, ?, ?, ?)")) {
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
        addSummary(
            summary,
            new DescribedSeries(
                one.key(),
                PointSummary.of(one.entry().series(), insertedAt),
                one.entry().attributes()));
      }
      // The first table is the one that the others refer to.
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

  private static void addSummary(PreparedStatement insert, DescribedSeries series)
      throws SQLException {
    PointSummary summary = series.summary();
    insert.setLong(1, series.key());
    insert.setDouble(2, summary.mean());
    insert.setDouble(3, summary.std());
    insert.setLong(4, summary.length());
    if (summary.insertedAt().isPresent()) {
      insert.setLong(5, Microseconds.of(summary.insertedAt().get()));
    } else {
      insert.setNull(5, Types.BIGINT);
    }
    insert.setLong(6, Seals.description(series));
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

  private void changeAttributes(List<AttributeDelta> changes) throws SQLException {
    try (PreparedStatement delete =
            connection.prepareStatement("DELETE FROM attribute WHERE key = ? AND name = ?");
        PreparedStatement put =
            connection.prepareStatement(
                "INSERT INTO attribute VALUES (?, ?, ?, ?, ?) ON CONFLICT (key, name) DO UPDATE SET"
                    + " double_value = excluded.double_value, long_value = excluded.long_value,"
                    + " text_value = excluded.text_value");
        PreparedStatement seal =
            connection.prepareStatement("UPDATE summary SET checksum = ? WHERE key = ?")) {
      for (AttributeDelta change : changes) {
        for (String name : change.removed()) {
          delete.setLong(1, change.key());
          delete.setString(2, name);
          delete.addBatch();
        }
        for (Map.Entry<String, AttributeValue> value : change.set().entrySet()) {
          put.setLong(1, change.key());
          put.setString(2, value.getKey());
          AttributeColumns.set(put, 3, value.getValue());
          put.addBatch();
        }
        seal.setLong(1, Seals.description(change.series()));
        seal.setLong(2, change.key());
        seal.addBatch();
      }
      for (PreparedStatement statement : List.of(delete, put, seal)) {
        statement.executeBatch();
      }
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

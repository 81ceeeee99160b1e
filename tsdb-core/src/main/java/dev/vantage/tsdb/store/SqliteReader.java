package dev.vantage.tsdb.store;

import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The queries on one connection. For one thread at a time. */
final class SqliteReader implements StoreSnapshot, AutoCloseable {
  private final SqliteFile file;
  private final Connection connection;
  private final int format;
  private final Descriptions descriptions;

  /** Kept from one call to the next, because searches call for one series after another. */
  private Optional<PreparedStatement> selectSeries = Optional.empty();

  SqliteReader(SqliteFile file, Connection connection) throws SQLException {
    this.file = file;
    this.connection = connection;
    format = SqliteFormat.of(connection);
    descriptions = new Descriptions(connection);
  }

  /** Whether the file has been brought to another format since, which this cannot read. */
  boolean isOutdated() throws SQLException {
    return format < SqliteFormat.LAST && SqliteFormat.of(connection) != format;
  }

  @Override
  public long generation() {
    try {
      return SqliteFile.number(connection, "SELECT generation FROM progress");
    } catch (SQLException e) {
      throw file.failure("generation cannot be read", e);
    }
  }

  @Override
  public List<Long> vantagePoints() {
    return keys("SELECT key FROM vantage_point ORDER BY position");
  }

  @Override
  public long[] keys() {
    return keys("SELECT key FROM series ORDER BY key").stream()
        .mapToLong(Long::longValue)
        .toArray();
  }

  @Override
  public AttributeTypes attributeTypes() {
    try {
      return descriptions.types();
    } catch (SQLException e) {
      throw file.failure("attribute types cannot be read", e);
    }
  }

  @Override
  public void describe(long after, long last, Consumer<DescribedSeries> consumer) {
    try {
      descriptions.forEach(after, last, 0, consumer);
    } catch (SQLException e) {
      throw file.failure("attributes cannot be read", e);
    }
  }

  /** Reads in one transaction. */
  <T> T snapshot(Function<StoreSnapshot, T> reader) throws SQLException {
    connection.setAutoCommit(false);
    try {
      return reader.apply(this);
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  long lastKey() throws SQLException {
    return SqliteFile.number(connection, "SELECT last_key FROM progress");
  }

  private List<Long> keys(String sql) {
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet rows = select.executeQuery()) {
      List<Long> keys = new ArrayList<>();
      while (rows.next()) {
        keys.add(rows.getLong(1));
      }
      return keys;
    } catch (SQLException e) {
      throw file.failure("storage keys cannot be read", e);
    }
  }

  @Override
  public void forEach(long after, long last, Consumer<IndexedSeries> consumer) {
    String sql =
        "SELECT id, times, sample_values, period, s.checksum, s.key, distances, d.checksum"
            + " FROM series s LEFT JOIN distance_row d ON d.key = s.key"
            + " WHERE s.key > ? AND s.key <= ? ORDER BY s.key";
    int vantagePoints = vantagePoints().size();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, after);
      select.setLong(2, last);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          consumer.accept(indexedSeries(row, vantagePoints));
        }
      }
    } catch (SQLException e) {
      throw file.failure("series cannot be read", e);
    }
  }

  @Override
  public Optional<TimeSeries> series(long key) {
    try {
      if (selectSeries.isEmpty()) {
        selectSeries =
            Optional.of(
                connection.prepareStatement(
                    "SELECT id, times, sample_values, period, checksum FROM series WHERE key = ?"));
      }
      PreparedStatement select = selectSeries.get();
      select.setLong(1, key);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(entry(row, Attributes.none()).series()) : Optional.empty();
      }
    } catch (SQLException e) {
      throw file.failure("series cannot be read", e);
    }
  }

  private IndexedSeries indexedSeries(ResultSet row, int vantagePoints) throws SQLException {
    SeriesEntry entry = entry(row, Attributes.none());
    long key = row.getLong(6);
    byte[] distances = row.getBytes(7);
    if (distances == null
        || distances.length != vantagePoints * Double.BYTES
        || Blobs.rowChecksum(key, distances) != row.getLong(8)) {
      throw damaged("distances must be as they were written", entry.id());
    }
    return new IndexedSeries(key, entry, Blobs.toDoubles(distances));
  }

  /** The series of a row that begins with id, times, sample_values, period, checksum. */
  private SeriesEntry entry(ResultSet row, Attributes attributes) throws SQLException {
    String id = row.getString(1);
    byte[] times = row.getBytes(2);
    byte[] values = row.getBytes(3);
    double period = row.getDouble(4);
    if (Blobs.seriesChecksum(id, times, values, period) != row.getLong(5)) {
      throw damaged("series must be as it was written", id);
    }
    return new SeriesEntry(id, Blobs.series(times, values, period), attributes);
  }

  private StoreException damaged(String rule, String id) {
    return new StoreException(
        StoreException.Kind.DAMAGED, rule + ": id=" + id + ", file=" + file.path());
  }

  Optional<SeriesEntry> get(String id) {
    String sql = "SELECT id, times, sample_values, period, checksum, key FROM series WHERE id = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(entry(row, descriptions.attributes(row.getLong(6))))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw file.failure("series cannot be read", e);
    }
  }

  List<String> ids(String after, int limit) {
    String sql = "SELECT id FROM series WHERE id > ? ORDER BY id LIMIT ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, after);
      select.setInt(2, limit);
      try (ResultSet rows = select.executeQuery()) {
        List<String> ids = new ArrayList<>();
        while (rows.next()) {
          ids.add(rows.getString(1));
        }
        return ids;
      }
    } catch (SQLException e) {
      throw file.failure("ids cannot be read", e);
    }
  }

  @Override
  public Optional<Checkpoint> checkpoint() {
    try {
      return SqliteCheckpoints.find(connection);
    } catch (SQLException e) {
      throw file.failure("checkpoint cannot be read", e);
    }
  }

  @Override
  public long[] removedSince(Checkpoint checkpoint) {
    try {
      return SqliteCheckpoints.removedSince(connection, checkpoint.generation());
    } catch (SQLException e) {
      throw file.failure("removals cannot be read", e);
    }
  }

  Optional<byte[]> part(Checkpoint checkpoint, String column, int part) throws SQLException {
    return SqliteCheckpoints.part(connection, checkpoint, column, part);
  }

  /** What SQLite itself finds wrong with the file. */
  List<String> check() {
    List<String> problems = new ArrayList<>();
    try {
      collect("PRAGMA integrity_check", "ok", problems);
      collect("PRAGMA foreign_key_check", "", problems);
    } catch (SQLException e) {
      problems.add(file.failure("structure cannot be checked", e).getMessage());
    }
    return problems;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // It only read; what it holds open goes with the process.
    }
  }

  private void collect(String pragma, String good, List<String> problems) throws SQLException {
    try (PreparedStatement check = connection.prepareStatement(pragma);
        ResultSet rows = check.executeQuery()) {
      while (rows.next()) {
        String line = rows.getString(1);
        if (!line.equals(good)) {
          problems.add("file must be sound: file=" + file.path() + ", found=" + line);
        }
      }
    }
  }
}

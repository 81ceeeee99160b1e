package dev.vantage.tsdb.store.sql;

import dev.vantage.tsdb.condition.Filter;
import dev.vantage.tsdb.rows.Rows;
import dev.vantage.tsdb.rows.Select;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.store.Checkpoint;
import dev.vantage.tsdb.store.DescribedSeries;
import dev.vantage.tsdb.store.IndexedSeries;
import dev.vantage.tsdb.store.Revision;
import dev.vantage.tsdb.store.Seals;
import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.StoreSnapshot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.LongStream;

/** The read queries on one connection. Not thread-safe: used by one thread at a time. */
public final class SqlReader implements StoreSnapshot {
  /**
   * The number of series in memory at once if rows are fetched in advance; few, because series can
   * be long.
   */
  private static final int SERIES_AT_ONCE = 64;

  private final SqlDatabase database;
  private final Connection connection;
  private final Optional<Runnable> confirmation;
  private final Descriptions descriptions;

  /** Reused between calls, because searches read many series one by one. */
  private Optional<PreparedStatement> selectSeries = Optional.empty();

  /** The progress row of the current snapshot, once it is read. */
  private Optional<SqlProgress> progress = Optional.empty();

  private boolean isSnapshot;

  public SqlReader(SqlDatabase database, Connection connection) {
    this(database, connection, Optional.empty());
  }

  /**
   * Creates a reader on a connection that the caller owns.
   *
   * @param confirmation run after each answer of a snapshot; throws if the answer may be wrong
   */
  public SqlReader(SqlDatabase database, Connection connection, Optional<Runnable> confirmation) {
    this.database = database;
    this.confirmation = confirmation;
    this.connection = connection;
    descriptions = new Descriptions(database, connection);
  }

  public Connection connection() {
    return connection;
  }

  /** Returns the progress row; in a snapshot it is read once. */
  private SqlProgress progress() {
    try {
      SqlProgress found =
          progress.isPresent() ? progress.get() : SqlProgress.read(database, connection);
      progress = isSnapshot ? Optional.of(found) : Optional.empty();
      return found;
    } catch (SQLException e) {
      throw database.failure("generation cannot be read", e);
    }
  }

  @Override
  public Revision revision() {
    return progress().revision();
  }

  @Override
  public void checkSeries(long checksum) {
    if (!revision().hasSeries(checksum)) {
      throw database.damaged(
          "every series that was written must be stored, and no other: table=series");
    }
  }

  @Override
  public List<Long> vantagePoints() {
    List<Long> keys = uncheckedVantagePoints();
    try {
      SqlProgress expected = progress();
      if (expected.isSealed() && expected.vantagePoints() != SqlSeals.vantagePoints(connection)) {
        throw database.damaged(
            "vantage points must match their checksum: table=vantage_point, keys=" + keys);
      }
    } catch (SQLException e) {
      throw database.failure("vantage points cannot be read", e);
    }
    return keys;
  }

  private List<Long> uncheckedVantagePoints() {
    String sql = "SELECT key FROM vantage_point ORDER BY position";
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet rows = select.executeQuery()) {
      List<Long> keys = new ArrayList<>();
      while (rows.next()) {
        keys.add(rows.getLong(1));
      }
      return keys;
    } catch (SQLException e) {
      throw database.failure("vantage points cannot be read", e);
    }
  }

  @Override
  public long[] keys() {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT key FROM series ORDER BY key")) {
      select.setFetchSize(database.rowsAtOnce());
      try (ResultSet rows = select.executeQuery()) {
        LongStream.Builder keys = LongStream.builder();
        while (rows.next()) {
          keys.add(rows.getLong(1));
        }
        return keys.build().toArray();
      }
    } catch (SQLException e) {
      throw database.failure("storage keys cannot be read", e);
    }
  }

  @Override
  public long[] knownKeys() {
    SortedSet<Long> keys = new TreeSet<>();
    // The second query reads the index of the ids.
    addKeys("SELECT key FROM series ORDER BY key", keys);
    addKeys("SELECT key FROM series ORDER BY id", keys);
    addKeys("SELECT key FROM distance_row ORDER BY key", keys);
    addKeys("SELECT key FROM summary ORDER BY key", keys);
    return keys.stream().mapToLong(Long::longValue).toArray();
  }

  private void addKeys(String sql, Set<Long> keys) {
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        keys.add(rows.getLong(1));
      }
    } catch (SQLException e) {
      // Another table may have more keys.
    }
  }

  @Override
  public AttributeTypes attributeTypes() {
    try {
      AttributeTypes types = descriptions.types();
      SqlProgress expected = progress();
      if (expected.isSealed() && expected.types() != Seals.types(types.declared())) {
        throw database.damaged(
            "types of attributes must match their checksum: table=attribute_type");
      }
      return types;
    } catch (SQLException e) {
      throw database.failure("attribute types cannot be read", e);
    }
  }

  @Override
  public void describe(long after, long last, Consumer<DescribedSeries> consumer) {
    try {
      descriptions.forEach(
          after,
          last,
          database.rowsAtOnce(),
          (series, checksum) -> consumer.accept(checked(series, checksum)));
    } catch (SQLException e) {
      throw database.failure("attributes cannot be read", e);
    }
  }

  @Override
  public void describe(long[] keys, Consumer<DescribedSeries> consumer) {
    try {
      descriptions.find(keys, (series, checksum) -> consumer.accept(checked(series, checksum)));
    } catch (SQLException e) {
      throw database.failure("attributes cannot be read", e);
    }
  }

  private DescribedSeries checked(DescribedSeries series, OptionalLong checksum) {
    if (checksum.isPresent() && checksum.getAsLong() != Seals.description(series)) {
      throw database.damaged(
          "attributes and summary of a series must match their checksum: key=" + series.key());
    }
    return series;
  }

  /** Reads in one transaction. */
  <T> T snapshot(Function<StoreSnapshot, T> reader) throws SQLException {
    connection.setAutoCommit(false);
    isSnapshot = true;
    try {
      return reader.apply(confirmation.map(one -> ConfirmedSnapshot.of(this, one)).orElse(this));
    } finally {
      isSnapshot = false;
      progress = Optional.empty();
      endTransaction();
    }
  }

  private void endTransaction() {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      // The next use of the connection detects that it is unusable.
    }
  }

  @Override
  public SortedMap<String, String> properties() {
    try {
      SortedMap<String, String> properties = SqlDatabase.properties(connection);
      SqlProgress expected = progress();
      if (expected.isSealed() && expected.settings() != Seals.settings(properties)) {
        throw database.damaged(
            "settings must match their checksum: table=property, found=" + properties);
      }
      return properties;
    } catch (SQLException e) {
      throw database.failure("settings cannot be read", e);
    }
  }

  @Override
  public Optional<long[]> removedSince(Revision known) {
    SqlProgress now = progress();
    try {
      return known.databaseId() == now.databaseId()
              && known.generation() >= now.removalsFrom()
              && SqlHistory.has(connection, known.generation(), known.changeId())
          ? Optional.of(SqlHistory.removedSince(connection, known.generation()))
          : Optional.empty();
    } catch (SQLException e) {
      throw database.failure("removals cannot be read", e);
    }
  }

  @Override
  public long[] attributesChangedSince(Revision known) {
    try {
      return SqlHistory.attributesChangedSince(database, connection, known.generation());
    } catch (SQLException e) {
      throw database.failure("changes of attributes cannot be read", e);
    }
  }

  @Override
  public void forEach(long after, long last, Consumer<IndexedSeries> consumer) {
    examine(
        after,
        last,
        consumer,
        (key, damage) -> {
          throw damage;
        });
  }

  @Override
  public void examine(long after, long last, Consumer<IndexedSeries> consumer, Damage damage) {
    String sql =
        "SELECT id, times, sample_values, period, s.checksum, s.key, distances, d.checksum"
            + " FROM series s LEFT JOIN distance_row d ON d.key = s.key"
            + " WHERE s.key > ? AND s.key <= ? ORDER BY s.key";
    int vantagePoints = uncheckedVantagePoints().size();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, after);
      select.setLong(2, last);
      select.setFetchSize(Math.min(SERIES_AT_ONCE, database.rowsAtOnce()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          IndexedSeries one;
          try {
            one = indexedSeries(row, vantagePoints);
          } catch (StoreException e) {
            damage.found(row.getLong(6), e);
            continue;
          }
          consumer.accept(one);
        }
      }
    } catch (SQLException e) {
      throw database.failure("series cannot be read", e);
    }
  }

  @Override
  public Optional<TimeSeries> series(long key) {
    return series(key, 0, 0);
  }

  Optional<TimeSeries> series(long key, Revision known) {
    return series(key, known.generation(), known.changeId());
  }

  private Optional<TimeSeries> series(long key, long generation, long changeId) {
    try {
      if (selectSeries.isEmpty()) {
        selectSeries =
            Optional.of(
                connection.prepareStatement(
                    "SELECT id, times, sample_values, period, checksum FROM series WHERE key = ?"
                        + " AND (? = 0 OR EXISTS"
                        + " (SELECT 1 FROM recent_change WHERE generation = ? AND change_id = ?))"));
      }
      PreparedStatement select = selectSeries.get();
      select.setLong(1, key);
      select.setLong(2, changeId);
      select.setLong(3, generation);
      select.setLong(4, changeId);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(entry(row, Attributes.none()).series()) : Optional.empty();
      }
    } catch (SQLException e) {
      throw database.failure("series cannot be read", e);
    }
  }

  private IndexedSeries indexedSeries(ResultSet row, int vantagePoints) throws SQLException {
    SeriesEntry entry = entry(row, Attributes.none());
    long key = row.getLong(6);
    byte[] distances = row.getBytes(7);
    if (distances == null
        || distances.length != vantagePoints * Double.BYTES
        || Blobs.rowChecksum(key, distances) != row.getLong(8)) {
      throw database.damaged("distances must match their checksum: id=" + entry.id());
    }
    return new IndexedSeries(key, entry, Blobs.toDoubles(distances));
  }

  /** Returns the series of a row that begins with id, times, sample_values, period, checksum. */
  private SeriesEntry entry(ResultSet row, Attributes attributes) throws SQLException {
    String id = row.getString(1);
    byte[] times = row.getBytes(2);
    byte[] values = row.getBytes(3);
    double period = row.getDouble(4);
    if (id == null || times == null || values == null) {
      throw database.damaged("series must have an id and points: id=" + id);
    }
    if (Blobs.seriesChecksum(id, times, values, period) != row.getLong(5)) {
      throw database.damaged("series must match its checksum: id=" + id);
    }
    return new SeriesEntry(id, Blobs.series(times, values, period), attributes);
  }

  public Optional<SeriesEntry> get(String id) {
    String sql = "SELECT id, times, sample_values, period, checksum, key FROM series WHERE id = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(entry(row, attributes(row.getLong(6), id)))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw database.failure("series cannot be read", e);
    }
  }

  private Attributes attributes(long key, String id) throws SQLException {
    List<Attributes> found = new ArrayList<>(1);
    descriptions.find(
        new long[] {key}, (series, checksum) -> found.add(checked(series, checksum).attributes()));
    if (found.isEmpty()) {
      throw database.damaged("every series must have a summary: id=" + id);
    }
    return found.get(0);
  }

  List<String> ids(Optional<Filter> filter, String after, int limit) {
    SqlCondition condition = condition(filter);
    String sql = "SELECT s.id" + from(filter, condition) + " ORDER BY s.id LIMIT ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      bind(select, after, condition);
      select.setInt(2 + condition.parameters().size(), limit);
      try (ResultSet rows = select.executeQuery()) {
        List<String> ids = new ArrayList<>();
        while (rows.next()) {
          ids.add(rows.getString(1));
        }
        return ids;
      }
    } catch (SQLException e) {
      throw database.failure("ids cannot be read", e);
    }
  }

  long count(Optional<Filter> filter, String after) {
    SqlCondition condition = condition(filter);
    String sql = "SELECT count(*)" + from(filter, condition);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      bind(select, after, condition);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    } catch (SQLException e) {
      throw database.failure("series cannot be counted", e);
    }
  }

  Rows select(Select select, Runnable checkpoint) {
    SqlSelect statement = SqlSelect.of(select, attributeTypes(), database.dialect());
    try {
      return new SelectedRows(database, connection, checkpoint).read(statement);
    } catch (SQLException e) {
      throw database.failure("attributes cannot be selected", e);
    }
  }

  private SqlCondition condition(Optional<Filter> filter) {
    return SqlCondition.of(filter, database.dialect());
  }

  /** Returns the part of a query that selects the series after an id that satisfy a condition. */
  private static String from(Optional<Filter> filter, SqlCondition condition) {
    return " FROM series s"
        + (filter.isPresent() ? " JOIN summary m ON m.key = s.key" : "")
        + " WHERE s.id > ? AND ("
        + condition.text()
        + ")";
  }

  private static void bind(PreparedStatement select, String after, SqlCondition condition)
      throws SQLException {
    select.setString(1, after);
    int parameter = 2;
    for (Object value : condition.parameters()) {
      select.setObject(parameter++, value);
    }
  }

  @Override
  public Optional<Checkpoint> checkpoint() {
    try {
      return database.hasCheckpoints(connection)
          ? SqlCheckpoints.find(connection)
          : Optional.empty();
    } catch (SQLException e) {
      throw database.failure("checkpoint cannot be read", e);
    }
  }

  @Override
  public long[] removedSince(Checkpoint checkpoint) {
    try {
      return SqlHistory.removedSince(connection, checkpoint.generation());
    } catch (SQLException e) {
      throw database.failure("removals cannot be read", e);
    }
  }

  Optional<byte[]> part(Checkpoint checkpoint, String column, int part) throws SQLException {
    return SqlCheckpoints.part(connection, checkpoint, column, part);
  }

  /** Returns the problems of the structure. */
  public List<String> check() {
    try {
      List<String> problems = new ArrayList<>(database.check(connection));
      if (database.hasCheckpoints(connection)) {
        problems.addAll(SqlHistory.problems(database, connection));
      }
      return problems;
    } catch (SQLException e) {
      return List.of(database.failure("structure cannot be checked", e).getMessage());
    }
  }
}

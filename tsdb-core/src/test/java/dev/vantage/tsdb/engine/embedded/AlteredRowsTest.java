package dev.vantage.tsdb.engine.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.DamagedDatabaseException;
import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Progress;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.StorageException;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.VerifyOptions;
import dev.vantage.tsdb.engine.ScanModel;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.store.sqlite.SqliteStore;
import dev.vantage.tsdb.testkit.PostgresServer;
import dev.vantage.tsdb.testkit.RandomSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Altered values of stored tables, column by column, are detected. */
class AlteredRowsTest {
  private static final Settings SETTINGS =
      Settings.DEFAULT.withLength(32).withMultiplier(5).withVantagePoints(4);
  private static final OpenOptions OPTIONS =
      OpenOptions.DEFAULT.withSettings(SETTINGS).withThreads(2);
  private static final OpenOptions READ_ONLY =
      OpenOptions.DEFAULT.withThreads(2).withAccess(OpenOptions.Access.READ_ONLY);

  private static final String NOT_USED =
      "what does not fit is not used, and everything is read anew";

  /** Columns whose alteration is not detected, with the reason: answers do not depend on them. */
  private static final Map<String, String> EXCEPTIONS =
      Map.of(
          "recent_change.change_id", NOT_USED,
          "recent_change.outcome", "no answer to a search, and nobody reads it yet",
          "checkpoint_removal.generation", NOT_USED);

  @TempDir Path temporary;

  private final ScanModel model = new ScanModel(SETTINGS);

  /** Fills a database with every kind of data: also a checkpoint, and changes since. */
  private void fill(String location) {
    RandomSeries series = new RandomSeries(Seeds.random("altered").nextLong(), 30);
    try (EmbeddedTsdb database = EmbeddedDatabase.open(location, OPTIONS, 1)) {
      for (int i = 0; i < 40; i++) {
        Attributes attributes =
            Attributes.none()
                .with("double", i / 8.0)
                .with("long", (long) i)
                .with("text", "text " + i)
                .with("flag", i % 2 == 0)
                .with("seen", new AttributeValue.TimestampValue(Instant.ofEpochSecond(i)));
        SeriesEntry entry = new SeriesEntry("s" + i, series.next(), attributes);
        database.insert(entry);
        model.put(entry.id(), entry.series());
      }
    }
    try (EmbeddedTsdb database = EmbeddedDatabase.open(location, OPTIONS, Integer.MAX_VALUE)) {
      List<String> vantagePoints = database.stats().vantagePoints();
      List<String> free =
          model.ids().stream().filter(id -> !vantagePoints.contains(id)).limit(3).toList();
      for (String id : free) {
        database.delete(id);
        model.remove(id);
      }
      database.declareAttribute("unused", AttributeValue.Type.LONG);
      SeriesEntry late = new SeriesEntry("late", series.next());
      database.insert(late);
      model.put("late", late.series());
      AttributeChanges changes = AttributeChanges.setting(Attributes.none().with("long", 7L));
      database.setAttributes(Map.of("late", changes, vantagePoints.get(0), changes));
    }
  }

  private static List<String> problems(String location) {
    try {
      return EmbeddedTsdb.verify(location, VerifyOptions.ALL, Progress.NONE).problems();
    } catch (StorageException e) {
      return List.of(e.getMessage());
    }
  }

  private void assertAnswersRight(String location, String what) {
    try (EmbeddedTsdb database = Tsdb.open(location, READ_ONLY)) {
      assertEquals(model.ids(), database.ids(IdQuery.first(1000)), what);
      for (String id : model.ids()) {
        Query query = Query.like("any").nearest(4);
        assertEquals(model.similar(id, query), database.search(query.about(id)).neighbors(), what);
      }
    }
  }

  /** Returns different values of the same type. */
  private static List<Object> others(Object value) {
    if (value instanceof byte[] bytes) {
      byte[] flipped = bytes.length == 0 ? new byte[1] : bytes.clone();
      flipped[flipped.length / 2] ^= 4;
      return List.of(flipped);
    }
    if (value instanceof Double number) {
      return List.of(Double.longBitsToDouble(Double.doubleToLongBits(number) ^ 1L << 40));
    }
    if (value instanceof Number number) {
      return List.of(number.longValue() ^ 1, number.longValue() + 1000);
    }
    return List.of("x" + value, "long", "double");
  }

  private interface Undo {
    void run() throws Exception;
  }

  /** A stored database that a test can alter directly. */
  private interface Altered {
    /** The columns of each table. */
    Map<String, List<String>> tables() throws SQLException;

    /** Returns a value of a column; empty if all are null. */
    Optional<Object> any(String table, String column) throws SQLException;

    /** Puts another value in its place; empty if a constraint forbids it. */
    Optional<Undo> set(String table, String column, Object from, Object to) throws Exception;
  }

  /** Alters one value of each column of each table, and puts it back. */
  private void alterEach(String location, Altered database) throws Exception {
    assertEquals(List.of(), problems(location));
    List<String> seen = new ArrayList<>();
    for (Map.Entry<String, List<String>> table : database.tables().entrySet()) {
      for (String column : table.getValue()) {
        alter(location, database, table.getKey(), column);
        seen.add(table.getKey() + "." + column);
      }
    }
    assertTrue(seen.containsAll(EXCEPTIONS.keySet()), seen.toString());
    assertTrue(seen.size() > 40, seen.toString());
    assertEquals(List.of(), problems(location));
  }

  private void alter(String location, Altered database, String table, String column)
      throws Exception {
    String name = table + "." + column;
    Object value = database.any(table, column).orElseThrow(() -> new AssertionError(name));
    for (Object other : others(value)) {
      Optional<Undo> undo = database.set(table, column, value, other);
      if (undo.isPresent()) {
        if (EXCEPTIONS.containsKey(name)) {
          assertAnswersRight(location, name);
        } else {
          assertFalse(problems(location).isEmpty(), name + ": " + value + " -> " + other);
        }
        undo.get().run();
        return;
      }
    }
    // The database itself refuses.
  }

  @Test
  void isFoundInAFile() throws Exception {
    Path directory = temporary.resolve("db");
    Path file = directory.resolve(SqliteStore.FILE_NAME);
    fill(directory.toString());
    byte[] whole = Files.readAllBytes(file);
    alterEach(
        directory.toString(),
        new Altered() {
          @Override
          public Map<String, List<String>> tables() throws SQLException {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
              return columns(
                  connection,
                  "SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c"
                      + " WHERE t.type = 'table' ORDER BY t.name, c.cid");
            }
          }

          @Override
          public Optional<Object> any(String table, String column) throws SQLException {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
              return value(connection, select(table, column));
            }
          }

          @Override
          public Optional<Undo> set(String table, String column, Object from, Object to)
              throws SQLException {
            String sql = "UPDATE %s SET %s = ? WHERE %s = ?".formatted(table, column, column);
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                PreparedStatement update = connection.prepareStatement(sql)) {
              update.setObject(1, to);
              update.setObject(2, from);
              assertTrue(update.executeUpdate() > 0, sql);
              return Optional.of(() -> overwrite(file, whole));
            } catch (SQLException e) {
              return Optional.empty();
            }
          }
        });
  }

  private static void overwrite(Path file, byte[] bytes) throws IOException {
    for (String more : List.of("-wal", "-shm")) {
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + more));
    }
    Files.write(file, bytes);
  }

  @Test
  @Tag("long")
  void isFoundInPostgres() throws Exception {
    PostgresServer server = PostgresServer.shared();
    String name = server.createDatabase();
    String jdbc =
        server.jdbcUrl(name) + "&currentSchema=tsdb&options=-c%20session_replication_role=replica";
    fill(server.url(name));
    try (Connection connection = DriverManager.getConnection(jdbc)) {
      alterEach(
          server.url(name),
          new Altered() {
            @Override
            public Map<String, List<String>> tables() throws SQLException {
              return columns(
                  connection,
                  "SELECT table_name, column_name FROM information_schema.columns"
                      + " WHERE table_schema = 'tsdb' ORDER BY table_name, ordinal_position");
            }

            @Override
            public Optional<Object> any(String table, String column) throws SQLException {
              return value(connection, select(table, column));
            }

            @Override
            public Optional<Undo> set(String table, String column, Object from, Object to) {
              String row = "(SELECT ctid FROM %s WHERE %s = ? LIMIT 1)".formatted(table, column);
              Optional<String> changed = update(connection, table, column, to, row, from);
              return changed.map(
                  place ->
                      () -> update(connection, table, column, from, "?::tid", place).orElseThrow());
            }
          });
    }
  }

  /** Updates one row, and returns where it is then; empty if a constraint forbids it. */
  private static Optional<String> update(
      Connection connection,
      String table,
      String column,
      Object value,
      String row,
      Object parameter) {
    String sql =
        "UPDATE %s SET %s = ? WHERE ctid = %s RETURNING ctid::text".formatted(table, column, row);
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setObject(1, value);
      update.setObject(2, parameter);
      try (ResultSet rows = update.executeQuery()) {
        assertTrue(rows.next(), sql);
        return Optional.of(rows.getString(1));
      }
    } catch (SQLException e) {
      return Optional.empty();
    }
  }

  private static String select(String table, String column) {
    return "SELECT %s FROM %s WHERE %s IS NOT NULL ORDER BY 1 LIMIT 1"
        .formatted(column, table, column);
  }

  private static Optional<Object> value(Connection connection, String sql) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(sql)) {
      return row.next() ? Optional.of(row.getObject(1)) : Optional.empty();
    }
  }

  private static Map<String, List<String>> columns(Connection connection, String sql)
      throws SQLException {
    Map<String, List<String>> columns = new TreeMap<>();
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(sql)) {
      while (row.next()) {
        columns.computeIfAbsent(row.getString(1), table -> new ArrayList<>()).add(row.getString(2));
      }
    }
    return columns;
  }

  /** Checks that opening the database fails, with a message that names the alteration. */
  private static void assertRefused(String location, String word, String what) {
    for (OpenOptions options : List.of(READ_ONLY, OpenOptions.DEFAULT.withThreads(2))) {
      String message =
          assertThrows(
                  DamagedDatabaseException.class, () -> Tsdb.open(location, options).close(), what)
              .getMessage();
      assertTrue(message.contains(word), what + ": " + message);
    }
    List<String> problems = problems(location);
    assertTrue(problems.stream().anyMatch(problem -> problem.contains(word)), problems::toString);
  }

  private interface Finding {
    void check(String location, String sql, String expected) throws Exception;
  }

  /**
   * Alters a filled database, each time from a fresh copy.
   *
   * @param expected the expected problem of each sequence of SQL statements
   */
  private void afterEach(Map<String, String> expected, Finding finding) throws Exception {
    Path directory = temporary.resolve("db");
    Path file = directory.resolve(SqliteStore.FILE_NAME);
    fill(directory.toString());
    byte[] whole = Files.readAllBytes(file);
    for (Map.Entry<String, String> one : expected.entrySet()) {
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
          Statement statement = connection.createStatement()) {
        for (String sql : one.getKey().split(";(?! END)")) {
          statement.execute(sql);
        }
      }
      finding.check(directory.toString(), one.getKey(), one.getValue());
      overwrite(file, whole);
    }
    assertEquals(List.of(), problems(directory.toString()));
  }

  private static void assertFound(String location, String sql, String expected) {
    String found = String.join("\n", problems(location));
    assertTrue(found.contains(expected), () -> sql + ": " + found);
  }

  @Test
  void isNamedWhereItIsASettingOrAVantagePoint() throws Exception {
    String last = "(SELECT max(key) FROM series)";
    Map<String, String> words = new TreeMap<>();
    for (String setting :
        List.of(
            "'5.5' WHERE name = 'metric.parameter.multiplier'",
            "'64' WHERE name = 'metric.parameter.length'",
            "'5' WHERE name = 'vantage_points'",
            "'1' WHERE name = 'seed'",
            "'interval' WHERE name = 'resampling'")) {
      words.put("UPDATE property SET value = " + setting, "settings must match");
    }
    words.put("DELETE FROM property WHERE name = 'seed'", "settings must match");
    words.put("INSERT INTO property VALUES ('another', 'x')", "settings must match");
    words.put(
        "UPDATE vantage_point SET position = position + 10 WHERE position < 2;"
            + "UPDATE vantage_point SET position = 11 - position WHERE position >= 10",
        "vantage points must match");
    words.put("DELETE FROM vantage_point WHERE position = 3", "vantage points must match");
    words.put("DELETE FROM vantage_point", "vantage points must match");
    words.put("INSERT INTO vantage_point VALUES (4, " + last + ")", "vantage points must match");
    words.put(
        "UPDATE vantage_point SET key = " + last + " WHERE position = 1",
        "vantage points must match");
    // Another whole row in the place of that of a vantage point.
    words.put(
        "UPDATE series SET key = -1 WHERE key = (SELECT key FROM vantage_point WHERE position = 0);"
            + "UPDATE series SET key = (SELECT key FROM vantage_point WHERE position = 0)"
            + " WHERE key = "
            + last,
        "vantage points must match");
    afterEach(words, (location, sql, word) -> assertRefused(location, word, sql));
  }

  /** SQLite keeps a value of any type in any column, and Java may read it as the same value. */
  @Test
  void isFoundWhereTheTypeOfAValueIsAnother() throws Exception {
    Map<String, String> tables = new TreeMap<>();
    tables.put("UPDATE attribute SET text_value = CAST(text_value AS BLOB)", "attribute");
    tables.put("UPDATE attribute SET long_value = 5 WHERE name = 'flag'", "attribute");
    tables.put("UPDATE attribute SET double_value = 1 WHERE name = 'text'", "attribute");
    tables.put("UPDATE series SET id = CAST(id AS BLOB) WHERE id = 'late'", "series");
    tables.put("UPDATE series SET times = CAST(times AS TEXT) WHERE id = 'late'", "series");
    tables.put("UPDATE summary SET length = length + 0.5", "summary");
    tables.put("UPDATE recent_change SET outcome = 'x'", "recent_change");
    tables.put("UPDATE checkpoint_removal SET generation = 40.5", "checkpoint_removal");
    tables.put("UPDATE attribute_change SET generation = 40.5", "attribute_change");
    tables.replaceAll((sql, table) -> "of the types of their columns: table=" + table);
    afterEach(tables, AlteredRowsTest::assertFound);
  }

  @Test
  void isFoundInTheSchemaAndInTheHistory() throws Exception {
    Map<String, String> expected = new TreeMap<>();
    String altered = ", problem=it is altered, format=5, file=";
    expected.put("PRAGMA user_version = 3", "table=progress, problem=it is altered, format=3");
    expected.put(
        "CREATE TRIGGER extra AFTER DELETE ON series BEGIN SELECT 1; END",
        "trigger=extra, problem=it does not belong there");
    expected.put("CREATE VIEW extra AS SELECT 1", "view=extra, problem=it does not belong there");
    expected.put(
        "DROP INDEX checkpoint_removal_generation",
        "index=checkpoint_removal_generation, problem=it is missing");
    expected.put("DROP TABLE checkpoint_chunk", "table=checkpoint_chunk, problem=it is missing");
    expected.put("ALTER TABLE summary ADD COLUMN extra INTEGER", "table=summary" + altered);
    String changes = "recent changes must lead to the last one";
    expected.put("DELETE FROM recent_change", changes);
    expected.put("DELETE FROM recent_change WHERE generation = 5", changes);
    expected.put(
        "UPDATE recent_change SET change_id = change_id + 1 WHERE generation ="
            + " (SELECT max(generation) FROM recent_change)",
        changes);
    expected.put("INSERT INTO recent_change VALUES (1000, 1, x'')", changes);
    String removals = "recorded removals must be of series";
    expected.put("UPDATE checkpoint_removal SET generation = 1000", removals);
    expected.put("INSERT INTO checkpoint_removal VALUES (1000, 1)", removals);
    expected.put("INSERT INTO checkpoint_removal SELECT max(key), 1 FROM series", removals);
    String changed = "recorded changes of attributes must be of stored series";
    expected.put("UPDATE attribute_change SET key = 1000 WHERE key > 40", changed);
    expected.put("UPDATE attribute_change SET generation = 0", changed);
    expected.put(
        "UPDATE attribute_change SET generation = generation - 1",
        "row must match its checksum: table=attribute_change");
    afterEach(expected, AlteredRowsTest::assertFound);
  }

  /** A series that is gone without a trace, or has come from nowhere. */
  @Test
  void isFoundWhereASeriesIsMissing() throws Exception {
    Path directory = temporary.resolve("db");
    Path file = directory.resolve(SqliteStore.FILE_NAME);
    fill(directory.toString());
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA foreign_keys = ON");
      statement.execute("DELETE FROM series WHERE id = 'late'");
    }
    assertRefused(directory.toString(), "every series that was written", "late");
  }
}

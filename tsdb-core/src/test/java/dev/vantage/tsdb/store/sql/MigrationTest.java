package dev.vantage.tsdb.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.store.DescribedSeries;
import dev.vantage.tsdb.store.PointSummary;
import dev.vantage.tsdb.store.Store;
import dev.vantage.tsdb.store.StoreContents;
import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.sqlite.SqliteStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of older formats, whose attributes had a type each time they were set. */
class MigrationTest {
  private static final TimeSeries SERIES = TimeSeries.ofValues(2, 4, 4, 4, 5, 5, 7, 9);

  @TempDir Path directory;

  private void makeFile(int format) throws SQLException, IOException {
    Path file = Files.createDirectories(directory).resolve(SqliteStore.FILE_NAME);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      for (int i = format == 3 ? 3 : 1; i <= format; i++) {
        for (String sql : script(i).split(";\\R")) {
          if (!sql.isBlank()) {
            execute(connection, sql);
          }
        }
      }
      execute(connection, "PRAGMA user_version = " + format);
      execute(connection, "PRAGMA application_id = " + 0x74736462);
      execute(connection, "INSERT INTO property VALUES ('made', 'before')");
      execute(connection, "UPDATE progress SET generation = 9, last_key = 40");
      for (long key : List.of(10L, 20L, 40L)) {
        addSeries(connection, key);
      }
      if (format == 3) {
        addTyped(connection);
        return;
      }
      execute(
          connection,
          """
          INSERT INTO attribute (key, name, type, double_value, long_value, text_value) VALUES
          (10, 'text', 'text', NULL, NULL, 'caf\u00e9'), (20, 'text', 'text', NULL, NULL, ''),
          (10, 'flag', 'boolean', NULL, 1, NULL), (20, 'flag', 'boolean', NULL, 0, NULL),
          (10, 'long', 'long', NULL, -9223372036854775808, NULL),
          (10, 'number', 'long', NULL, 3, NULL), (40, 'number', 'double', 0.1, NULL, NULL),
          (10, 'mixed', 'double', 2.5e20, NULL, NULL), (20, 'mixed', 'long', NULL, 7, NULL),
          (40, 'mixed', 'boolean', NULL, 1, NULL),
          (10, 'either', 'text', NULL, NULL, 'x'), (20, 'either', 'boolean', NULL, 0, NULL),
          (10, 'mean', 'double', 5.5, NULL, NULL), (10, 'mean_', 'text', NULL, NULL, 'is taken'),
          (20, 'id', 'text', NULL, NULL, 'theirs'), (20, 'inserted_at', 'long', NULL, 1, NULL)
          """);
    }
  }

  /** Adds the expected data of the other formats after their migration. */
  private static void addTyped(Connection connection) throws SQLException {
    execute(
        connection,
        """
        INSERT INTO attribute_type VALUES
        ('text', 'text'), ('flag', 'boolean'), ('long', 'long'), ('number', 'double'),
        ('mixed', 'text'), ('either', 'text'), ('mean__', 'double'), ('mean_', 'text'),
        ('id_', 'text'), ('inserted_at_', 'long')
        """);
    execute(
        connection,
        """
        INSERT INTO attribute VALUES
        (10, 'text', NULL, NULL, 'caf\u00e9'), (20, 'text', NULL, NULL, ''),
        (10, 'flag', NULL, 1, NULL), (20, 'flag', NULL, 0, NULL),
        (10, 'long', NULL, -9223372036854775808, NULL),
        (10, 'number', 3.0, NULL, NULL), (40, 'number', 0.1, NULL, NULL),
        (10, 'mixed', NULL, NULL, '2.5E20'), (20, 'mixed', NULL, NULL, '7'),
        (40, 'mixed', NULL, NULL, 'true'),
        (10, 'either', NULL, NULL, 'x'), (20, 'either', NULL, NULL, 'false'),
        (10, 'mean__', 5.5, NULL, NULL), (10, 'mean_', NULL, NULL, 'is taken'),
        (20, 'id_', NULL, NULL, 'theirs'), (20, 'inserted_at_', NULL, 1, NULL)
        """);
    execute(connection, "INSERT INTO summary SELECT key, 5, 2, 8, NULL FROM series");
  }

  private static String script(int format) throws IOException {
    try (InputStream in =
        MigrationTest.class.getResourceAsStream(
            "/dev/vantage/tsdb/format-" + format + "-as-released.sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void addSeries(Connection connection, long key) throws SQLException {
    byte[] times = Blobs.times(SERIES);
    byte[] values = Blobs.ofDoubles(SERIES.values());
    String id = "s" + key;
    try (PreparedStatement series =
            connection.prepareStatement("INSERT INTO series VALUES (?, ?, ?, ?, 0, ?)");
        PreparedStatement row =
            connection.prepareStatement("INSERT INTO distance_row VALUES (?, ?, ?)")) {
      series.setLong(1, key);
      series.setString(2, id);
      series.setBytes(3, times);
      series.setBytes(4, values);
      series.setLong(5, Blobs.seriesChecksum(id, times, values, 0));
      series.executeUpdate();
      row.setLong(1, key);
      row.setBytes(2, new byte[0]);
      row.setLong(3, Blobs.rowChecksum(key, new byte[0]));
      row.executeUpdate();
    }
  }

  private static void assertHoldsWhatItHeld(Store store) {
    StoreContents contents = StoreContents.of(store);
    assertEquals(9, contents.generation());
    assertEquals(40, contents.lastKey());
    assertEquals(Map.of("made", "before"), store.properties());
    assertEquals(
        Map.ofEntries(
            Map.entry("text", Type.TEXT),
            Map.entry("flag", Type.BOOLEAN),
            Map.entry("long", Type.LONG),
            Map.entry("number", Type.DOUBLE),
            Map.entry("mixed", Type.TEXT),
            Map.entry("either", Type.TEXT),
            Map.entry("mean__", Type.DOUBLE),
            Map.entry("mean_", Type.TEXT),
            Map.entry("id_", Type.TEXT),
            Map.entry("inserted_at_", Type.LONG)),
        contents.types().declared());
    Attributes first =
        Attributes.none()
            .with("text", "caf\u00e9")
            .with("flag", true)
            .with("long", Long.MIN_VALUE)
            .with("number", 3.0)
            .with("mixed", "2.5E20")
            .with("either", "x")
            .with("mean__", 5.5)
            .with("mean_", "is taken");
    Attributes second =
        Attributes.none()
            .with("text", "")
            .with("flag", false)
            .with("mixed", "7")
            .with("either", "false")
            .with("id_", "theirs")
            .with("inserted_at_", 1L);
    Attributes third = Attributes.none().with("number", 0.1).with("mixed", "true");
    assertEquals(
        List.of(
            new SeriesEntry("s10", SERIES, first),
            new SeriesEntry("s20", SERIES, second),
            new SeriesEntry("s40", SERIES, third)),
        contents.entries());
    PointSummary summary = new PointSummary(5, 2, 8, Optional.empty());
    assertEquals(
        List.of(
            new DescribedSeries(10, summary, first),
            new DescribedSeries(20, summary, second),
            new DescribedSeries(40, summary, third)),
        contents.described());
    assertEquals(List.of(), store.check());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void readsAnOldFileAsItIsAndMakesTheNewFormatOfIt(int format) throws Exception {
    makeFile(format);
    try (SqliteStore reader = SqliteStore.openToRead(directory)) {
      assertHoldsWhatItHeld(reader);
      try (SqliteStore writer =
          SqliteStore.openToWrite(directory, new TreeMap<>(Map.of("made", "now")))) {
        assertHoldsWhatItHeld(writer);
        assertHoldsWhatItHeld(reader);
        assertNotEquals(0, writer.revision().databaseId());
        writer.declare("later", Type.TIMESTAMP);
        assertEquals(Optional.of(Type.TIMESTAMP), reader.attributeTypes().type("later"));
      }
    }
    assertTrue(SqliteStore.exists(directory));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void makesTheTablesOfANewFile(int format) throws Exception {
    makeFile(format);
    SqliteStore.openToWrite(directory, new TreeMap<>()).close();
    Path fresh = directory.resolve("fresh");
    SqliteStore.openToWrite(fresh, new TreeMap<>()).close();
    assertEquals(schema(fresh), schema(directory));
  }

  private static Map<String, String> schema(Path directory) throws SQLException {
    Path file = directory.resolve(SqliteStore.FILE_NAME);
    Map<String, String> schema = new TreeMap<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement select = connection.createStatement();
        ResultSet rows =
            select.executeQuery("SELECT type || ' ' || name, sql FROM sqlite_schema")) {
      while (rows.next()) {
        schema.put(rows.getString(1), String.valueOf(rows.getString(2)));
      }
    }
    assertTrue(schema.containsKey("table attribute_type"), schema.keySet().toString());
    return schema;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aMigrationThatFailsLeavesTheFileAsItWas(int format) throws Exception {
    makeFile(format);
    Path file = directory.resolve(SqliteStore.FILE_NAME);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      execute(connection, "CREATE TABLE recent_change (in_the_way)");
      assertRefusesToMigrate();
      execute(connection, "DROP TABLE recent_change");
    }
    try (SqliteStore store = SqliteStore.openToRead(directory)) {
      assertHoldsWhatItHeld(store);
    }
    try (SqliteStore store = SqliteStore.openToWrite(directory, new TreeMap<>())) {
      assertHoldsWhatItHeld(store);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aMigrationMakesChecksums(int format) throws Exception {
    makeFile(format);
    SqliteStore.openToWrite(directory, new TreeMap<>()).close();
    Path file = directory.resolve(SqliteStore.FILE_NAME);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      execute(connection, "UPDATE attribute SET text_value = 'y' WHERE text_value = 'x'");
      execute(connection, "UPDATE attribute_type SET type = 'timestamp' WHERE name = 'long'");
    }
    try (SqliteStore store = SqliteStore.openToRead(directory)) {
      assertEquals(SERIES, store.get("s40").orElseThrow().series());
      for (Executable reading :
          List.<Executable>of(() -> store.get("s10"), store::attributeTypes)) {
        StoreException damage = assertThrows(StoreException.class, reading);
        assertEquals(StoreException.Kind.DAMAGED, damage.kind());
      }
    }
  }

  private void assertRefusesToMigrate() {
    assertThrows(StoreException.class, () -> SqliteStore.openToWrite(directory, new TreeMap<>()));
  }
}

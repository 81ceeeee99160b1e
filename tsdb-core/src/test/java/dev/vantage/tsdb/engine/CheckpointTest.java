package dev.vantage.tsdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Progress;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.engine.embedded.EmbeddedDatabase;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.store.Checkpoint;
import dev.vantage.tsdb.store.StoreSnapshot;
import dev.vantage.tsdb.store.sqlite.SqliteStore;
import dev.vantage.tsdb.testkit.DatabaseFixture;
import dev.vantage.tsdb.testkit.RandomSeries;
import dev.vantage.tsdb.testkit.Seeds;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database opened from a checkpoint equals the database opened from its rows. */
class CheckpointTest {
  private static final Settings SETTINGS =
      Settings.DEFAULT.withLength(128).withMultiplier(5).withVantagePoints(6);
  private static final OpenOptions READ_ONLY =
      OpenOptions.DEFAULT.withAccess(OpenOptions.Access.READ_ONLY).withThreads(2);
  private static final int NEVER = Integer.MAX_VALUE;

  @TempDir Path temporary;
  private Path directory;
  private Random random;
  private RandomSeries series;
  private ScanModel model;
  private int made;

  @BeforeEach
  void seed() {
    random = Seeds.random("checkpoints");
    series = new RandomSeries(random.nextLong(), 128);
    model = new ScanModel(SETTINGS);
    directory = temporary.resolve("db");
  }

  private EmbeddedTsdb open(int leastSeries) {
    return EmbeddedDatabase.open(
        directory, OpenOptions.DEFAULT.withSettings(SETTINGS).withThreads(2), leastSeries);
  }

  private void fill(Tsdb database, int count) {
    List<SeriesEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SeriesEntry entry = new SeriesEntry("s\u00e9rie-" + made++, series.next());
      entries.add(entry);
      model.put(entry.id(), entry.series());
    }
    database.insertAll(entries);
  }

  /** Replaces and deletes series that are no vantage points. */
  private void change(Tsdb database, int changes) {
    List<String> vantagePoints = database.stats().vantagePoints();
    for (int i = 0; i < changes; i++) {
      String id = model.anyId(random);
      if (vantagePoints.contains(id)) {
        continue;
      }
      if (random.nextBoolean()) {
        database.delete(id);
        model.remove(id);
      } else {
        SeriesEntry entry = new SeriesEntry(id, series.next());
        database.put(entry);
        model.put(id, entry.series());
      }
    }
  }

  /** The checkpoint that the file has now. */
  private Optional<Checkpoint> checkpoint() {
    try (SqliteStore store = SqliteStore.openToRead(directory)) {
      return store.read(StoreSnapshot::checkpoint);
    }
  }

  /** Returns how many changes since the checkpoint an open loads, if it uses the checkpoint. */
  private OptionalLong loaded() {
    try (SqliteStore store = SqliteStore.openToRead(directory);
        Database database = DatabaseFixture.over(store, SETTINGS)) {
      OptionalLong changes =
          store.read(snapshot -> database.checkpointReader().load(snapshot, database::show));
      database.index().checkInvariants();
      return changes;
    }
  }

  private static void assertHolds(ScanModel expected, EmbeddedTsdb database) {
    assertEquals(expected.ids(), database.ids(IdQuery.first(Integer.MAX_VALUE)));
    assertEquals(expected.size(), database.stats().series());
    for (String id : expected.ids()) {
      for (Query query :
          List.of(Query.like("any").nearest(5), Query.like("any").within(0.5).nearest(50))) {
        assertEquals(expected.similar(id, query), database.search(query.about(id)).neighbors());
      }
    }
    assertEquals(List.of(), database.verify(Progress.NONE).problems());
  }

  private void assertHoldsWhenOpened() {
    try (EmbeddedTsdb database = Tsdb.open(directory, READ_ONLY)) {
      assertHolds(model, database);
    }
  }

  @Test
  void isWrittenAtCloseAndUsed() {
    try (EmbeddedTsdb database = open(NEVER)) {
      fill(database, 150);
    }
    assertEquals(Optional.empty(), checkpoint());
    assertEquals(OptionalLong.empty(), loaded());
    assertHoldsWhenOpened();
    open(100).close();
    assertEquals(150, checkpoint().orElseThrow().series());
    assertEquals(OptionalLong.of(0), loaded());
    assertHoldsWhenOpened();
  }

  @Test
  void staysOfUseAfterChanges() {
    for (int round = 0; round < 5; round++) {
      try (EmbeddedTsdb database = open(1)) {
        fill(database, 40 + random.nextInt(80));
        change(database, random.nextInt(30));
      }
      long generation = checkpoint().orElseThrow().generation();
      long changes = loaded().orElseThrow();
      try (EmbeddedTsdb database = open(NEVER)) {
        fill(database, 20);
        change(database, 30);
        fill(database, 5);
        assertHolds(model, database);
      }
      assertEquals(generation, checkpoint().orElseThrow().generation());
      assertTrue(loaded().orElseThrow() > changes);
      assertHoldsWhenOpened();
      // Changes after the load from the checkpoint.
      try (EmbeddedTsdb database = open(NEVER)) {
        change(database, 10);
        fill(database, 10);
        assertHolds(model, database);
      }
    }
  }

  @Test
  void isOutdatedByOtherVantagePoints() {
    try (EmbeddedTsdb database = open(1)) {
      fill(database, 80);
    }
    assertTrue(checkpoint().isPresent());
    try (EmbeddedTsdb database = open(NEVER)) {
      String vantagePoint = database.stats().vantagePoints().get(2);
      SeriesEntry entry = new SeriesEntry(vantagePoint, series.next());
      database.put(entry);
      model.put(vantagePoint, entry.series());
    }
    assertEquals(Optional.empty(), checkpoint());
    assertHoldsWhenOpened();
    open(1).close();
    try (EmbeddedTsdb database = open(NEVER)) {
      List<String> vantagePoints = database.stats().vantagePoints();
      database.addVantagePoint(
          model.ids().stream().filter(id -> !vantagePoints.contains(id)).findFirst().orElseThrow());
    }
    assertEquals(OptionalLong.empty(), loaded());
    assertHoldsWhenOpened();
  }

  @Test
  void isWrittenAgainOnlyWhenItPays() {
    try (EmbeddedTsdb database = open(1)) {
      fill(database, 200);
    }
    long generation = checkpoint().orElseThrow().generation();
    try (EmbeddedTsdb database = open(1)) {
      fill(database, 10);
    }
    assertEquals(generation, checkpoint().orElseThrow().generation());
    try (EmbeddedTsdb database = open(1)) {
      fill(database, 30);
    }
    assertTrue(checkpoint().orElseThrow().generation() > generation);
    assertEquals(OptionalLong.of(0), loaded());
  }

  @Test
  void readersTakeItUpAndRefreshBesideIt() {
    try (EmbeddedTsdb writer = open(1)) {
      fill(writer, 100);
      try (EmbeddedTsdb reader = Tsdb.open(directory, READ_ONLY)) {
        fill(writer, 100); // enough for another checkpoint
        change(writer, 20);
        assertTrue(reader.refresh());
        assertHolds(model, reader);
        SeriesEntry other = new SeriesEntry(writer.stats().vantagePoints().get(0), series.next());
        writer.put(other);
        model.put(other.id(), other.series());
        fill(writer, 1);
        assertTrue(reader.refresh());
        assertHolds(model, reader);
      }
    }
    try (EmbeddedTsdb reader = Tsdb.open(directory, READ_ONLY)) {
      try (EmbeddedTsdb writer = open(NEVER)) {
        change(writer, 20);
        fill(writer, 20);
      }
      assertTrue(reader.refresh());
      assertHolds(model, reader);
    }
  }

  @Test
  void aDamagedOneIsIgnoredAndReported() throws SQLException {
    try (EmbeddedTsdb database = open(1)) {
      fill(database, 120);
    }
    try (EmbeddedTsdb database = open(NEVER)) {
      change(database, 10);
    }
    int chunks = 3 + 2 + SETTINGS.vantagePoints();
    for (int chunk = 0; chunk < chunks; chunk++) {
      long row = chunkRow(chunk);
      flip(row, random);
      assertEquals(OptionalLong.empty(), loaded(), "chunk=" + chunk);
      try (EmbeddedTsdb database = Tsdb.open(directory, READ_ONLY)) {
        // The table that this test has added is a problem, too.
        List<String> problems =
            database.verify(Progress.NONE).problems().stream()
                .filter(problem -> !problem.contains("table=damage"))
                .toList();
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.get(0).contains("checkpoint"), problems.get(0));
        assertEquals(model.size(), database.stats().series());
        String id = model.anyId(random);
        assertEquals(
            model.similar(id, Query.like("any").nearest(9)),
            database.search(Query.like(id).nearest(9)).neighbors());
      }
      execute(
          "UPDATE checkpoint_chunk SET content = (SELECT saved FROM damage) WHERE rowid = " + row);
      execute("DROP TABLE damage");
      assertTrue(loaded().isPresent(), "chunk=" + chunk);
    }
    for (String damage :
        List.of(
            "UPDATE checkpoint SET series = series - 1",
            "UPDATE checkpoint SET last_key = last_key + 1",
            "UPDATE checkpoint SET generation = generation + 1",
            "DELETE FROM checkpoint_chunk WHERE name = 'order.3'")) {
      execute(damage);
      assertEquals(OptionalLong.empty(), loaded(), damage);
    }
    assertEquals(model.size(), reopenedSize());
  }

  /** A complete checkpoint of other rows is detected by comparison with the rows. */
  @Test
  void aForeignOneIsReported() throws SQLException {
    try (EmbeddedTsdb database = open(1)) {
      fill(database, 60);
    }
    execute(
        "DELETE FROM series WHERE key = (SELECT max(key) FROM series WHERE key NOT IN (SELECT key FROM vantage_point))");
    try (EmbeddedTsdb database = Tsdb.open(directory, READ_ONLY)) {
      List<String> problems = database.verify(Progress.NONE).problems();
      assertTrue(problems.stream().anyMatch(p -> p.contains("checkpoint")), problems.toString());
    }
  }

  private int reopenedSize() {
    try (EmbeddedTsdb database = Tsdb.open(directory, READ_ONLY)) {
      return (int) database.stats().series();
    }
  }

  private long chunkRow(int chunk) throws SQLException {
    try (Connection connection = connect();
        Statement select = connection.createStatement();
        ResultSet row =
            select.executeQuery(
                "SELECT rowid FROM checkpoint_chunk ORDER BY rowid LIMIT 1 OFFSET " + chunk)) {
      assertTrue(row.next());
      return row.getLong(1);
    }
  }

  /** Flips one bit of a chunk, and saves the original. */
  private void flip(long row, Random random) throws SQLException {
    execute(
        "CREATE TABLE damage AS SELECT content AS saved FROM checkpoint_chunk WHERE rowid = "
            + row);
    try (Connection connection = connect();
        Statement select = connection.createStatement();
        ResultSet found = select.executeQuery("SELECT saved FROM damage")) {
      byte[] content = found.getBytes(1);
      content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
      try (PreparedStatement update =
          connection.prepareStatement("UPDATE checkpoint_chunk SET content = ? WHERE rowid = ?")) {
        update.setBytes(1, content);
        update.setLong(2, row);
        assertEquals(1, update.executeUpdate());
      }
    }
  }

  @Test
  void backupsKeepIt() {
    Path backup = temporary.resolve("backup");
    try (EmbeddedTsdb database = open(1)) {
      fill(database, 90);
    }
    try (EmbeddedTsdb database = open(NEVER)) {
      change(database, 15);
      database.backup(backup);
    }
    EmbeddedTsdb.restore(backup, temporary.resolve("restored"));
    directory = temporary.resolve("restored");
    assertTrue(loaded().isPresent());
    assertHoldsWhenOpened();
  }

  @Test
  void aFileOfTheFirstFormatIsReadAndMigrated() throws Exception {
    try (EmbeddedTsdb database = open(NEVER)) {
      fill(database, 70);
    }
    makeFirstFormat();
    assertEquals(1, number("PRAGMA user_version"));
    assertHoldsWhenOpened();
    assertEquals(1, number("PRAGMA user_version"));
    try (EmbeddedTsdb database = open(NEVER)) {
      change(database, 10);
      fill(database, 10);
    }
    assertEquals(SqliteStore.FORMAT, number("PRAGMA user_version"));
    open(1).close();
    assertTrue(loaded().isPresent());
    assertHoldsWhenOpened();
  }

  /** Replaces the file by a copy in the first format. */
  private void makeFirstFormat() throws SQLException, IOException {
    Path old = temporary.resolve("old.sqlite");
    String schema;
    try (InputStream in =
        CheckpointTest.class.getResourceAsStream("/dev/vantage/tsdb/format-1-as-released.sql")) {
      schema = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + old);
        Statement statement = connection.createStatement()) {
      for (String sql : schema.split(";\\R")) {
        if (!sql.isBlank()) {
          statement.execute(sql);
        }
      }
      statement.execute("DELETE FROM progress");
      statement.execute("ATTACH '" + directory.resolve(SqliteStore.FILE_NAME) + "' AS now");
      statement.execute("INSERT INTO progress SELECT one, generation, last_key FROM now.progress");
      for (String table : List.of("property", "series", "vantage_point", "distance_row")) {
        statement.execute("INSERT INTO " + table + " SELECT * FROM now." + table);
      }
      statement.execute("PRAGMA user_version = 1");
      statement.execute("PRAGMA application_id = " + 0x74736462);
    }
    Files.delete(directory.resolve(SqliteStore.FILE_NAME));
    Files.move(old, directory.resolve(SqliteStore.FILE_NAME));
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(SqliteStore.FILE_NAME));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA foreign_keys = ON");
      statement.execute(sql);
    }
  }

  private int number(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertTrue(row.next());
      return row.getInt(1);
    }
  }
}

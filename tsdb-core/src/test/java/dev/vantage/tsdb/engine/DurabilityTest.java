package dev.vantage.tsdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.DamagedDatabaseException;
import dev.vantage.tsdb.DatabaseInUseException;
import dev.vantage.tsdb.DeadlineExceededException;
import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.IdTakenException;
import dev.vantage.tsdb.InsertOutcome;
import dev.vantage.tsdb.InvalidLocationException;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.OpenOptions.Spectra;
import dev.vantage.tsdb.Progress;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.ReadOnlyException;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.StorageException;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.UnknownIdException;
import dev.vantage.tsdb.engine.embedded.EmbeddedDatabase;
import dev.vantage.tsdb.engine.embedded.WritingProcess;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.pool.Coprocessor;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.Resampling;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.store.StoreSnapshot;
import dev.vantage.tsdb.store.sqlite.SqliteStore;
import dev.vantage.tsdb.testkit.JavaProcess;
import dev.vantage.tsdb.testkit.RandomSeries;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Durability: stored data, the writer's lock, and damage. */
class DurabilityTest {
  private static final Settings SETTINGS = Settings.DEFAULT.withLength(64).withMultiplier(10);
  private static final OpenOptions READ_ONLY =
      OpenOptions.DEFAULT.withAccess(OpenOptions.Access.READ_ONLY);

  @TempDir Path directory;

  private static List<SeriesEntry> entries(int count, long seed) {
    RandomSeries series = new RandomSeries(seed, 50);
    List<SeriesEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(new SeriesEntry("s" + i, series.next(), Attributes.none().with("number", i)));
    }
    return entries;
  }

  private EmbeddedTsdb filled(int count) {
    EmbeddedTsdb database =
        Tsdb.open(directory.resolve("db"), OpenOptions.DEFAULT.withSettings(SETTINGS));
    database.insertAll(entries(count, 1));
    return database;
  }

  @Test
  void keepsSeriesExactlyAsTheyWereInserted() {
    double[] times = {7.5, -3, 7.5, 1e300};
    double[] values = {1, -2.5, 4, Double.MIN_VALUE};
    SeriesEntry timed =
        new SeriesEntry(
            "caf\u00e9 \ud83d\ude00",
            TimeSeries.of(times, values).foldedBy(0.64),
            Attributes.none()
                .with("type", "ab 'quoted' \"too\"")
                .with("period", 0.64)
                .with("count", Long.MIN_VALUE)
                .with("clean", true));
    SeriesEntry even = new SeriesEntry("even", TimeSeries.ofValues(1, 2, 4));
    try (Tsdb database = Tsdb.open(directory.resolve("db"))) {
      database.insert(timed);
      database.insert(even);
    }
    try (Tsdb database = Tsdb.open(directory.resolve("db"))) {
      assertEquals(timed, database.get(timed.id()));
      assertEquals(even, database.get("even"));
      assertFalse(database.get("even").series().hasTimes());
    }
  }

  @Test
  void keepsSettingsAndRefusesOthers() {
    filled(5).close();
    try (Tsdb database = Tsdb.open(directory.resolve("db"))) {
      assertEquals(SETTINGS, database.stats().settings());
    }
    OpenOptions others =
        OpenOptions.DEFAULT.withSettings(SETTINGS.withResampling(Resampling.INTERVAL));
    InvalidRequestException refused =
        assertThrows(
            InvalidRequestException.class, () -> Tsdb.open(directory.resolve("db"), others));
    assertTrue(refused.getMessage().contains("INTERVAL"), refused.getMessage());
  }

  @Test
  void opensWithoutComputingADistance() {
    filled(200).close();
    assertOpensWithoutComputingADistance();
    EmbeddedDatabase.open(directory.resolve("db"), OpenOptions.DEFAULT, 1).close();
    try (SqliteStore store = SqliteStore.openToRead(directory.resolve("db"))) {
      assertTrue(store.read(StoreSnapshot::checkpoint).isPresent());
    }
    assertOpensWithoutComputingADistance();
  }

  private void assertOpensWithoutComputingADistance() {
    AtomicInteger distances = new AtomicInteger();
    Metric counting = new CountingMetric(SettingsCodec.metric(SETTINGS), distances);
    SqliteStore store = SqliteStore.openToRead(directory.resolve("db"));
    try (Database database =
        new Database(SETTINGS, counting, store, new Coprocessor(2), Long.MAX_VALUE)) {
      assertEquals(200, database.index().size());
      assertEquals(0, distances.get());
      database.index().distances(database.preparer().prepare(entries(1, 9).get(0).series()));
      assertEquals(20, distances.get(), "the counter counts");
    }
  }

  @Test
  void letsOnlyOneWriterInFromThisProcessOrAnother() throws Exception {
    try (Tsdb database = filled(3)) {
      assertThrows(DatabaseInUseException.class, () -> Tsdb.open(directory.resolve("db")));
      assertEquals(3, database.ids(IdQuery.first(10)).size());
    }
    Process writer = JavaProcess.start(WritingProcess.class, directory + "/db", "1");
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
      assertEquals("open", said.readLine());
      DatabaseInUseException refused =
          assertThrows(DatabaseInUseException.class, () -> Tsdb.open(directory.resolve("db")));
      assertTrue(refused.getMessage().contains("process=" + writer.pid()), refused.getMessage());
    } finally {
      writer.destroyForcibly();
    }
  }

  @Test
  void readersSeeWhatWasCommittedAndRefresh() {
    try (EmbeddedTsdb writer = filled(60);
        EmbeddedTsdb reader = Tsdb.open(directory.resolve("db"), READ_ONLY)) {
      ScanModel model = new ScanModel(SETTINGS);
      entries(60, 1).forEach(entry -> model.put(entry.id(), entry.series()));
      assertSame(model, reader);
      assertFalse(reader.refresh());
      TimeSeries added = entries(1, 2).get(0).series();
      writer.insert("added", added);
      List<String> vantagePoints = writer.stats().vantagePoints();
      String free =
          model.ids().stream().filter(id -> !vantagePoints.contains(id)).findFirst().orElseThrow();
      writer.delete(free);
      assertSame(model, reader);
      assertTrue(reader.refresh());
      model.put("added", added);
      model.remove(free);
      assertSame(model, reader);
      writer.put(new SeriesEntry(vantagePoints.get(0), entries(1, 3).get(0).series()));
      model.put(vantagePoints.get(0), entries(1, 3).get(0).series());
      writer.addVantagePoint("added");
      assertTrue(reader.refresh());
      assertSame(model, reader);
      assertEquals(writer.stats().vantagePoints(), reader.stats().vantagePoints());
      assertThrows(ReadOnlyException.class, () -> reader.insert("more", added));
      assertThrows(ReadOnlyException.class, () -> reader.delete("added"));
    }
  }

  @Test
  void readersSearchOnWhenAWriterRemovesWhatTheyHaveNotReadYet() {
    try (EmbeddedTsdb writer = filled(60);
        EmbeddedTsdb reader =
            Tsdb.open(directory.resolve("db"), READ_ONLY.withSpectra(Spectra.DISK))) {
      ScanModel model = new ScanModel(SETTINGS);
      entries(60, 1).forEach(entry -> model.put(entry.id(), entry.series()));
      List<String> vantagePoints = writer.stats().vantagePoints();
      List<String> free = new ArrayList<>(model.ids());
      free.removeAll(vantagePoints);
      free.forEach(writer::delete);
      TimeSeries replacement = entries(1, 4).get(0).series();
      writer.put(new SeriesEntry(vantagePoints.get(0), replacement));
      assertThrows(
          UnknownIdException.class,
          () -> reader.search((Query.like("any").within(2)).about(free.get(0))));
      free.forEach(model::remove);
      model.put(vantagePoints.get(0), replacement);
      assertFalse(reader.refresh(), "the search has done so");
      assertSame(model, reader);
    }
  }

  private static void assertSame(ScanModel model, Tsdb database) {
    Query query = Query.like("any").nearest(7);
    for (String id : model.ids()) {
      assertEquals(model.similar(id, query), database.search(query.about(id)).neighbors());
    }
    assertEquals(model.size(), database.stats().series());
  }

  @Test
  void aTakenIdOfAVantagePointIsRefusedAndTheRestOfTheBatchStored() {
    try (EmbeddedTsdb database = filled(60)) {
      List<String> vantagePoints = database.stats().vantagePoints();
      SeriesEntry taken =
          new SeriesEntry(vantagePoints.get(3), entries(1, 6).get(0).series(), Attributes.none());
      SeriesEntry fresh = new SeriesEntry("fresh", entries(1, 7).get(0).series());
      List<InsertOutcome> outcomes = database.insertAll(List.of(taken, fresh));
      assertTrue(outcomes.get(0).failure().orElseThrow() instanceof IdTakenException);
      assertTrue(outcomes.get(1).created());
      assertEquals(vantagePoints, database.stats().vantagePoints());
      ScanModel model = new ScanModel(SETTINGS);
      entries(60, 1).forEach(entry -> model.put(entry.id(), entry.series()));
      model.put("fresh", fresh.series());
      assertSame(model, database);
      assertEquals(List.of(), database.verify(Progress.NONE).problems());
    }
  }

  @Test
  void backsUpBesideAWriterAndRestores() throws IOException {
    Path backup = directory.resolve("backup.tsdb");
    try (EmbeddedTsdb database = filled(40);
        EmbeddedTsdb reader = Tsdb.open(directory.resolve("db"), READ_ONLY)) {
      database.backup(backup);
      database.insert("later", entries(1, 5).get(0).series());
      assertThrows(StorageException.class, () -> database.backup(backup));
      reader.backup(directory.resolve("from-reader.tsdb"));
    }
    assertTrue(Files.exists(directory.resolve("from-reader.tsdb")));
    EmbeddedTsdb.restore(backup, directory.resolve("restored"));
    ScanModel model = new ScanModel(SETTINGS);
    entries(40, 1).forEach(entry -> model.put(entry.id(), entry.series()));
    try (EmbeddedTsdb restored = Tsdb.open(directory.resolve("restored"))) {
      assertSame(model, restored);
      assertEquals(List.of(), restored.verify(Progress.NONE).problems());
    }
    assertThrows(
        StorageException.class, () -> EmbeddedTsdb.restore(backup, directory.resolve("restored")));
  }

  @Test
  void refusesToRestoreWhatIsNoWholeBackup() throws IOException {
    Path backup = directory.resolve("backup.tsdb");
    try (EmbeddedTsdb database = filled(40)) {
      database.backup(backup);
    }
    byte[] whole = Files.readAllBytes(backup);
    Path target = directory.resolve("restored");
    for (byte[] broken :
        List.of(
            new byte[0],
            "no database".getBytes(StandardCharsets.UTF_8),
            java.util.Arrays.copyOf(whole, whole.length / 2))) {
      Path file = Files.write(directory.resolve("broken"), broken);
      assertThrows(InvalidLocationException.class, () -> EmbeddedTsdb.restore(file, target));
    }
    flipBitOfASeries(backup);
    assertThrows(InvalidLocationException.class, () -> EmbeddedTsdb.restore(backup, target));
    assertFalse(SqliteStore.exists(target));
    assertThrows(
        StorageException.class, () -> EmbeddedTsdb.restore(directory.resolve("missing"), target));
  }

  @Test
  void saysWhatIsDamaged() throws IOException {
    filled(40).close();
    Path file = directory.resolve("db").resolve(SqliteStore.FILE_NAME);
    flipBitOfASeries(file);
    DamagedDatabaseException damage =
        assertThrows(
            DamagedDatabaseException.class, () -> Tsdb.open(directory.resolve("db"), READ_ONLY));
    assertTrue(damage.getMessage().contains(file.toString()), damage.getMessage());
    assertTrue(damage.getMessage().contains("id="), damage.getMessage());
  }

  @Test
  void noticesAForgedDistance() throws SQLException {
    filled(40).close();
    Path file = directory.resolve("db").resolve(SqliteStore.FILE_NAME);
    try (EmbeddedTsdb database = Tsdb.open(directory.resolve("db"), READ_ONLY)) {
      assertEquals(List.of(), database.verify(Progress.NONE).problems());
      sql(file, "UPDATE distance_row SET distances = zeroblob(160) WHERE key = 7");
      assertFalse(database.verify(Progress.NONE).problems().isEmpty());
    }
    assertThrows(DamagedDatabaseException.class, () -> Tsdb.open(directory.resolve("db")));
  }

  @Test
  void refusesAFileThatIsNotOurs() throws Exception {
    Path database = Files.createDirectories(directory.resolve("db"));
    Path file = database.resolve(SqliteStore.FILE_NAME);
    sql(file, "CREATE TABLE theirs (x)");
    assertThrows(DamagedDatabaseException.class, () -> Tsdb.open(database));
    Files.writeString(file, "this is not a database at all, though it is long enough to look at");
    assertThrows(DamagedDatabaseException.class, () -> Tsdb.open(database));
    assertThrows(StorageException.class, () -> Tsdb.open(directory.resolve("none"), READ_ONLY));
  }

  @Test
  void viewsGiveUpInTimeAndLeaveNothingBehind() {
    try (EmbeddedTsdb database = filled(30)) {
      Tsdb hurried = database.withTimeout(Duration.ofNanos(1));
      TimeSeries series = entries(1, 8).get(0).series();
      assertThrows(DeadlineExceededException.class, () -> hurried.insert("late", series));
      assertThrows(
          DeadlineExceededException.class, () -> hurried.search(Query.like("s1").nearest(3)));
      List<String> vantagePoints = database.stats().vantagePoints();
      String free =
          database.ids(IdQuery.first(100)).stream()
              .filter(id -> !vantagePoints.contains(id))
              .findFirst()
              .orElseThrow();
      assertThrows(DeadlineExceededException.class, () -> hurried.addVantagePoint(free));
      hurried.close();
      assertEquals(30, database.ids(IdQuery.first(100)).size());
    }
  }

  @Test
  void isUnavailableOnceClosed() {
    EmbeddedTsdb database = filled(3);
    database.close();
    database.close();
    assertThrows(UnavailableException.class, () -> database.get("s1"));
    assertThrows(UnavailableException.class, () -> database.search(Query.like("s1").nearest(1)));
  }

  private static void sql(Path file, String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement change = connection.createStatement()) {
      change.execute(statement);
    }
  }

  /** Changes one bit in the stored values of some series, and in older copies of them. */
  private static void flipBitOfASeries(Path file) throws IOException {
    double needle = entries(40, 1).get(17).series().values()[20];
    byte[] bytes = Files.readAllBytes(file);
    long bits = Long.reverseBytes(Double.doubleToRawLongBits(needle));
    int found = 0;
    for (int i = 0; i + 8 <= bytes.length; i++) {
      if (java.nio.ByteBuffer.wrap(bytes, i, 8).getLong() == bits) {
        bytes[i] ^= 1;
        found++;
      }
    }
    assertTrue(found > 0, "the file holds the series");
    Files.write(file, bytes);
  }
}

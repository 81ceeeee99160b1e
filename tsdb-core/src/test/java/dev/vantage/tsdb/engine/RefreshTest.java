package dev.vantage.tsdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.CountingStore;
import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Progress;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.condition.Filter;
import dev.vantage.tsdb.index.IndexState;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.store.sql.StoredByHand;
import dev.vantage.tsdb.store.sqlite.SqliteStore;
import dev.vantage.tsdb.testkit.DatabaseFixture;
import dev.vantage.tsdb.testkit.PostgresServer;
import dev.vantage.tsdb.testkit.RandomSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers load all later writes, after any pause and any kind of change. */
class RefreshTest {
  private static final Settings SETTINGS =
      Settings.DEFAULT.withLength(64).withMultiplier(5).withVantagePoints(4);
  private static final OpenOptions OPTIONS =
      OpenOptions.DEFAULT.withSettings(SETTINGS).withThreads(2);
  private static final OpenOptions READ_ONLY = OPTIONS.withAccess(OpenOptions.Access.READ_ONLY);
  private static final OpenOptions ON_DISK = READ_ONLY.withSpectra(OpenOptions.Spectra.DISK);

  @TempDir Path temporary;

  private final Random random = Seeds.random("refresh");
  private final RandomSeries series = new RandomSeries(random.nextLong(), 40);
  private ScanModel model = new ScanModel(SETTINGS);
  private int made;

  private SeriesEntry entry(String id) {
    return new SeriesEntry(id, series.next(), Attributes.none().with("number", (long) made++));
  }

  private void put(Tsdb writer, String id) {
    SeriesEntry entry = entry(id);
    writer.put(entry);
    model.put(id, entry.series());
  }

  private void insert(Tsdb writer, int count) {
    for (int i = 0; i < count; i++) {
      put(writer, "s" + made);
    }
  }

  /** Gives series other attributes. */
  private void setNumbers(Tsdb writer, int count) {
    Map<String, AttributeChanges> changes = new HashMap<>();
    while (changes.size() < count) {
      AttributeChanges set =
          AttributeChanges.setting(Attributes.none().with("number", (long) made++));
      AttributeChanges none = AttributeChanges.removing(Set.of("number"));
      changes.put(model.anyId(random), random.nextInt(4) == 0 ? none : set);
    }
    writer.setAttributes(changes).forEach(one -> assertEquals(Optional.empty(), one.failure()));
  }

  private void delete(Tsdb writer) {
    List<String> vantagePoints = writer.stats().vantagePoints();
    List<String> free = model.ids().stream().filter(id -> !vantagePoints.contains(id)).toList();
    String id = free.get(random.nextInt(free.size()));
    writer.delete(id);
    model.remove(id);
  }

  /** Makes a random change. */
  private void change(Tsdb writer) {
    switch (random.nextInt(15)) {
      case 0, 1, 2, 3, 4 -> insert(writer, 1);
      case 5 -> {
        List<SeriesEntry> several = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
          several.add(entry("s" + made));
        }
        writer.insertAll(several);
        several.forEach(one -> model.put(one.id(), one.series()));
      }
      case 6, 7, 8 -> delete(writer);
      case 9 -> put(writer, model.anyId(random));
      case 10, 11, 12 -> setNumbers(writer, 1 + random.nextInt(3));
      case 13 -> writer.declareAttribute("a" + made++, AttributeValue.Type.DOUBLE);
      default -> {
        if (random.nextInt(4) == 0 && writer.stats().vantagePoints().size() < 7) {
          String id = model.anyId(random);
          if (!writer.stats().vantagePoints().contains(id)) {
            writer.addVantagePoint(id);
          }
        }
      }
    }
  }

  private void assertHoldsTheModel(Tsdb database) {
    assertEquals(model.size(), database.stats().series());
    assertAnswersRight(database);
  }

  private void assertAnswersRight(Tsdb database) {
    for (int i = 0; i < 4; i++) {
      String id = model.anyId(random);
      Query query = Query.like("any").nearest(1 + random.nextInt(6));
      assertEquals(model.similar(id, query), database.search(query.about(id)).neighbors());
    }
  }

  private void assertAnswersAsAFreshOne(String location, Tsdb database) {
    try (Tsdb fresh = Tsdb.open(location, READ_ONLY)) {
      assertEquals(fresh.stats().vantagePoints(), database.stats().vantagePoints());
      assertEquals(fresh.attributeTypes(), database.attributeTypes());
      for (int i = 0; i < 5; i++) {
        String id = model.anyId(random);
        Query query = Query.like("any").nearest(5).where("number >= " + random.nextInt(made));
        assertEquals(
            fresh.search(query.about(id)).neighbors(),
            database.search(query.about(id)).neighbors());
      }
    }
    assertHoldsTheModel(database);
  }

  /** Compares the series that a condition selects with those that SQL selects. */
  private void assertHasNumbers(Tsdb writer, Tsdb reader) {
    int least = random.nextInt(made);
    Query query = Query.like(series.next()).within(2).where("number >= " + least);
    List<String> expected =
        writer.ids(IdQuery.first(Integer.MAX_VALUE).where("number >= " + least));
    List<String> found =
        reader.search(query).neighbors().stream().map(Neighbor::id).sorted().toList();
    assertEquals(expected, found);
  }

  private String directory() {
    return temporary.resolve("db").toString();
  }

  private static String schema() throws SQLException {
    PostgresServer server = PostgresServer.shared();
    return server.url(server.createDatabase());
  }

  private void readersThatSleep(String location, int rounds) throws SQLException {
    EmbeddedTsdb writer = Tsdb.open(location, OPTIONS);
    insert(writer, 30);
    List<EmbeddedTsdb> readers = new ArrayList<>();
    try {
      for (OpenOptions options : List.of(READ_ONLY, READ_ONLY, ON_DISK, READ_ONLY)) {
        readers.add(Tsdb.open(location, options));
      }
      // The first two keep the attributes in memory from now on.
      Query query = Query.like(series.next()).where("number >= 0");
      readers.subList(0, 2).forEach(reader -> reader.search(query));
      for (int round = 0; round < rounds; round++) {
        change(writer);
        if (round == rounds / 3 || round == 2 * rounds / 3) {
          writer.close();
          StoredByHand.age(location);
          writer = Tsdb.open(location, OPTIONS);
          insert(writer, 1);
        }
        for (int i = 0; i < readers.size(); i++) {
          // The later ones sleep for longer.
          if (random.nextInt(1 + 8 * i) == 0) {
            readers.get(i).refresh();
            assertHoldsTheModel(readers.get(i));
            assertHasNumbers(writer, readers.get(i));
            assertFalse(readers.get(i).refresh());
          }
        }
      }
      for (EmbeddedTsdb reader : readers) {
        reader.refresh();
        assertAnswersAsAFreshOne(location, reader);
      }
      assertEquals(List.of(), writer.verify(Progress.NONE).problems());
    } finally {
      readers.forEach(Tsdb::close);
      writer.close();
    }
  }

  @Test
  void readersThatSleepFollowInADirectory() throws SQLException {
    readersThatSleep(directory(), 150);
  }

  @Test
  @Tag("long")
  void readersThatSleepFollowInPostgres() throws SQLException {
    readersThatSleep(schema(), 60);
  }

  private void readsWhatChanged(String location) {
    try (EmbeddedTsdb writer = Tsdb.open(location, OPTIONS)) {
      List<SeriesEntry> many = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        many.add(entry("s" + made));
      }
      writer.insertAll(many);
      many.forEach(one -> model.put(one.id(), one.series()));
      CountingStore counting = new CountingStore(Location.of(location).openToRead());
      try (Database reader = DatabaseFixture.over(counting.store, SETTINGS)) {
        Deadline never = Deadline.after(Optional.empty(), System::nanoTime);
        for (int changes : List.of(0, 1, 7, 30)) {
          for (int i = 0; i < changes; i++) {
            if (i % 3 == 2) {
              delete(writer);
            } else {
              insert(writer, 1);
            }
          }
          counting.rows.set(0);
          counting.snapshots.set(0);
          assertEquals(changes > 0, reader.refresh(never));
          // A series that has come and gone is no more than a removal.
          long read = counting.rows.get();
          assertTrue(read <= changes, "changes=" + changes + ", rows=" + read);
          assertEquals(changes > 0 ? 1 : 0, counting.snapshots.get());
          assertEquals(model.size(), reader.index().size());
        }
        readsChangedAttributes(writer, counting, reader);
        reader.index().checkInvariants();
      }
    }
  }

  /**
   * A reader with loaded attributes reads two rows for each changed series: its key and its values.
   */
  private void readsChangedAttributes(Tsdb writer, CountingStore counting, Database reader) {
    Deadline never = Deadline.after(Optional.empty(), System::nanoTime);
    Filter filter = Condition.parse("number >= 0").bind(reader.attributeTypes());
    reader.search(never, () -> reader.searcher().ids(filter, "", 1, () -> {}));
    IndexState before = reader.index().state();
    for (int changes : List.of(1, 7, 30)) {
      setNumbers(writer, changes);
      counting.rows.set(0);
      counting.snapshots.set(0);
      assertTrue(reader.refresh(never));
      assertTrue(counting.rows.get() <= 2 * changes, "rows=" + counting.rows.get());
      assertEquals(1, counting.snapshots.get());
    }
    assertSame(before.vantage(), reader.index().state().vantage());
    assertEquals(
        writer.ids(IdQuery.first(1000).where("number >= 0")),
        reader.searcher().ids(filter, "", 1000, () -> {}));
  }

  @Test
  void aReaderOfADirectoryReadsWhatChanged() {
    readsWhatChanged(directory());
  }

  @Test
  void aReaderOfPostgresReadsWhatChanged() throws SQLException {
    readsWhatChanged(schema());
  }

  /** Rolls a database back to an earlier state while others have it open. */
  private interface RollBack {
    void run() throws Exception;
  }

  /**
   * While readers pause, another history replaces the known one and uses the same generations and
   * keys.
   */
  private void readersMeetAnotherHistory(
      String location, int rounds, RollBack save, RollBack rollBack) throws Exception {
    try (EmbeddedTsdb writer = Tsdb.open(location, OPTIONS)) {
      insert(writer, 30);
    }
    save.run();
    List<String> saved = model.ids();
    for (int round = 0; round < rounds; round++) {
      int changes = 1 + random.nextInt(8);
      try (EmbeddedTsdb writer = Tsdb.open(location, OPTIONS)) {
        makeHistory(writer, saved, changes);
      }
      try (EmbeddedTsdb reader = Tsdb.open(location, READ_ONLY);
          EmbeddedTsdb onDisk = Tsdb.open(location, ON_DISK);
          EmbeddedTsdb asleep = Tsdb.open(location, READ_ONLY)) {
        assertHoldsTheModel(reader);
        assertHoldsTheModel(onDisk);
        rollBack.run();
        try (EmbeddedTsdb writer = Tsdb.open(location, OPTIONS)) {
          // Now and then as many changes as were lost, or more.
          makeHistory(writer, saved, changes + random.nextInt(2));
        }
        // The reader does not know all ids yet, but rows that it reads belong to another history.
        TimeSeries upload = series.next();
        assertEquals(
            model.similar(upload, Query.like("any").nearest(5)),
            onDisk.search(Query.like(upload).nearest(5)).neighbors());
        assertAnswersRight(onDisk);
        reader.refresh();
        assertAnswersAsAFreshOne(location, reader);
        assertEquals(
            model.similar(model.ids().get(0), Query.like("any").nearest(3).where("number >= 0")),
            onDisk
                .search(
                    (Query.like("any").nearest(3).where("number >= 0")).about(model.ids().get(0)))
                .neighbors());
        asleep.refresh();
        assertAnswersAsAFreshOne(location, asleep);
      }
      rollBack.run();
    }
  }

  /**
   * Makes a history from the saved state: the same ids with other points, so that only the change
   * ids differ.
   */
  private void makeHistory(Tsdb writer, List<String> saved, int changes) {
    ScanModel next = new ScanModel(SETTINGS);
    saved.forEach(id -> next.put(id, writer.get(id).series()));
    model = next;
    for (int i = 0; i < changes; i++) {
      if (i % 3 == 1) {
        delete(writer);
      } else {
        put(writer, "later" + i);
      }
    }
  }

  @Test
  void readersOfAFileMeetAnotherHistory() throws Exception {
    Path file = temporary.resolve("db").resolve(SqliteStore.FILE_NAME);
    Path copy = temporary.resolve("copy.sqlite");
    readersMeetAnotherHistory(
        directory(),
        6,
        () -> execute(file, "backup to " + copy),
        () -> {
          execute(file, "restore from " + copy);
          // An intended rollback includes the deletion of the mark.
          Files.delete(file.resolveSibling(SqliteStore.FILE_NAME + "-mark"));
        });
  }

  private static void execute(Path file, String command) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(command);
    }
  }

  /** Distances of one database must not be combined with settings of another. */
  @Test
  void readersMeetADatabaseOfOtherSettings() throws Exception {
    Path other = temporary.resolve("other");
    try (Tsdb database =
        Tsdb.open(other, OpenOptions.DEFAULT.withSettings(SETTINGS.withMultiplier(7)))) {
      insert(database, 20);
    }
    model = new ScanModel(SETTINGS);
    try (Tsdb writer = Tsdb.open(directory(), OPTIONS)) {
      insert(writer, 20);
    }
    Path file = temporary.resolve("db").resolve(SqliteStore.FILE_NAME);
    try (EmbeddedTsdb reader = Tsdb.open(directory(), READ_ONLY);
        EmbeddedTsdb onDisk = Tsdb.open(directory(), ON_DISK)) {
      assertHoldsTheModel(reader);
      execute(file, "restore from " + other.resolve(SqliteStore.FILE_NAME));
      for (EmbeddedTsdb one : List.of(reader, onDisk)) {
        String message = assertThrows(UnavailableException.class, one::refresh).getMessage();
        assertTrue(message.startsWith("settings must not change"), message);
      }
      assertThrows(
          UnavailableException.class,
          () -> onDisk.search((Query.like("any").nearest(5)).about(series.next())));
    }
  }

  @Test
  @Tag("long")
  void readersOfPostgresMeetAnotherHistory() throws Exception {
    try (PostgresServer server = PostgresServer.start()) {
      Path[] saved = {null};
      readersMeetAnotherHistory(
          server.url(server.createDatabase()),
          2,
          () -> saved[0] = server.save(),
          () -> server.rollBack(saved[0]));
    }
  }

  /** A writer whose PostgreSQL lost its changes loads the changes of others instead. */
  @Test
  @Tag("long")
  void aWriterMeetsAnotherHistory() throws Exception {
    try (PostgresServer server = PostgresServer.start()) {
      String location = server.url(server.createDatabase());
      try (EmbeddedTsdb writer = Tsdb.open(location, OPTIONS)) {
        insert(writer, 20);
        List<String> ids = model.ids();
        Path saved = server.save();
        await(() -> isDone(() -> writer.declareAttribute("before", AttributeValue.Type.LONG)));
        makeHistory(writer, ids, 5);
        server.rollBack(saved);
        try (EmbeddedTsdb other = Tsdb.open(location, OPTIONS)) {
          other.declareAttribute("instead", AttributeValue.Type.LONG);
          makeHistory(other, ids, 5);
        }
        await(() -> isDone(() -> put(writer, "last")));
        assertAnswersAsAFreshOne(location, writer);
        assertEquals(List.of(), writer.verify(Progress.NONE).problems());
      }
    }
  }

  private static boolean isDone(Runnable write) {
    try {
      write.run();
      return true;
    } catch (UnavailableException e) {
      return false;
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "nothing happened for a minute");
    }
  }
}

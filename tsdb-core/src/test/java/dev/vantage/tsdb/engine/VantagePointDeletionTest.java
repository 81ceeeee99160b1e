package dev.vantage.tsdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.AttributeLimits;
import dev.vantage.tsdb.DeadlineExceededException;
import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Progress;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.UnknownIdException;
import dev.vantage.tsdb.VerifyOptions;
import dev.vantage.tsdb.engine.embedded.EmbeddedDatabase;
import dev.vantage.tsdb.engine.verify.DatabaseVerifier;
import dev.vantage.tsdb.pool.Coprocessor;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.store.MemoryStore;
import dev.vantage.tsdb.store.Store;
import dev.vantage.tsdb.store.sqlite.SqliteStore;
import dev.vantage.tsdb.testkit.PostgresServer;
import dev.vantage.tsdb.testkit.RandomSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A deleted vantage point is replaced by another series, and every answer stays exact. */
class VantagePointDeletionTest {
  private static final Settings SETTINGS =
      Settings.DEFAULT.withLength(64).withMultiplier(10).withVantagePoints(5);
  private static final OpenOptions OPTIONS =
      OpenOptions.DEFAULT.withSettings(SETTINGS).withThreads(2);
  private static final OpenOptions TO_READ =
      OpenOptions.DEFAULT.withAccess(OpenOptions.Access.READ_ONLY);

  @TempDir private Path directory;

  private final Random random = Seeds.random("vantage point deletion");
  private final RandomSeries series = new RandomSeries(random.nextLong(), 50);
  private final ScanModel model = new ScanModel(SETTINGS);
  private int made;

  private void insert(Tsdb database, int count) {
    List<SeriesEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Attributes attributes = Attributes.none().with("number", (long) made);
      SeriesEntry entry = new SeriesEntry("s" + made++, series.next(), attributes);
      entries.add(entry);
      model.put(entry.id(), entry.series());
    }
    database
        .insertAll(entries)
        .forEach(outcome -> assertTrue(outcome.created(), outcome::toString));
  }

  private void delete(Tsdb database, String id) {
    database.delete(id);
    model.remove(id);
    assertThrows(UnknownIdException.class, () -> database.delete(id));
  }

  private String deleteVantagePoint(Tsdb database) {
    List<String> vantagePoints = database.stats().vantagePoints();
    String id = vantagePoints.get(random.nextInt(vantagePoints.size()));
    delete(database, id);
    return id;
  }

  private void assertExact(Tsdb database) {
    List<String> vantagePoints = database.stats().vantagePoints();
    assertEquals(Math.min(model.size(), SETTINGS.vantagePoints()), vantagePoints.size());
    assertEquals(vantagePoints.size(), new HashSet<>(vantagePoints).size());
    assertEquals(model.size(), database.stats().series());
    assertEquals(model.ids(), database.ids(IdQuery.first(Integer.MAX_VALUE)));
    Query query = Query.like("any").nearest(4);
    for (int i = 0; i < Math.min(5, model.size()); i++) {
      String id = model.anyId(random);
      assertEquals(model.similar(id, query), database.search(query.about(id)).neighbors());
    }
    SeriesEntry other = new SeriesEntry("other", series.next());
    assertEquals(
        model.similar(other.series(), Query.like("any").within(0.7)),
        database.search((Query.like("any").within(0.7)).about(other.series())).neighbors());
    Query few = query.where("number >= 0");
    assertEquals(
        model.similar(other.series(), query),
        database.search(few.about(other.series())).neighbors());
  }

  private static void assertSound(EmbeddedTsdb database) {
    assertEquals(List.of(), database.verify(Progress.NONE).problems());
  }

  /** The first series are vantage points, all of them. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 8, 60})
  void databasesCanBeEmptiedAndFilledAgain(int size) {
    try (EmbeddedTsdb database = Tsdb.open(directory, OPTIONS)) {
      for (int round = 0; round < 2; round++) {
        insert(database, size);
        while (model.size() > 0) {
          deleteVantagePoint(database);
          if (model.size() < 12) {
            assertExact(database);
          }
        }
        assertSound(database);
        assertExact(database);
      }
      insert(database, 7);
      assertExact(database);
      insert(database, 1);
      assertExact(database);
      assertSound(database);
    }
    try (EmbeddedTsdb again = Tsdb.open(directory)) {
      assertExact(again);
    }
  }

  /** Runs with a checkpoint after each opening, if one is due, and with packed tables. */
  @Test
  void deletedVantagePointsStayDeletedWhenOpenedAgain() {
    for (int round = 0; round < 6; round++) {
      try (EmbeddedTsdb database =
          EmbeddedDatabase.open(directory.toString(), OPTIONS, round == 0 ? 5000 : 1)) {
        if (round == 0) {
          insert(database, 1300);
          for (String id : model.ids().subList(0, 800)) {
            delete(database, id);
          }
        }
        assertExact(database);
        deleteVantagePoint(database);
        deleteVantagePoint(database);
        insert(database, 2);
        delete(database, model.anyId(random));
        assertExact(database);
        assertSound(database);
      }
    }
  }

  @Test
  void readersTakeItUp() {
    try (EmbeddedTsdb writer = Tsdb.open(directory, OPTIONS)) {
      insert(writer, 30);
      try (EmbeddedTsdb reader = Tsdb.open(directory, TO_READ)) {
        while (model.size() > 0) {
          deleteVantagePoint(writer);
          if (model.size() > 2 && model.size() % 3 == 0) {
            String replaced = writer.stats().vantagePoints().get(0);
            SeriesEntry entry =
                new SeriesEntry(replaced, series.next(), Attributes.none().with("number", 1L));
            writer.put(entry);
            model.put(replaced, entry.series());
          }
          assertTrue(reader.refresh());
          assertExact(reader);
        }
        insert(writer, 9);
        assertTrue(reader.refresh());
        assertExact(reader);
      }
    }
  }

  /** Searches that began earlier still see deleted series. */
  @Test
  void addedOnesCanBeDeletedToo() {
    try (EmbeddedTsdb database =
        Tsdb.open(directory, OPTIONS.withSpectra(OpenOptions.Spectra.DISK))) {
      insert(database, 40);
      List<String> before = database.stats().vantagePoints();
      String added =
          model.ids().stream().filter(id -> !before.contains(id)).findFirst().orElseThrow();
      assertEquals(6, database.addVantagePoint(added));
      delete(database, added);
      List<String> after = database.stats().vantagePoints();
      assertEquals(6, after.size(), "another one takes its place");
      assertEquals(before, after.subList(0, 5), "the others stay");
      assertFalse(after.contains(added));
      assertSound(database);
    }
  }

  @Test
  void aDeletionThatTakesTooLongHasNoEffect() {
    for (Store store :
        List.of(
            new MemoryStore(SettingsCodec.properties(SETTINGS)),
            SqliteStore.openToWrite(directory, SettingsCodec.properties(SETTINGS)))) {
      try (Database database =
          new Database(
              SETTINGS, SettingsCodec.metric(SETTINGS), store, new Coprocessor(2), 1L << 30)) {
        DatabaseWriter writer =
            new DatabaseWriter(database, AttributeLimits.DEFAULT, Clock.systemUTC());
        List<SeriesEntry> entries = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
          entries.add(new SeriesEntry("s" + i, series.next()));
        }
        writer.insertAll(entries, false, Deadline.NONE);
        List<String> vantagePoints = database.index().vantagePoints();
        String id = vantagePoints.get(2);
        long generation = store.generation();
        // The kill comes at any time from the beginning of the deletion to after its end.
        int late = 0;
        for (long nanos = 1_000; store.get(id).isPresent(); nanos = nanos * 5 / 4) {
          Deadline deadline =
              Deadline.after(Optional.of(Duration.ofNanos(nanos)), System::nanoTime);
          try {
            StoreFailures.translated(
                () -> {
                  writer.delete(id, deadline);
                  return true;
                });
          } catch (DeadlineExceededException e) {
            late++;
            assertEquals(vantagePoints, database.index().vantagePoints());
            assertEquals(generation, store.generation());
            assertTrue(store.get(id).isPresent());
          }
        }
        assertTrue(late > 0, "late=" + late);
        assertEquals(generation + 1, store.generation());
        assertEquals(599, database.index().size());
        assertEquals(
            List.of(),
            new DatabaseVerifier(store, SETTINGS, VerifyOptions.ALL, (done, of) -> {})
                .verify(Optional.of(database))
                .problems());
      }
    }
  }

  @Test
  @Tag("long")
  void inPostgresToo() throws Exception {
    PostgresServer server = PostgresServer.shared();
    String url = server.url(server.createDatabase());
    try (EmbeddedTsdb database = Tsdb.open(url, OPTIONS)) {
      insert(database, 12);
      while (model.size() > 0) {
        deleteVantagePoint(database);
        assertExact(database);
      }
      insert(database, 8);
      deleteVantagePoint(database);
      assertSound(database);
    }
    try (EmbeddedTsdb reader = Tsdb.open(url, TO_READ)) {
      assertExact(reader);
    }
  }
}

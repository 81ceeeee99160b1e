package dev.vantage.tsdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.OpenOptions.Access;
import dev.vantage.tsdb.Progress;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.ReadOnlyException;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.StorageException;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.engine.embedded.EmbeddedDatabase;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.store.Store;
import dev.vantage.tsdb.store.StoreSnapshot;
import dev.vantage.tsdb.store.postgres.PostgresStore;
import dev.vantage.tsdb.testkit.DatabaseFixture;
import dev.vantage.tsdb.testkit.PostgresServer;
import dev.vantage.tsdb.testkit.RandomSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database in PostgreSQL, through the public interface. */
class PostgresDatabaseTest {
  private static final Settings SETTINGS =
      Settings.DEFAULT.withLength(64).withMultiplier(5).withVantagePoints(5);
  private static final OpenOptions OPTIONS =
      OpenOptions.DEFAULT.withSettings(SETTINGS).withThreads(2);

  @TempDir Path temporary;
  private String url;

  @BeforeEach
  void createDatabase() throws SQLException {
    PostgresServer server = PostgresServer.shared();
    url = server.url(server.createDatabase());
  }

  private static List<SeriesEntry> entries(int count, RandomSeries series) {
    List<SeriesEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(new SeriesEntry("s" + i, series.next()));
    }
    return entries;
  }

  @Test
  void answersAsOneInADirectoryDoes() {
    RandomSeries series = new RandomSeries(Seeds.random("both").nextLong(), 50);
    List<SeriesEntry> entries = entries(120, series);
    try (EmbeddedTsdb here = Tsdb.open(url, OPTIONS);
        EmbeddedTsdb there = Tsdb.open(temporary.resolve("db").toString(), OPTIONS)) {
      for (Tsdb database : List.of(here, there)) {
        database.insertAll(entries);
        database.put(new SeriesEntry("s7", entries.get(9).series()));
      }
      assertEquals(there.stats().vantagePoints(), here.stats().vantagePoints());
      for (SeriesEntry entry : entries) {
        Query query = Query.like("any").nearest(6);
        assertEquals(
            there.search(query.about(entry.id())).neighbors(),
            here.search(query.about(entry.id())).neighbors());
        assertEquals(there.get(entry.id()), here.get(entry.id()));
      }
      assertEquals(List.of(), here.verify(Progress.NONE).problems());
    }
  }

  @Test
  void isOpenedAsTheOptionsSay() {
    OpenOptions mustExist = OPTIONS.withAccess(Access.WRITE);
    OpenOptions readOnly = OPTIONS.withAccess(Access.READ_ONLY);
    for (OpenOptions options : List.of(mustExist, readOnly)) {
      String message =
          assertThrows(StorageException.class, () -> Tsdb.open(url, options)).getMessage();
      assertTrue(message.startsWith("schema must hold a database: database="), message);
      assertFalse(message.contains("@"), message);
    }
    OpenOptions create = OPTIONS.withAccess(Access.CREATE);
    Tsdb.open(url, create).close();
    assertThrows(StorageException.class, () -> Tsdb.open(url, create));
    assertThrows(
        InvalidRequestException.class,
        () -> Tsdb.open(url, OpenOptions.DEFAULT.withSettings(SETTINGS.withLength(128))));
    try (EmbeddedTsdb database = Tsdb.open(url)) {
      assertEquals(SETTINGS, database.stats().settings());
      assertThrows(StorageException.class, () -> database.backup(temporary.resolve("backup")));
      try (Tsdb reader = Tsdb.open(url, readOnly)) {
        SeriesEntry entry = entries(1, new RandomSeries(1, 50)).get(0);
        assertThrows(ReadOnlyException.class, () -> reader.insert(entry));
      }
    }
    assertThrows(InvalidRequestException.class, () -> Tsdb.open("postgresql://host:port/db"));
    assertThrows(InvalidRequestException.class, () -> OPTIONS.withRefresh(Duration.ofMillis(1)));
  }

  @Test
  void isOpenedFromACheckpoint() {
    RandomSeries series = new RandomSeries(Seeds.random("checkpoint").nextLong(), 50);
    List<SeriesEntry> entries = entries(150, series);
    ScanModel model = new ScanModel(SETTINGS);
    entries.forEach(entry -> model.put(entry.id(), entry.series()));
    try (EmbeddedTsdb database = EmbeddedDatabase.open(url, OPTIONS, 1)) {
      database.insertAll(entries);
    }
    try (EmbeddedTsdb database = EmbeddedDatabase.open(url, OPTIONS, Integer.MAX_VALUE)) {
      List<String> vantagePoints = database.stats().vantagePoints();
      for (String id : List.copyOf(model.ids())) {
        if (id.endsWith("3") && !vantagePoints.contains(id)) {
          database.delete(id);
          model.remove(id);
        }
      }
      SeriesEntry late = new SeriesEntry("late", series.next());
      database.insert(late);
      model.put("late", late.series());
    }
    try (Store store = PostgresStore.openToRead(url);
        Database database = DatabaseFixture.over(store, SETTINGS)) {
      assertEquals(150, store.read(StoreSnapshot::checkpoint).orElseThrow().series());
      OptionalLong changes =
          store.read(snapshot -> database.checkpointReader().load(snapshot, database::show));
      assertEquals(150 - (model.size() - 1) + 1, changes.orElseThrow());
      database.index().checkInvariants();
    }
    try (EmbeddedTsdb database = Tsdb.open(url, OPTIONS.withAccess(Access.READ_ONLY))) {
      assertEquals(model.ids(), database.ids(IdQuery.first(1000)));
      for (String id : model.ids()) {
        Query query = Query.like("any").nearest(5);
        assertEquals(model.similar(id, query), database.search(query.about(id)).neighbors());
      }
      assertEquals(List.of(), database.verify(Progress.NONE).problems());
    }
  }
}

package dev.vantage.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.vantage.tsdb.engine.ScanModel;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.PostgresServer;
import dev.vantage.tsdb.testkit.Seeds;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** PostgreSQL is killed, or connections to it are cut, while a database is in use. */
@Tag("long")
class PostgresFaultTest {
  private static final Settings SETTINGS =
      Settings.DEFAULT.withLength(64).withMultiplier(5).withVantagePoints(5);
  private static final OpenOptions OPTIONS =
      OpenOptions.DEFAULT.withSettings(SETTINGS).withThreads(2);
  private static final OpenOptions READ_ONLY = OPTIONS.withAccess(OpenOptions.Access.READ_ONLY);

  private static TimeSeries series(int number) {
    return TimeSeries.ofValues(new Random(number).doubles(40, -1, 1).toArray());
  }

  private static SeriesEntry entry(int number) {
    return new SeriesEntry(
        "s" + number, series(number), Attributes.none().with("number", (long) number));
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        fail("nothing happened for a minute");
      }
      Thread.onSpinWait();
    }
  }

  /** Inserts series one by one, and records each outcome. */
  private static final class Inserter implements AutoCloseable {
    private final Tsdb database;
    private final List<Integer> acknowledged = Collections.synchronizedList(new ArrayList<>());
    private final List<Integer> refused = Collections.synchronizedList(new ArrayList<>());
    private final List<Integer> open = Collections.synchronizedList(new ArrayList<>());
    private final List<RuntimeException> surprises =
        Collections.synchronizedList(new ArrayList<>());
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private int next;

    Inserter(Tsdb database, int first) {
      this.database = database;
      next = first;
      Thread thread = new Thread(this::run, "inserter-" + first);
      thread.setDaemon(true);
      thread.start();
    }

    private void run() {
      while (!stopping.get()) {
        int number = next++;
        try {
          database.insert(entry(number));
          acknowledged.add(number);
        } catch (OutcomeUnknownException e) {
          open.add(number);
        } catch (UnavailableException e) {
          refused.add(number);
        } catch (RuntimeException e) {
          surprises.add(e);
        }
      }
      stopped.countDown();
    }

    int count() {
      return acknowledged.size();
    }

    @Override
    public void close() {
      stopping.set(true);
      PostgresFaultTest.await(() -> stopped.getCount() == 0);
    }
  }

  /** Checks that all acknowledged series are stored and found, and no refused series is. */
  private static void check(String url, EmbeddedTsdb writer, List<Inserter> inserters) {
    TreeSet<String> sure = new TreeSet<>();
    TreeSet<String> possible = new TreeSet<>();
    for (Inserter inserter : inserters) {
      assertEquals(List.of(), inserter.surprises);
      inserter.acknowledged.forEach(number -> sure.add("s" + number));
      inserter.open.forEach(number -> possible.add("s" + number));
    }
    possible.addAll(sure);
    TreeSet<String> stored = new TreeSet<>(writer.ids(IdQuery.first(Integer.MAX_VALUE)));
    assertTrue(stored.containsAll(sure), "acknowledged=" + sure + ", stored=" + stored);
    assertTrue(possible.containsAll(stored), "possible=" + possible + ", stored=" + stored);
    assertEquals(List.of(), writer.verify(Progress.NONE).problems());
    ScanModel model = new ScanModel(SETTINGS);
    for (String id : stored) {
      int number = Integer.parseInt(id.substring(1));
      assertEquals(entry(number), writer.get(id));
      model.put(id, series(number));
    }
    try (EmbeddedTsdb reader = Tsdb.open(url, READ_ONLY)) {
      for (EmbeddedTsdb database : List.of(writer, reader)) {
        assertEquals(stored.size(), database.stats().series());
        Query query = Query.like("any").nearest(4);
        for (String id : stored.stream().limit(40).toList()) {
          assertEquals(model.similar(id, query), database.search(query.about(id)).neighbors());
        }
      }
    }
  }

  @Test
  void losesNothingWhenPostgresIsKilledWhileSeriesAreInserted() throws Exception {
    Random random = Seeds.random("kills");
    try (PostgresServer server = PostgresServer.start()) {
      String url = server.url(server.createDatabase());
      try (EmbeddedTsdb writer = Tsdb.open(url, OPTIONS);
          EmbeddedTsdb reader = Tsdb.open(url, READ_ONLY)) {
        List<Inserter> inserters = new ArrayList<>();
        for (int kill = 0; kill < 5; kill++) {
          try (Inserter one = new Inserter(writer, kill * 100_000);
              Inserter other = new Inserter(writer, kill * 100_000 + 50_000)) {
            inserters.add(one);
            inserters.add(other);
            int enough = 1 + random.nextInt(60);
            await(() -> one.count() + other.count() >= enough);
            server.killHard();
            assertThrows(UnavailableException.class, () -> reader.ids(IdQuery.first(1)));
            if (random.nextBoolean()) {
              await(() -> !one.refused.isEmpty() || !one.open.isEmpty());
            }
            server.restart();
            int before = one.count();
            int othersBefore = other.count();
            await(() -> one.count() > before + 2 && other.count() > othersBefore + 2);
          }
          check(url, writer, inserters);
        }
        reader.refresh();
        assertEquals(
            writer.ids(IdQuery.first(Integer.MAX_VALUE)),
            reader.ids(IdQuery.first(Integer.MAX_VALUE)));
        assertEquals(writer.stats().series(), reader.stats().series());
      }
    }
  }

  private static void terminateOthers(PostgresServer server, String database) throws SQLException {
    try (Connection connection = DriverManager.getConnection(server.jdbcUrl(database));
        Statement statement = connection.createStatement()) {
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
    }
  }

  @Test
  void goesOnWhenItsConnectionsAreCut() throws Exception {
    PostgresServer server = PostgresServer.shared();
    String database = server.createDatabase();
    String url = server.url(database);
    try (EmbeddedTsdb writer = Tsdb.open(url, OPTIONS)) {
      List<Inserter> inserters = new ArrayList<>();
      try (Inserter one = new Inserter(writer, 0);
          Inserter other = new Inserter(writer, 50_000)) {
        inserters.add(one);
        inserters.add(other);
        for (int cut = 0; cut < 20; cut++) {
          int before = one.count();
          await(() -> one.count() > before + 3);
          terminateOthers(server, database);
        }
        int before = one.count();
        await(() -> one.count() > before + 3);
      }
      check(url, writer, inserters);
    }
  }

  /** An idle writer does not notice a cut connection. */
  @Test
  void anIdleWriterThatWasCutWritesOn() throws Exception {
    PostgresServer server = PostgresServer.shared();
    String database = server.createDatabase();
    try (EmbeddedTsdb writer = Tsdb.open(server.url(database), OPTIONS)) {
      for (int i = 0; i < 20; i++) {
        writer.insert(entry(i));
        terminateOthers(server, database);
      }
      String free = freeId(writer);
      terminateOthers(server, database);
      writer.delete(free);
      terminateOthers(server, database);
      writer.addVantagePoint(freeId(writer));
      terminateOthers(server, database);
      writer.refresh();
      assertEquals(19, writer.ids(IdQuery.first(100)).size());
      assertEquals(List.of(), writer.verify(Progress.NONE).problems());
    }
  }

  private static String freeId(Tsdb database) {
    List<String> vantagePoints = database.stats().vantagePoints();
    return database.ids(IdQuery.first(100)).stream()
        .filter(id -> !vantagePoints.contains(id))
        .findFirst()
        .orElseThrow();
  }

  /** One writer loses its connection, another one takes its place and gives it back. */
  @Test
  void aWriterTakesUpWhatAnotherHasWrittenMeanwhile() throws Exception {
    PostgresServer server = PostgresServer.shared();
    String database = server.createDatabase();
    String url = server.url(database);
    ScanModel model = new ScanModel(SETTINGS);
    try (EmbeddedTsdb first = Tsdb.open(url, OPTIONS)) {
      for (int i = 0; i < 12; i++) {
        first.insert(entry(i));
        model.put("s" + i, series(i));
      }
      assertThrows(DatabaseInUseException.class, () -> Tsdb.open(url, OPTIONS));
      terminateOthers(server, database);
      try (EmbeddedTsdb second = openSoon(url)) {
        assertThrows(DatabaseInUseException.class, () -> first.insert(entry(99)));
        second.insert(entry(12));
        second.put(new SeriesEntry(second.stats().vantagePoints().get(0), series(13)));
        second.addVantagePoint(freeId(second));
        second.delete(freeId(second));
        model = modelOf(second);
        assertThrows(DatabaseInUseException.class, () -> first.delete("s3"));
      }
      first.insert(entry(14));
      model.put("s14", series(14));
      assertEquals(model.ids(), first.ids(IdQuery.first(100)));
      for (String id : model.ids()) {
        assertEquals(
            model.similar(id, Query.like("any").nearest(5)),
            first.search(Query.like(id).nearest(5)).neighbors());
      }
      assertEquals(List.of(), first.verify(Progress.NONE).problems());
    }
  }

  private static EmbeddedTsdb openSoon(String url) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (true) {
      try {
        return Tsdb.open(url, OPTIONS);
      } catch (DatabaseInUseException e) {
        assertTrue(System.nanoTime() < deadline, e.getMessage());
      }
    }
  }

  private static ScanModel modelOf(Tsdb database) {
    ScanModel model = new ScanModel(SETTINGS);
    for (String id : database.ids(IdQuery.first(100))) {
      model.put(id, database.get(id).series());
    }
    return model;
  }

  @Test
  void readersRefreshThemselves() throws Exception {
    try (PostgresServer server = PostgresServer.start()) {
      String url = server.url(server.createDatabase());
      try (EmbeddedTsdb writer = Tsdb.open(url, OPTIONS)) {
        writer.insert(entry(1));
        try (EmbeddedTsdb reader = Tsdb.open(url, READ_ONLY.withRefresh(Duration.ofMillis(20)))) {
          assertEquals(1, reader.stats().series());
          writer.insert(entry(2));
          await(() -> reader.stats().series() == 2);
          server.killHard();
          assertThrows(UnavailableException.class, () -> reader.get("s1"));
          assertEquals(1, reader.search(Query.like("s1").nearest(1)).neighbors().size());
          server.restart();
          await(() -> inserts(writer, entry(3)));
          await(() -> reader.stats().series() == 3);
        }
      }
    }
  }

  private static boolean inserts(Tsdb database, SeriesEntry entry) {
    try {
      database.put(entry);
      return true;
    } catch (UnavailableException | OutcomeUnknownException e) {
      return false;
    }
  }

  @Test
  void saysSoWhilePostgresIsAway() throws Exception {
    try (PostgresServer server = PostgresServer.start()) {
      String url = server.url(server.createDatabase());
      try (EmbeddedTsdb writer = Tsdb.open(url, OPTIONS)) {
        writer.insertAll(List.of(entry(1), entry(2), entry(3)));
        server.killHard();
        assertThrows(UnavailableException.class, () -> writer.get("s1"));
        assertThrows(UnavailableException.class, () -> writer.insert(entry(4)));
        assertThrows(UnavailableException.class, () -> writer.delete("s1"));
        assertThrows(UnavailableException.class, writer::refresh);
        UnavailableException away =
            assertThrows(UnavailableException.class, () -> Tsdb.open(url, OPTIONS));
        assertFalse(away.getMessage().contains("password"), away.getMessage());
        assertEquals(2, writer.search(Query.like("s1").nearest(5)).neighbors().size());
        server.restart();
        await(() -> inserts(writer, entry(4)));
        assertEquals(4, writer.stats().series());
        assertEquals(List.of(), writer.verify(Progress.NONE).problems());
      }
    }
  }
}

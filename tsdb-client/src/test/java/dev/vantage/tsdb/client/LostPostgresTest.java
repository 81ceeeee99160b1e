package dev.vantage.tsdb.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.OutcomeUnknownException;
import dev.vantage.tsdb.Progress;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.TsdbException;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The server, or PostgreSQL under it, is killed with SIGKILL. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("long")
class LostPostgresTest {
  private static final Settings SETTINGS = Settings.DEFAULT.withLength(64).withVantagePoints(3);
  private static final ClientOptions OPTIONS =
      ClientOptions.DEFAULT.withRequestTimeout(Duration.ofSeconds(30));

  /** For requests that are to fail: trying again takes long where each try waits for PostgreSQL. */
  private static final ClientOptions ONE_TRY = OPTIONS.withRequestTries(1, () -> 0);

  @TempDir private Path temporary;

  private static SeriesEntry entry(int number) {
    double[] values = new Random(number).doubles(40, -1, 1).toArray();
    return new SeriesEntry("s" + number, TimeSeries.ofValues(values));
  }

  private static void create(String url) {
    OpenOptions create = OpenOptions.DEFAULT.withAccess(OpenOptions.Access.CREATE);
    Tsdb.open(url, create.withSettings(SETTINGS)).close();
  }

  private ServerProcess serve(String url, String... more) throws Exception {
    return ServerProcess.start(url, temporary.resolve("log"), 0, more);
  }

  @Test
  void everyAcknowledgedSeriesOutlivesAServer() throws Exception {
    PostgresServer postgres = PostgresServer.shared();
    String url = postgres.url(postgres.createDatabase());
    create(url);
    Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    int next = 0;
    for (int round = 0; round < 3; round++) {
      int first = next;
      int enough = acknowledged.size() + 20 + 30 * round;
      ServerProcess server = serve(url);
      Thread inserting =
          new Thread(() -> insertUntilLost(server.address(), first, acknowledged), "inserting");
      inserting.start();
      Waiting.until("series are stored", () -> acknowledged.size() >= enough);
      server.kill();
      inserting.join();
      next += 100_000;
      // At once, while PostgreSQL may not have noticed that the first one is gone.
      try (ServerProcess second = serve(url);
          TsdbClient client = TsdbClient.connect(second.address(), OPTIONS)) {
        TreeSet<String> stored = new TreeSet<>(client.ids(IdQuery.first(1_000_000)));
        assertTrue(stored.containsAll(acknowledged), () -> acknowledged + " in " + stored);
        // At most the interrupted write.
        assertTrue(stored.size() <= acknowledged.size() + round + 1);
        String last = List.copyOf(acknowledged).get(acknowledged.size() - 1);
        assertEquals(entry(Integer.parseInt(last.substring(1))), client.get(last));
        assertEquals(5, client.search(Query.like(last).nearest(5)).neighbors().size());
      }
    }
    try (EmbeddedTsdb database = Tsdb.open(url)) {
      assertEquals(List.of(), database.verify(Progress.NONE).problems());
    }
  }

  private static void insertUntilLost(String address, int first, Queue<String> acknowledged) {
    try (TsdbClient client = TsdbClient.connect(address, OPTIONS)) {
      for (int number = first; true; number++) {
        client.insert(entry(number));
        acknowledged.add("s" + number);
      }
    } catch (ConnectionException e) {
      // The server was killed.
    }
  }

  @Test
  void serversOutlivePostgres() throws Exception {
    try (PostgresServer postgres = PostgresServer.start()) {
      String url = postgres.url(postgres.createDatabase());
      create(url);
      try (ServerProcess one = serve(url);
          ServerProcess two = serve(url, "--read-only");
          TsdbClient writer = TsdbClient.connect(one.address(), ONE_TRY);
          TsdbClient reader = TsdbClient.connect(two.address(), ONE_TRY)) {
        for (int number = 0; number < 50; number++) {
          writer.insert(entry(number));
        }
        Waiting.until("a reader sees it", () -> reader.stats().series() == 50);
        postgres.killHard();
        assertUnavailable(() -> writer.insert(entry(900)));
        assertUnavailable(() -> writer.delete("s20"));
        assertUnavailable(() -> writer.get("s1"));
        assertUnavailable(() -> reader.get("s1"));
        for (Tsdb database : List.of(writer, reader)) {
          // The index is in memory, and so are the series of a small one.
          assertEquals(3, database.search(Query.like("s7").nearest(3)).neighbors().size());
        }
        postgres.restart();
        Waiting.until("a write is answered", () -> isInserted(writer, 50));
        assertEquals(entry(50), writer.get("s50"));
        Waiting.until("a reader sees it", () -> isRead(reader, "s50"));
        assertEquals(
            writer.search(Query.like("s50").nearest(5)).neighbors(),
            reader.search(Query.like("s50").nearest(5)).neighbors());
        assertEquals(51, writer.stats().series());
      }
      assertSaysNoSecret(url);
    }
  }

  private static void assertUnavailable(Executable request) {
    UnavailableException refused = assertThrows(UnavailableException.class, request);
    assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
  }

  private static boolean isInserted(Tsdb database, int number) {
    try {
      database.put(entry(number));
      return true;
    } catch (UnavailableException | OutcomeUnknownException e) {
      return false;
    }
  }

  private static boolean isRead(Tsdb database, String id) {
    try {
      database.get(id);
      return database.stats().series() == Integer.parseInt(id.substring(1)) + 1;
    } catch (TsdbException e) {
      return false;
    }
  }

  private void assertSaysNoSecret(String url) throws Exception {
    String log = Files.readString(temporary.resolve("log"));
    String password = url.replaceFirst(".*://[^:]*:([^@]*)@.*", "$1");
    assertNotEquals(url, password);
    assertFalse(log.contains(password), "the log has the password");
    assertTrue(log.contains("database=postgresql://127.0.0.1:"), log);
    assertFalse(log.contains("\tat "), log);
  }
}

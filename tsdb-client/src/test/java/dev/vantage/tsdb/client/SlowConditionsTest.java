package dev.vantage.tsdb.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Slow conditions end at their deadline, and do not delay other requests. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("long")
class SlowConditionsTest {
  private static final Settings SETTINGS = Settings.DEFAULT.withLength(16).withVantagePoints(2);
  private static final int SERIES = 20_000;
  private static final int CLIENTS = 4;
  private static final int REQUESTS = 3;

  /** Answered, or over its time. */
  private static final List<Integer> IN_TIME = List.of(0, 8);

  @TempDir private Path temporary;

  private Path filled() {
    Path path = temporary.resolve("db");
    Random random = new Random(1);
    List<SeriesEntry> entries = new ArrayList<>();
    for (int i = 0; i < SERIES; i++) {
      entries.add(
          new SeriesEntry(
              "s" + i,
              TimeSeries.ofValues(random.doubles(8).toArray()),
              Attributes.none().with("t", "a".repeat(300) + i).with("n", (long) i)));
    }
    try (Tsdb database = Tsdb.open(path, OpenOptions.DEFAULT.withSettings(SETTINGS))) {
      database.insertAll(entries);
    }
    return path;
  }

  private static String tests(String operator, String format) {
    return IntStream.range(0, 2000)
        .mapToObj(i -> format.formatted(i))
        .collect(Collectors.joining(operator));
  }

  /** Texts, numbers, and attributes that no series has. */
  private static List<String> hostile() {
    return List.of(
        tests(" or ", "t like '%%a_a_a_a_b%d%%'"),
        tests(" and ", "not t like 'a%%_a%%_b%d'"),
        tests(" or ", "n < -%d"),
        "t like '%" + "a_".repeat(490) + "b%'");
  }

  private static int ids(RawClient client, String where) throws IOException {
    return client.answer("{\"op\":\"ids\",\"where\":\"" + where + "\"}").get("status").intValue();
  }

  @Test
  void othersAreAnsweredWhileFourClientsScan() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try (ServerProcess server =
            ServerProcess.start(filled(), 0, "--request-timeout", "5s", "--workers", "4");
        RawClient quiet = new RawClient(server.port())) {
      quiet.payload("{\"op\":\"with_id\",\"id\":\"s0\"}");
      List<Future<List<Integer>>> scanning = new ArrayList<>();
      for (int c = 0; c < CLIENTS; c++) {
        int first = c;
        scanning.add(threads.submit(() -> statuses(server.port(), first)));
      }
      int answered = 0;
      while (scanning.stream().anyMatch(one -> !one.isDone())) {
        quiet.payload("{\"op\":\"ping\"}");
        String id = "s" + answered++ % SERIES;
        assertEquals(5, quiet.payload("{\"op\":\"with_id\",\"id\":\"" + id + "\"}").size());
        assertEquals(
            id, quiet.payload("{\"op\":\"get\",\"id\":\"" + id + "\"}").get("id").asText());
        String few = "{\"op\":\"ids\",\"where\":\"n < 3 and t like 'a%'\"}";
        assertEquals("[\"s0\",\"s1\",\"s2\"]", quiet.payload(few).toString());
      }
      for (Future<List<Integer>> one : scanning) {
        assertTrue(IN_TIME.containsAll(one.get()), () -> "statuses=" + one);
      }
      assertTrue(answered > 5, "answered meanwhile: " + answered);
      JsonNode load = quiet.payload("{\"op\":\"stats\"}").get("server").get("load");
      assertEquals(0, load.get("reads_running").intValue(), load::toString);
      assertEquals(0, load.get("reads_queued").intValue(), load::toString);
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<Integer> statuses(int port, int first) throws IOException {
    List<Integer> statuses = new ArrayList<>();
    try (RawClient client = new RawClient(port)) {
      for (int i = 0; i < REQUESTS; i++) {
        statuses.add(ids(client, hostile().get((first + i) % hostile().size())));
      }
    }
    return statuses;
  }
}

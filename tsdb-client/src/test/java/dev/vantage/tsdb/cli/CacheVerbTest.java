package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.CachePolicy;
import dev.vantage.tsdb.CacheSettings;
import dev.vantage.tsdb.CacheStats;
import dev.vantage.tsdb.CacheStats.Sample;
import dev.vantage.tsdb.CacheStats.Use;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.client.ClientOptions;
import dev.vantage.tsdb.client.ServerProcess;
import dev.vantage.tsdb.client.TsdbClient;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache of a server, from the command line and from a program. */
@Tag("long")
class CacheVerbTest {
  @Test
  void aShellSeesAndSetsIt(@TempDir Path directory) throws Exception {
    Path database = directory.resolve("db");
    Settings settings = Settings.DEFAULT.withLength(16);
    try (ServerProcess server = ServerProcess.start(database, settings);
        TsdbClient client = TsdbClient.connect(server.address(), ClientOptions.DEFAULT)) {
      String at = "--server=" + server.address();
      client.insert("a", TimeSeries.ofValues(1, 2, 3));
      client.insert("b", TimeSeries.ofValues(1, 3, 2));
      for (int i = 0; i < 4; i++) {
        assertEquals(1, client.search(Query.like("a").nearest(3)).neighbors().size());
      }
      assertEquals(new Use(4, 3, 0), client.cache().stats().use());

      JsonNode stats = Run.process("cache", "stats", at, "--format=json").json();
      assertEquals(0.75, stats.get("hit_rate").doubleValue());
      List<String> csv = Run.process("cache", "stats", at, "--format=csv").answered().lines();
      assertEquals(
          "time,items,bytes,requests,hits,misses,hit_rate,miss_rate,evictions", csv.get(0));
      assertTrue(csv.get(1).matches("total,1,[0-9]+,4,3,1,0\\.75,0\\.25,0"), csv::toString);
      List<String> table = Run.process("cache", "stats", at).answered().lines();
      assertTrue(table.get(1).matches("total .* 75\\.0% .*"), table::toString);
      assertEquals("capacity: 64 MB; policy: tinylfu", table.get(table.size() - 1));

      Run config = Run.process("cache", "config", "--capacity=3", "--policy", "lru", at);
      assertEquals("capacity: 3 MB; policy: lru\n", config.answered().out());
      assertEquals(
          "{\"capacity_mb\":3,\"policy\":\"lru\"}",
          Run.process("cache", "config", at, "--format=json").json().toString());
      assertEquals(new CacheSettings(3, CachePolicy.LRU), client.cache().stats().settings());
      client.search(Query.like("a").nearest(3));
      assertEquals("dropped: 1\n", Run.process("cache", "clear", at).answered().out());
      assertEquals(
          "dropped\n0\n", Run.process("cache", "clear", at, "--format=csv").answered().out());
      Run.process("cache", "config", "--capacity=-1", at)
          .failed(1, "INVALID_COMPONENT: capacity_mb must be from 0 to 1048576: capacity_mb=-1");
    }
  }

  @Test
  void aDirectoryHasNone(@TempDir Path directory) {
    Path database = directory.resolve("db");
    Run.here("create", "--db", database.toString(), "--length=16").answered();
    for (String verb : List.of("stats", "config", "clear")) {
      Run.here("cache", verb, "--db", database.toString())
          .failed(2, "only a server has a cache: give --server, not --db");
    }
    Run.here("cache").failed(2, "stats, config or clear is missing");
    Run.here("cache", "config", "--policy=fifo").failed(2, "must be tinylfu or lru: 'fifo'");
    Run.here("cache", "config", "--capacity=much").failed(2, "must be a whole number: 'much'");
  }

  @Test
  void aServerBeginsAsItIsTold(@TempDir Path directory) throws Exception {
    Path database = directory.resolve("db");
    ServerProcess.start(database, Settings.DEFAULT.withLength(16)).close();
    try (ServerProcess server =
            ServerProcess.start(database, 0, "--cache-mb=0", "--cache-policy=lru");
        TsdbClient client = TsdbClient.connect(server.address(), ClientOptions.DEFAULT)) {
      client.insert("a", TimeSeries.ofValues(1, 2, 3));
      client.search(Query.like("a").nearest(3));
      client.search(Query.like("a").nearest(3));
      CacheStats stats = client.cache().stats();
      assertEquals(new CacheSettings(0, CachePolicy.LRU), stats.settings());
      assertEquals(new Use(0, 0, 0), stats.use());
      assertEquals(0, stats.items());
    }
  }

  @Test
  void peopleReadALineAMinute() {
    Instant start = Instant.parse("2026-01-01T10:00:50Z");
    List<Sample> samples =
        List.of(
            new Sample(start, 1, 10, new Use(4, 1, 0)),
            new Sample(start.plusSeconds(5), 2, 20, new Use(0, 0, 0)),
            new Sample(start.plusSeconds(10), 3, 30, new Use(0, 0, 0)));
    CacheStats stats = new CacheStats(CacheSettings.OFF, 3, 30, new Use(4, 1, 2), samples);
    assertEquals(
        List.of(
            "time                  items  bytes  requests  hits  misses  hit_rate  miss_rate"
                + "  evictions",
            "total                 3      30     4         1     3       25.0%     75.0%      2",
            "2026-01-01T10:00:00Z  2      20     4         1     3       25.0%     75.0%      0",
            "2026-01-01T10:01:00Z  3      30     0         0     0                            0",
            "capacity: 0 MB; policy: tinylfu"),
        printed(CacheAnswer.of(stats)));
  }

  private static List<String> printed(VerbOutput answer) {
    StringWriter out = new StringWriter();
    new Printer(OutputFormat.TABLE, new PrintWriter(out)).print(answer);
    return out.toString().lines().toList();
  }
}

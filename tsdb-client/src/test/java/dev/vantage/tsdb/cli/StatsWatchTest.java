package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.ServerStats;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Stats;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.client.ServerProcess;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The output of {@code tsdb stats --watch}. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StatsWatchTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path temporary;

  private static StatsSample sample(int second, long requests, long micros, boolean served) {
    Map<String, Long> load = new LinkedHashMap<>();
    load.put("connections", 3L);
    load.put("requests", requests);
    load.put("request_us", micros);
    load.put("rejected", 2L * second);
    load.put("timed_out", 0L);
    load.put("cache_requests", requests);
    load.put("cache_hits", requests / 4);
    for (String name :
        List.of("reads_running", "writes_running", "reads_queued", "writes_queued")) {
      load.put(name, 4L);
    }
    Stats stats =
        Stats.of(
            Settings.DEFAULT,
            42,
            List.of(),
            new Stats.Memory(640, 0, OpenOptions.Spectra.MEMORY),
            new Stats.Versions("v", "17", 1, 2));
    if (served) {
      stats = stats.withServer(new ServerStats(Map.of(), load));
    }
    return new StatsSample(
        Instant.ofEpochSecond(second), TimeUnit.SECONDS.toNanos(second) - 5, stats);
  }

  private static String printed(OutputFormat format, boolean terminal, StatsSample... samples) {
    StringWriter text = new StringWriter();
    StatsWatch watch = new StatsWatch(format, terminal, new PrintWriter(text), samples[0]);
    for (int i = 1; i < samples.length; i++) {
      assertTrue(watch.print(samples[i]));
    }
    return text.toString();
  }

  @Test
  void ratesAreDifferences() {
    assertEquals(
        "time,series,index_bytes,requests_per_s,rejected_per_s,timed_out_per_s,mean_ms,cache_hit_rate,"
            + "connections,running,queued\n"
            + "1970-01-01T00:00:02Z,42,640,500.000,2.000,0.000,1.500,0.250,3,8,8\n"
            + "1970-01-01T00:00:03Z,42,640,0.000,2.000,0.000,-,-,3,8,8\n"
            + "1970-01-01T00:00:04Z,42,640,-,2.000,0.000,-,-,3,8,8\n",
        printed(
            OutputFormat.CSV,
            true,
            sample(0, 1000, 9_000_000, true),
            sample(2, 2000, 10_500_000, true),
            sample(3, 2000, 10_500_000, true),
            sample(4, 1, 1, true)));
  }

  @Test
  void aTableStaysWhereItIsOnATerminalAndIsLinesElsewhere() {
    StatsSample[] samples = {
      sample(0, 0, 0, false), sample(1, 0, 0, false), sample(2, 0, 0, false)
    };
    String table =
        "time                    1970-01-01T00:00:0%dZ\u001b[K\n"
            + "series                  42\u001b[K\n"
            + "index bytes             640\u001b[K\n";
    assertEquals(
        table.formatted(1) + "\u001b[3A" + table.formatted(2),
        printed(OutputFormat.TABLE, true, samples));
    assertEquals(
        "    time    series  index_bytes\n"
            + "1970-01-01T00:00:01Z        42          640\n"
            + "1970-01-01T00:00:02Z        42          640\n",
        printed(OutputFormat.TABLE, false, samples));
  }

  @Test
  void documentsAreLines() throws IOException {
    List<String> lines =
        printed(
                OutputFormat.JSON,
                false,
                sample(0, 0, 0, true),
                sample(1, 4, 2000, true),
                sample(2, 4, 2000, true))
            .lines()
            .toList();
    assertEquals(2, lines.size());
    JsonNode first = JSON.readTree(lines.get(0));
    assertEquals(42, first.get("series").intValue());
    assertEquals(4, first.at("/server/load/requests").intValue());
    assertEquals(4.0, first.at("/rates/requests_per_s").doubleValue());
    assertEquals(0.5, first.at("/rates/mean_ms").doubleValue());
    assertTrue(JSON.readTree(lines.get(1)).at("/rates/mean_ms").isNull());
  }

  @Test
  void anInterruptEndsItWithoutATrace() throws Exception {
    try (ServerProcess server =
        ServerProcess.start(temporary.resolve("db"), Settings.DEFAULT.withLength(16))) {
      String[] words = {
        "stats", "--watch", "0.1", "--format", "json", "--server", server.address()
      };
      JsonNode second = interrupted(words);
      assertTrue(second.at("/rates/requests_per_s").doubleValue() > 0, second::toString);
      assertEquals(1, second.at("/server/load/connections").intValue());
    }
  }

  @Test
  void aDatabaseIsFollowedBesideItsWriter() throws Exception {
    Path directory = temporary.resolve("db");
    try (Tsdb writer = Tsdb.open(directory)) {
      Process process =
          watch("stats", "--watch=0.1", "--format=json", "--db", directory.toString());
      try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
        assertEquals(0, JSON.readTree(out.readLine()).get("series").intValue());
        writer.insert("a", TimeSeries.ofValues(1, 2, 3));
        while (JSON.readTree(out.readLine()).get("series").intValue() == 0) {
          // Waits until the server has loaded the write.
        }
      } finally {
        process.destroyForcibly();
      }
    }
  }

  @Test
  void badIntervalsAreBadUsage() {
    for (String seconds : List.of("0", "-1", "NaN", "soon", "1e9")) {
      Run.here("stats", "--watch=" + seconds, "--db", temporary.toString()).failed(2, "stats");
    }
  }

  private Process watch(String... arguments) throws IOException {
    return Run.command(arguments).redirectError(temporary.resolve("err").toFile()).start();
  }

  /** The second document that is printed before Ctrl-C. */
  private JsonNode interrupted(String... arguments) throws Exception {
    Process process = watch(arguments);
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      out.readLine();
      JsonNode second = JSON.readTree(out.readLine());
      Assumptions.assumeFalse(ignoresInterrupts(process), "a shell in the background starts tests");
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
      while (out.readLine() != null) {
        // The output so far.
      }
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(130, process.exitValue());
      assertEquals("", Files.readString(temporary.resolve("err")));
      return second;
    } finally {
      process.destroyForcibly();
    }
  }

  /** Returns whether this process ignores SIGINT; child processes inherit that. */
  private static boolean ignoresInterrupts(Process process) throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.exists(status)) {
      return false;
    }
    String ignored =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .findFirst()
            .orElse("SigIgn: 0");
    return (Long.parseUnsignedLong(ignored.substring(8).strip(), 16) & 2) != 0;
  }
}

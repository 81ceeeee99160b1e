package dev.vantage.tsdb.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.Frames;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests designed to take much memory, sent to a real server with a small heap. */
@Timeout(value = 540, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("long")
class HostileRequestsTest {
  private static final int BYTES = 15_000_000;
  private static final int REQUESTS = 100;
  private static final int CLIENTS = 8;
  private static final int SLOW_READERS = 64;
  private static final int POINTS = 250_000;

  @TempDir private Path directory;

  /** A request of some 15 MB that repeats a part, each with another number. */
  private static byte[] request(String before, IntFunction<String> part, String after) {
    StringBuilder text = new StringBuilder(BYTES + 100).append(before);
    for (int i = 0; text.length() < BYTES; i++) {
      text.append(part.apply(i));
    }
    text.append(after);
    return Frames.encode(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static List<byte[]> requests() {
    String ping = "{\"op\":\"ping\",\"";
    return List.of(
        request(ping + "attributes\":{\"x\":1", i -> ",\"" + i + "\":1", "}}"),
        request(ping + "x\":1", i -> ",\"" + i + "\":1", "}"),
        request(ping + "types\":{\"x\":{\"x\":1", i -> ",\"" + i + "\":{}", "}}}"),
        request(ping + "ts\":[1", i -> "," + i % 10, "]}"),
        request(ping + "ts\":[[1", i -> ",1],[1", "]]}"),
        request(ping + "id\":[1", i -> ",[[[]]]", "]}"),
        request("{\"op\":\"ids\",\"where\":\"x", i -> " or not (x", "\"}"),
        request(ping + "x\":", i -> "[", ""),
        request(ping + "radius\":1", i -> "9", "}"),
        request(ping + "radius\":1e9", i -> "9", "}"),
        request(ping + "tag\":\"", i -> "\u0416", "\"}"),
        request("{\"op\":\"", i -> "x", "\"}"),
        request("{\"", i -> "x", "\":1}"),
        request("{\"op\":\"with_ts\",\"ts\":[1,0", i -> "," + i % 7, "]}"),
        request("{\"op\":\"with_ts\",\"ts\":[[1,0],[1", i -> "," + i % 7, "]]}"),
        request("{\"op\":\"get\"", i -> ",\"id\":\"a\"", "}"));
  }

  @Test
  void harmNobody() throws Exception {
    Path database = directory.resolve("db");
    Path log = directory.resolve("log");
    double[] values = Seeds.random("hostile requests").doubles(POINTS).toArray();
    OpenOptions small = OpenOptions.DEFAULT.withSettings(Settings.DEFAULT.withLength(16));
    try (Tsdb writer = Tsdb.open(database, small)) {
      writer.insert("huge", TimeSeries.ofValues(values));
      try (RealServer server =
              new RealServer(
                  ProcessBuilder.Redirect.to(log.toFile()),
                  List.of("-Xmx256m"),
                  "--db",
                  database.toString(),
                  "--read-only",
                  "--frame-timeout",
                  "30s",
                  // More of the heap than by default, so that more is parsed at once.
                  "--max-buffered",
                  "144MiB",
                  "--metrics",
                  "127.0.0.1:0");
          TestClient witness = new TestClient(server.port())) {
        witness.assertAlive();
        flood(server.port(), REQUESTS);
        List<TestClient> slow = new ArrayList<>();
        for (int i = 0; i < SLOW_READERS; i++) {
          slow.add(new TestClient(server.port()));
          slow.get(i).send("{\"op\":\"get\",\"id\":\"huge\"}");
        }
        flood(server.port(), CLIENTS);
        for (TestClient one : slow) {
          one.close();
        }
        TestServer.await("no memory is taken any more", () -> buffered(witness) == 0);
        // The server still works, and so do its background threads.
        witness.assertAlive();
        assertEquals(
            POINTS, witness.payload("{\"op\":\"get\",\"id\":\"huge\"}").at("/ts/1").size());
        writer.insert("new", TimeSeries.ofValues(1, 2, 4));
        TestServer.await("what is written is taken up", () -> has(witness, "new"));
        try (TestClient half = new TestClient(server.port())) {
          half.send(Arrays.copyOf(TestClient.frame("{\"op\":\"ping\"}"), 9));
          half.assertClosed();
        }
        assertEquals("alive\n", health(log));
        assertEquals(0, server.terminate());
      }
    }
    String text = Files.readString(log);
    assertFalse(text.contains("OutOfMemoryError") || text.contains("StackOverflow"), () -> text);
    assertFalse(text.contains(" ERROR "), () -> text);
  }

  /** Sends requests from several clients at once, each of which waits for its answers. */
  private static void flood(int port, int count) throws Exception {
    List<byte[]> requests = requests();
    AtomicInteger next = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        all.add(
            CompletableFuture.runAsync(
                () -> {
                  for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                    refused.addAndGet(ask(port, requests.get(n % requests.size())) == 6 ? 1 : 0);
                  }
                },
                clients));
      }
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get();
    } finally {
      clients.shutdownNow();
    }
    System.out.println("refused=" + refused + ", of=" + count);
  }

  /** Sends a request and gives the status of its answer. */
  private static int ask(int port, byte[] frame) {
    try (TestClient client = new TestClient(port)) {
      client.send(frame);
      return client.receive().get("status").intValue();
    } catch (IOException e) {
      throw new AssertionError("every request must be answered", e);
    }
  }

  private static long buffered(TestClient client) {
    try {
      return client.payload("{\"op\":\"stats\"}").at("/server/load/buffered_bytes").longValue();
    } catch (IOException e) {
      throw new AssertionError("stats must be answered", e);
    }
  }

  private static boolean has(TestClient client, String id) {
    try {
      return client.status("{\"op\":\"get\",\"id\":\"" + id + "\"}") == 0;
    } catch (IOException e) {
      throw new AssertionError("a small request must be answered", e);
    }
  }

  private static String health(Path log) throws IOException {
    Matcher address =
        Pattern.compile("metrics listen.*address=(127\\.0\\.0\\.1:\\d+)")
            .matcher(Files.readString(log));
    assertTrue(address.find());
    try (InputStream page = new URL("http://" + address.group(1) + "/health").openStream()) {
      return new String(page.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

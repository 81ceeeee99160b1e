package dev.vantage.tsdb.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.op.FilePart;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that sends its database as a file. The file is larger than what sockets buffer. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FileTransferTest {
  private static final int SERIES = 100;
  private static final int POINTS = 20_000;

  @TempDir private static Path directory;
  private static Tsdb database;

  @BeforeAll
  static void fill() {
    OpenOptions options =
        OpenOptions.DEFAULT
            .withAccess(OpenOptions.Access.CREATE)
            .withSettings(Settings.DEFAULT.withLength(16).withVantagePoints(1));
    database = Tsdb.open(directory.resolve("db"), options);
    Random random = Seeds.random("FileTransferTest");
    List<SeriesEntry> entries = new ArrayList<>();
    for (int i = 0; i < SERIES; i++) {
      double[] values = random.doubles(POINTS).toArray();
      entries.add(new SeriesEntry("s" + i, TimeSeries.ofValues(values)));
    }
    database.insertAll(entries).forEach(outcome -> assertTrue(outcome.failure().isEmpty()));
  }

  @AfterAll
  static void close() {
    database.close();
  }

  /** Receives the rest of a file. */
  private static byte[] receive(TestClient client, String op) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    boolean more = true;
    while (more) {
      JsonNode answer = client.receive();
      assertEquals(0, answer.get("status").intValue(), answer::toString);
      assertEquals(op, answer.get("op").textValue());
      assertEquals("mine", answer.get("tag").textValue());
      FilePart part = FilePart.answer(answer.get("payload"));
      assertTrue(part.bytes().length <= FilePart.MOST_BYTES);
      file.writeBytes(part.bytes());
      more = part.more();
    }
    return file.toByteArray();
  }

  @Test
  void bothFilesAreRestored() throws Exception {
    try (TsdbServer server = TestServer.start(database, TestServer.WIDE);
        TestClient client = new TestClient(server.port())) {
      for (String op : List.of("backup", "export")) {
        client.send("{\"op\":\"" + op + "\",\"tag\":\"mine\"}");
        client.send("{\"op\":\"ping\"}");
        Path file = Files.write(directory.resolve(op), receive(client, op));
        assertTrue(Files.size(file) > 5 * FilePart.MOST_BYTES, "the file has many parts");
        assertEquals("pong", client.receive().get("payload").textValue());
        Path restored = directory.resolve("restored-" + op);
        EmbeddedTsdb.restore(file, restored);
        try (Tsdb again = Tsdb.open(restored)) {
          assertEquals(SERIES, again.stats().series());
          assertEquals(database.get("s7").series(), again.get("s7").series());
        }
      }
    }
  }

  @Test
  void aReaderThatStopsIsCutOffAndBlocksNobody() throws Exception {
    long before = temporaryFiles();
    try (TsdbServer server =
            TestServer.start(database, TestServer.WIDE.withResponseTimeout(TestServer.SHORT));
        TestClient slow = new TestClient(server.port());
        TestClient other = new TestClient(server.port())) {
      slow.send("{\"op\":\"export\"}");
      other.assertAlive();
      assertEquals(0, other.status("{\"op\":\"with_id\",\"id\":\"s1\"}"));
      TestServer.await("the cut", () -> connections(other) == 1);
      TestServer.await("the end of the file", () -> temporaryFiles() == before);
    }
  }

  private static int connections(TestClient client) {
    try {
      return client.payload("{\"op\":\"stats\"}").at("/server/load/connections").intValue();
    } catch (IOException e) {
      throw new AssertionError("client must be served", e);
    }
  }

  private static long temporaryFiles() {
    String[] names = Path.of(System.getProperty("java.io.tmpdir")).toFile().list();
    return List.of(names).stream().filter(name -> name.startsWith("tsdb-transfer-")).count();
  }

  @Test
  void aShutdownEndsATransferWithAFailure() throws Exception {
    TsdbServer server = TestServer.start(database, TestServer.WIDE);
    try (TestClient client = new TestClient(server.port())) {
      client.send("{\"op\":\"backup\",\"tag\":\"mine\"}");
      assertTrue(client.receive().at("/payload/more").booleanValue());
      CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(server::drain);
      TestServer.await("closing", () -> isRefused(server.port()));
      JsonNode last = client.receive();
      while (last.get("status").intValue() == 0) {
        assertTrue(last.at("/payload/more").booleanValue(), "the file must not be complete");
        last = client.receive();
      }
      assertEquals("shutting-down", last.get("kind").textValue());
      client.assertClosed();
      assertTrue(drained.get(1, TimeUnit.MINUTES));
    }
  }

  private static boolean isRefused(int port) {
    try (TestClient client = new TestClient(port)) {
      client.ask("{\"op\":\"ping\"}");
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void aDatabaseWithoutAFileIsExportedOnly() throws Exception {
    try (Tsdb empty = Databases.empty();
        TsdbServer server = TestServer.start(empty, TestServer.WIDE);
        TestClient client = new TestClient(server.port())) {
      JsonNode refused = client.ask("{\"op\":\"backup\"}");
      assertEquals("unsupported", refused.get("kind").textValue(), refused::toString);
      assertFalse(client.payload("{\"op\":\"export\"}").get("more").booleanValue());
    }
  }
}

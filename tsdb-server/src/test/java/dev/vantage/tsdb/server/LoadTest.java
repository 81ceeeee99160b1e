package dev.vantage.tsdb.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.server.dispatch.RequestLimits;
import dev.vantage.tsdb.server.socket.Limits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More load than a server can serve, or accepts. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LoadTest {
  private static final Duration LONG = TestServer.LONG;
  private static final String PUT =
      "{\"op\":\"insert\",\"id\":\"a\",\"ts\":[1,2,3],\"replace\":true,\"tag\":\"w\"}";
  private static final String GET = "{\"op\":\"get\",\"id\":\"a\",\"tag\":\"r\"}";

  private final Gates gates = new Gates();

  /** A database whose puts and gets wait until they are released. */
  private static final class Gates extends ForwardingTsdb {
    final CountDownLatch puts = new CountDownLatch(1);
    final CountDownLatch gets = new CountDownLatch(1);

    Gates() {
      this(Databases.empty());
    }

    private Gates(Tsdb tsdb) {
      super(tsdb);
      tsdb.insert("a", TimeSeries.ofValues(1, 2));
    }

    @Override
    public boolean put(SeriesEntry entry) {
      pass(puts);
      return super.put(entry);
    }

    @Override
    public SeriesEntry get(String id) {
      pass(gets);
      return super.get(id);
    }

    private static void pass(CountDownLatch gate) {
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new AssertionError("work must not be interrupted", e);
      }
    }

    @Override
    public Tsdb withTimeout(Duration timeout) {
      return this;
    }
  }

  @AfterEach
  void openGates() {
    gates.puts.countDown();
    gates.gets.countDown();
  }

  private TsdbServer start(RequestLimits requests) throws IOException {
    return start(requests, TestServer.WIDE);
  }

  private TsdbServer start(RequestLimits requests, Limits limits) throws IOException {
    return TsdbServer.start(
        gates, ServerOptions.DEFAULT.withPort(0).withLimits(limits).withRequests(requests));
  }

  /** A count or limit in stats. */
  private static long stat(TestClient client, String name) throws IOException {
    return client.payload("{\"op\":\"stats\"}").at("/server" + name).longValue();
  }

  private static void awaitLoad(TestClient client, String name, long value) {
    TestServer.await(
        name,
        () -> {
          try {
            return stat(client, "/load/" + name) == value;
          } catch (IOException e) {
            throw new AssertionError("stats must be answered", e);
          }
        });
  }

  @Test
  void writersThatWaitHoldUpNoReader() throws IOException {
    List<TestClient> writers = new ArrayList<>();
    try (TsdbServer server = start(RequestLimits.DEFAULT.withWorkers(1, 1));
        TestClient reader = new TestClient(server.port())) {
      for (int i = 0; i < 2; i++) {
        TestClient writer = new TestClient(server.port());
        writers.add(writer);
        writer.send(PUT);
        awaitLoad(reader, i == 0 ? "writes_running" : "writes_queued", 1);
      }
      JsonNode refused = reader.ask(PUT);
      assertEquals(6, refused.get("status").intValue());
      assertEquals("insert", refused.get("op").textValue());
      assertEquals("w", refused.get("tag").textValue());
      assertTrue(refused.get("message").textValue().contains("lane=writing"), refused::toString);
      gates.gets.countDown();
      assertEquals(0, reader.status(GET));
      assertEquals(1, stat(reader, "/load/rejected"));
      gates.puts.countDown();
      for (TestClient writer : writers) {
        assertEquals(0, writer.receive().get("status").intValue());
        writer.close();
      }
    }
  }

  @Test
  void aRequestWhoseTimePassesInTheQueueIsAnsweredThen() throws IOException {
    RequestLimits hasty = RequestLimits.DEFAULT.withWorkers(1, 5).withTimeout(TestServer.SHORT);
    try (TsdbServer server = start(hasty);
        TestClient busy = new TestClient(server.port());
        TestClient waiting = new TestClient(server.port())) {
      busy.send(GET);
      awaitLoad(waiting, "reads_running", 1);
      assertEquals(8, waiting.status(GET));
      assertEquals(1, stat(waiting, "/load/timed_out"));
      waiting.assertAlive();
      gates.gets.countDown();
      assertEquals(0, busy.receive().get("status").intValue());
    }
  }

  @Test
  void statsTellEveryLimit() throws IOException {
    RequestLimits requests =
        RequestLimits.DEFAULT.withWorkers(2, 3).withTimeout(LONG).withSizes(4, 5, 6);
    Limits limits =
        new Limits(7, 1000, LONG, LONG, LONG)
            .withMaxPerAddress(5)
            .withUnauthenticated(2, Duration.ofMinutes(1))
            .withMaxBuffered(2000);
    try (TsdbServer server = start(requests, limits);
        TestClient client = new TestClient(server.port())) {
      JsonNode told = client.payload("{\"op\":\"stats\"}").at("/server/limits");
      List<String> expected =
          List.of(
              "workers=2",
              "writers=2",
              "queue=3",
              "request_timeout_ms=300000",
              "max_points=4",
              "max_k=5",
              "max_ids=6",
              "max_attributes=1000",
              "max_attribute_names=10000",
              "max_connections=7",
              "max_connections_per_address=5",
              "max_unauthenticated=2",
              "max_frame_bytes=1000",
              "max_buffered_bytes=2000",
              "idle_timeout_ms=300000",
              "frame_timeout_ms=300000",
              "hello_timeout_ms=60000",
              "response_timeout_ms=300000",
              "drain_timeout_ms=300000");
      for (String one : expected) {
        String[] parts = one.split("=");
        assertEquals(parts[1], told.get(parts[0]).asText(), parts[0]);
      }
      assertEquals(1, stat(client, "/load/connections"));
      assertEquals(3, stat(client, "/load/requests"));
    }
  }

  @Test
  void whatARequestMayAskForIsLimited() throws IOException {
    gates.gets.countDown();
    try (TsdbServer server = start(RequestLimits.DEFAULT.withSizes(4, 2, 3));
        TestClient client = new TestClient(server.port())) {
      for (String id : List.of("b", "c", "d")) {
        client.payload("{\"op\":\"insert\",\"id\":\"" + id + "\",\"ts\":[1,2,1,3]}");
      }
      assertEquals(4, client.status("{\"op\":\"with_ts\",\"ts\":[1,2,1,3,1]}"));
      assertEquals(
          4, client.status("{\"op\":\"insert\",\"id\":\"e\",\"ts\":[[0,0.1,0.2,0.3,0.4],[1]]}"));
      assertEquals(4, client.status("{\"op\":\"with_id\",\"id\":\"a\",\"k\":3}"));
      assertEquals(2, client.payload("{\"op\":\"with_id\",\"id\":\"a\",\"k\":2}").size());
      assertEquals(4, client.status("{\"op\":\"with_id\",\"id\":\"a\",\"radius\":9}"));
      assertEquals(2, client.payload("{\"op\":\"with_id\",\"id\":\"b\",\"radius\":0.001}").size());
      assertEquals(4, client.status("{\"op\":\"ids\",\"limit\":4}"));
      assertEquals(3, client.payload("{\"op\":\"ids\",\"limit\":3}").size());
      assertEquals(4, client.status("{\"op\":\"select\",\"limit\":4}"));
      assertEquals(3, client.payload("{\"op\":\"select\",\"limit\":3}").get("rows").size());
    }
  }

  @Test
  void oneAddressHasItsShareOfConnections() throws IOException {
    Limits limits = new Limits(9, 1000, LONG, LONG, LONG).withMaxPerAddress(1);
    try (TsdbServer server = start(RequestLimits.DEFAULT, limits);
        TestClient first = new TestClient(server.port())) {
      first.assertAlive();
      try (TestClient second = new TestClient(server.port())) {
        JsonNode refused = second.receive();
        assertEquals(6, refused.get("status").intValue());
        assertTrue(refused.get("message").textValue().contains("one address"), refused::toString);
        second.assertClosed();
      }
      assertEquals(1, stat(first, "/load/connections_rejected"));
    }
  }

  @Test
  void slowSendersOfLargeFramesLeaveRoomForSmallOnes() throws IOException {
    int large = 1 << 20;
    Limits limits = new Limits(99, large, LONG, LONG, LONG).withMaxBuffered(large);
    byte[] half = Arrays.copyOf(TestClient.frame(" ".repeat(large - 4)), large / 2 + 5);
    try (TsdbServer server = start(RequestLimits.DEFAULT, limits);
        TestClient client = new TestClient(server.port());
        TestClient slow = new TestClient(server.port())) {
      slow.send(half);
      TestServer.await("half of a frame is there", () -> buffered(client) > large / 2);
      try (TestClient second = new TestClient(server.port())) {
        second.send(half);
        JsonNode refused = second.receive();
        assertEquals(6, refused.get("status").intValue());
        second.assertClosed();
      }
      client.assertAlive();
      slow.socket().close();
      TestServer.await("nothing is left", () -> buffered(client) == 0);
    }
  }

  private static long buffered(TestClient client) {
    try {
      return stat(client, "/load/buffered_bytes");
    } catch (IOException e) {
      throw new AssertionError("stats must be answered", e);
    }
  }

  @Test
  void answersThatNobodyTakesAreLimitedTogether() throws IOException {
    // More than the buffers of two sockets hold, and more than half of what may be buffered.
    int large = 12_000_000;
    Limits limits = new Limits(99, 1000, LONG, LONG, LONG).withMaxBuffered(28_000_000);
    double[] values = new Random(5).doubles(600_000).toArray();
    gates.insert("long", TimeSeries.ofValues(values));
    gates.gets.countDown();
    String getLong = "{\"op\":\"get\",\"id\":\"long\"}";
    try (TsdbServer server = start(RequestLimits.DEFAULT, limits);
        TestClient client = new TestClient(server.port());
        TestClient slow = new TestClient(server.port())) {
      assertEquals(0, client.status(getLong));
      slow.send(getLong);
      TestServer.await("an answer is made", () -> buffered(client) > large);
      awaitLoad(client, "reads_running", 0);
      TestServer.await("the answer waits to be taken", () -> buffered(client) > large);
      JsonNode refused = client.ask(getLong);
      assertEquals(6, refused.get("status").intValue());
      assertEquals("get", refused.get("op").textValue());
      client.assertAlive();
      assertEquals(values.length, slow.receive().at("/payload/ts/1").size());
      TestServer.await("nothing is left", () -> buffered(client) == 0);
      assertEquals(0, client.status(getLong));
    }
  }
}

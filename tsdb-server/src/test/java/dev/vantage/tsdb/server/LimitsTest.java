package dev.vantage.tsdb.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.server.dispatch.RequestLimits;
import dev.vantage.tsdb.server.socket.Limits;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Too many connections, slow clients, and the shutdown. */
class LimitsTest {
  private static final Duration LONG = TestServer.LONG;
  private static final Duration SHORT = TestServer.SHORT;
  private static final String GET = "{\"op\":\"get\",\"id\":\"a\",\"tag\":\"in flight\"}";

  /** A database whose {@code get} waits until it is released. */
  private static final class Gate extends ForwardingTsdb {
    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch open = new CountDownLatch(1);

    Gate() {
      super(Databases.empty());
    }

    @Override
    public SeriesEntry get(String id) {
      entered.countDown();
      try {
        open.await();
      } catch (InterruptedException e) {
        throw new UnavailableException("interrupted");
      }
      return super.get(id);
    }
  }

  @Test
  void oneConnectionTooManyIsToldSoAndClosed() throws IOException {
    Limits two = new Limits(2, 1000, LONG, LONG, LONG);
    try (TsdbServer server = TestServer.start(Databases.empty(), two);
        TestClient first = new TestClient(server.port());
        TestClient second = new TestClient(server.port())) {
      first.assertAlive();
      second.assertAlive();
      try (TestClient third = new TestClient(server.port())) {
        third.send("{\"op\":\"ping\"}");
        JsonNode answer = third.receive();
        assertEquals(6, answer.get("status").intValue());
        assertTrue(answer.get("op").isNull());
        third.assertClosed();
      }
      first.assertAlive();
      second.socket().close();
      TestServer.await("there is room again", () -> accepts(server));
    }
  }

  private static boolean accepts(TsdbServer server) {
    try (TestClient client = new TestClient(server.port())) {
      return client.status("{\"op\":\"ping\"}") == 0;
    } catch (IOException e) {
      throw new AssertionError("client must be answered either way", e);
    }
  }

  @Test
  void manyRefusedClientsAreToldAtOnceThoughNoneOfThemLeaves() throws IOException {
    Limits one = new Limits(1, 1000, LONG, LONG, LONG);
    try (TsdbServer server = TestServer.start(Databases.empty(), one);
        TestClient only = new TestClient(server.port())) {
      only.assertAlive();
      List<TestClient> refused =
          IntStream.range(0, 40)
              .mapToObj(
                  i -> {
                    try {
                      return new TestClient(server.port());
                    } catch (IOException e) {
                      throw new AssertionError("client must be accepted first", e);
                    }
                  })
              .toList();
      for (TestClient client : refused) {
        assertEquals(6, client.receive().get("status").intValue());
      }
      only.assertAlive();
      for (TestClient client : refused) {
        client.close();
      }
    }
  }

  @Test
  void anIdleConnectionIsClosedSilently() throws IOException {
    Limits limits = new Limits(1, 1000, SHORT, LONG, LONG);
    try (TsdbServer server = TestServer.start(Databases.empty(), limits);
        TestClient client = new TestClient(server.port())) {
      client.assertClosed();
      TestServer.await("its thread is free", () -> accepts(server));
    }
  }

  @Test
  void aFrameThatDoesNotArriveIsGivenUp() throws IOException {
    Limits limits = new Limits(9, 1000, LONG, SHORT, LONG);
    byte[] frame = TestClient.frame("{\"op\":\"ping\"}");
    try (TsdbServer server = TestServer.start(Databases.empty(), limits)) {
      for (int sent : new int[] {1, 3, 4, frame.length - 1}) {
        try (TestClient client = new TestClient(server.port())) {
          client.send(Arrays.copyOf(frame, sent));
          assertGivenUp(client);
        }
      }
    }
    TestServer.await("no thread is left", () -> TestServer.threads() == 0);
  }

  @Test
  void bytesThatTrickleDoNotProlongAFrame() throws Exception {
    Limits limits = new Limits(1, 1 << 20, LONG, SHORT, LONG);
    try (TsdbServer server = TestServer.start(Databases.empty(), limits);
        TestClient client = new TestClient(server.port())) {
      byte[] frame = TestClient.frame("{\"op\":\"ping\"}" + " ".repeat(1_000_000));
      CompletableFuture<Void> trickle =
          CompletableFuture.runAsync(
              () -> {
                try {
                  for (int at = 0; ; at = Math.min(at + 1, 1000)) {
                    client.send(new byte[] {frame[at]});
                    // A packet a millisecond: the whole frame would take a quarter of an hour.
                    LockSupport.parkNanos(1_000_000);
                  }
                } catch (IOException e) {
                  // The server has hung up.
                }
              });
      trickle.get(1, TimeUnit.MINUTES);
      TestServer.await("its thread is free", () -> accepts(server));
    }
  }

  @Test
  void aClientThatDoesNotReadIsGivenUp() throws Exception {
    Limits limits = new Limits(1, 1 << 20, LONG, Duration.ofMillis(300), LONG);
    try (TsdbServer server = TestServer.start(Databases.empty(), limits);
        TestClient client = new TestClient(server.port())) {
      String large = "x".repeat(1_000_000);
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> {
                try {
                  while (true) {
                    client.send("{\"op\":\"ping\",\"tag\":\"" + large + "\"}");
                  }
                } catch (IOException e) {
                  // The server has hung up.
                }
              });
      sending.get(1, TimeUnit.MINUTES);
      TestServer.await("its thread is free", () -> accepts(server));
    }
  }

  @Test
  void closingAnswersWhatIsInFlightAndEndsWhatIsIdle() throws Exception {
    Gate gate = new Gate();
    gate.insert("a", TimeSeries.ofValues(1, 2));
    TsdbServer server = TestServer.start(gate, TestServer.WIDE);
    try (TestClient busy = new TestClient(server.port());
        TestClient idle = new TestClient(server.port());
        TestClient untouched = new TestClient(server.port())) {
      idle.assertAlive();
      busy.send(GET);
      gate.entered.await();
      busy.send("{\"op\":\"ping\",\"tag\":\"too late\"}");
      CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(server::drain);
      idle.assertClosed();
      assertGivenUp(untouched);
      assertFalse(drained.isDone());
      gate.open.countDown();
      JsonNode answer = busy.receive();
      assertEquals(0, answer.get("status").intValue(), answer::toString);
      assertEquals("in flight", answer.get("tag").textValue());
      JsonNode late = busy.receive();
      assertEquals(6, late.get("status").intValue(), late::toString);
      assertEquals("too late", late.get("tag").textValue());
      busy.assertClosed();
      assertTrue(drained.get());
    }
    server.awaitClose();
    assertThrows(ConnectException.class, () -> new TestClient(server.port()));
    TestServer.await("no thread is left", () -> TestServer.threads() == 0);
  }

  @Test
  void closingDoesNotWaitForTheRestOfAFrame() throws Exception {
    Gate gate = new Gate();
    gate.insert("a", TimeSeries.ofValues(1, 2));
    try (TsdbServer server = TestServer.start(gate, TestServer.WIDE);
        TestClient half = new TestClient(server.port());
        TestClient behind = new TestClient(server.port())) {
      half.assertAlive();
      half.send(new byte[] {17, 0, 0, 0, '{'});
      behind.send(GET);
      gate.entered.await();
      behind.send(new byte[] {17});
      CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(server::drain);
      assertGivenUp(half);
      gate.open.countDown();
      assertEquals(0, behind.receive().get("status").intValue());
      assertGivenUp(behind);
      assertTrue(drained.get());
    }
  }

  @Test
  void closingDoesNotWaitForEver() throws Exception {
    Gate gate = new Gate();
    TsdbServer server = TestServer.start(gate, new Limits(9, 1000, LONG, LONG, SHORT));
    try (TestClient busy = new TestClient(server.port());
        TestClient slow = new TestClient(server.port())) {
      slow.assertAlive();
      slow.send(new byte[] {17});
      busy.send(GET);
      gate.entered.await();
      assertFalse(server.drain());
      assertGivenUp(busy);
      assertGivenUp(slow);
    }
    gate.open.countDown();
    TestServer.await("no thread is left", () -> TestServer.threads() == 0);
  }

  @Test
  void closingTwiceIsHarmless() throws Exception {
    TsdbServer server = TestServer.start(Databases.empty(), TestServer.WIDE);
    server.close();
    assertTrue(server.drain());
    server.awaitClose();
  }

  @Test
  void closingDoesNotWaitForClientsThatWereToldToGo() throws Exception {
    TsdbServer server =
        TestServer.start(Databases.empty(), new Limits(9, 1000, LONG, LONG, Duration.ofSeconds(2)));
    try (TestClient refused = new TestClient(server.port())) {
      refused.send(new byte[] {0, 0, 0, 0});
      assertEquals(2, refused.receive().get("status").intValue());
      refused.assertClosed();
      assertTrue(server.drain());
    }
  }

  @Test
  void aRequestThatTakesTooLongHasNoEffect() throws IOException {
    Tsdb tsdb = Databases.empty();
    tsdb.insert("a", TimeSeries.ofValues(1, 2));
    ServerOptions hasty = ServerOptions.DEFAULT.withPort(0).withRequestTimeout(Duration.ofNanos(1));
    try (TsdbServer server = TsdbServer.start(tsdb, hasty);
        TestClient client = new TestClient(server.port())) {
      assertEquals(8, client.status("{\"op\":\"insert\",\"id\":\"b\",\"ts\":[1,2,3]}"));
      assertEquals(8, client.status("{\"op\":\"with_id\",\"id\":\"a\"}"));
      client.assertAlive();
    }
    assertEquals(List.of("a"), tsdb.ids(IdQuery.first(10)));
    tsdb.close();
  }

  @Test
  void aTakenPortIsAnError() throws IOException {
    Tsdb tsdb = Databases.empty();
    try (TsdbServer server = TestServer.start(tsdb, TestServer.WIDE)) {
      ServerOptions same = ServerOptions.DEFAULT.withPort(server.port());
      assertThrows(IOException.class, () -> TsdbServer.start(tsdb, same));
    }
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    assertThrows(InvalidRequestException.class, () -> new Limits(0, 1000, LONG, LONG, LONG));
    assertThrows(InvalidRequestException.class, () -> new Limits(1, 5, LONG, LONG, LONG));
    assertThrows(InvalidRequestException.class, () -> new Limits(1, 6, Duration.ZERO, LONG, LONG));
    assertThrows(InvalidRequestException.class, () -> new Limits(1, 6, LONG, LONG.negated(), LONG));
    assertThrows(InvalidRequestException.class, () -> new Limits(1, 6, LONG, LONG, Duration.ZERO));
    assertThrows(
        InvalidRequestException.class,
        () -> ServerOptions.DEFAULT.withRequestTimeout(Duration.ZERO));
    assertThrows(
        InvalidRequestException.class,
        () ->
            new ServerOptions(
                ServerOptions.DEFAULT.address(),
                0,
                ServerOptions.DEFAULT.access(),
                ServerOptions.DEFAULT.limits(),
                RequestLimits.DEFAULT,
                ServerOptions.DEFAULT.cache(),
                ServerOptions.DEFAULT.monitor()));
  }

  /** The server has hung up, with or without a reset. */
  private static void assertGivenUp(TestClient client) {
    try {
      client.assertClosed();
    } catch (IOException e) {
      assertTrue(e.getMessage().contains("reset"), e::toString);
    }
  }
}

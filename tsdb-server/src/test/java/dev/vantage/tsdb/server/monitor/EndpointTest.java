package dev.vantage.tsdb.server.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.server.Databases;
import dev.vantage.tsdb.server.ForwardingTsdb;
import dev.vantage.tsdb.server.ServerOptions;
import dev.vantage.tsdb.server.TestClient;
import dev.vantage.tsdb.server.TestServer;
import dev.vantage.tsdb.server.TsdbServer;
import dev.vantage.tsdb.testkit.PostgresServer;
import dev.vantage.tsdb.testkit.Seeds;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Metrics, health and readiness over HTTP. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("long")
class EndpointTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final String READY = "200 {\"ready\":true}";

  private static TsdbServer start(Tsdb tsdb) throws IOException {
    return TsdbServer.start(
        tsdb,
        ServerOptions.DEFAULT
            .withPort(0)
            .withLimits(TestServer.WIDE)
            .withMonitor(MonitorSettings.DEFAULT.withMetrics(ANY_PORT)));
  }

  private static Scrape scrape(TsdbServer server) {
    return new Scrape(server.metricsAddress().orElseThrow());
  }

  @Test
  void countsAreThoseOfWhatWasAsked() throws Exception {
    try (TsdbServer server = start(Databases.empty());
        TestClient client = new TestClient(server.port())) {
      Scrape scrape = scrape(server);
      Map<String, Double> before = scrape.metrics();
      assertEquals(0.0, before.get("tsdb_requests_total{op=\"ping\",status=\"ok\"}"));
      assertEquals(1.0, before.get("tsdb_ready"));
      for (int i = 0; i < 7; i++) {
        client.assertAlive();
      }
      client.payload("{\"op\":\"insert\",\"id\":\"a\",\"ts\":[1,2,3]}");
      client.payload("{\"op\":\"insert\",\"id\":\"b\",\"ts\":[1,2,4]}");
      client.payload("{\"op\":\"with_id\",\"id\":\"a\"}");
      assertEquals(3, client.status("{\"op\":\"get\",\"id\":\"none\"}"));
      assertEquals(2, client.status("{\"op\":\"tsdb_requests_total\"}"));
      assertEquals(2, client.status("no request"));
      Map<String, Double> after = scrape.metrics();
      assertEquals(
          before.keySet().stream().filter(EndpointTest::isOurs).toList(),
          after.keySet().stream().filter(EndpointTest::isOurs).toList(),
          "what clients send makes no new series of samples");
      assertEquals(7.0, after.get("tsdb_requests_total{op=\"ping\",status=\"ok\"}"));
      assertEquals(7.0, after.get("tsdb_request_seconds_count{op=\"ping\"}"));
      assertEquals(2.0, after.get("tsdb_requests_total{op=\"insert\",status=\"ok\"}"));
      assertEquals(1.0, after.get("tsdb_requests_total{op=\"get\",status=\"invalid_key\"}"));
      assertEquals(2.0, after.get("tsdb_requests_total{op=\"none\",status=\"invalid_operation\"}"));
      assertEquals(
          13.0,
          after.entrySet().stream()
              .filter(one -> one.getKey().startsWith("tsdb_requests_total"))
              .mapToDouble(Map.Entry::getValue)
              .sum());
      assertEquals(1.0, after.get("tsdb_search_candidates_total"));
      assertEquals(2.0, after.get("tsdb_series"));
      assertEquals(0.0, after.get("tsdb_storage_errors_total"));
      assertEquals(0.0, after.get("tsdb_server_rejected_total"));
      assertTrue(after.get("tsdb_request_seconds_sum{op=\"insert\"}") > 0);
      assertTrue(after.get("tsdb_index_bytes") > 0);
      assertTrue(after.keySet().stream().anyMatch(key -> key.startsWith("jvm_memory_used_bytes{")));
    }
  }

  private static boolean isOurs(String sample) {
    return sample.startsWith("tsdb_");
  }

  @Test
  void onlyPagesThatAreThereAreAnswered() throws Exception {
    try (TsdbServer server = start(Databases.empty())) {
      Scrape scrape = scrape(server);
      assertEquals("alive\n", scrape.get("/health").body());
      assertEquals(READY, scrape.readiness());
      assertEquals(200, scrape.send("HEAD", "/metrics").statusCode());
      assertEquals("", scrape.send("HEAD", "/metrics").body());
      for (String path : List.of("/", "/metrics/", "/metricsx", "/ready/..", "/%6detrics/x")) {
        assertEquals(404, scrape.get(path).statusCode(), path);
      }
      for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS")) {
        assertEquals(405, scrape.send(method, "/metrics").statusCode(), method);
      }
    }
  }

  @Test
  void aServerThatHasLostAThreadNamesIt() throws Exception {
    Tsdb target = Databases.empty();
    AtomicReference<List<String>> lost = new AtomicReference<>(List.of());
    InvocationHandler losing =
        (proxy, method, arguments) ->
            method.getName().equals("lostThreads") ? lost.get() : method.invoke(target, arguments);
    Class<?>[] types = {EmbeddedTsdb.class};
    Tsdb tsdb = (Tsdb) Proxy.newProxyInstance(getClass().getClassLoader(), types, losing);
    try (TsdbServer server = start(tsdb)) {
      Scrape scrape = scrape(server);
      assertEquals(200, scrape.get("/health").statusCode());
      lost.set(List.of("tsdb-refresh"));
      assertEquals(503, scrape.get("/health").statusCode());
      assertEquals(
          "threads must be alive: lost=tsdb-refresh; hint: restart the server\n",
          scrape.get("/health").body());
    }
  }

  @Test
  void aServerThatDrainsIsAliveAndNotReady() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Tsdb slow =
        new ForwardingTsdb(Databases.empty()) {
          @Override
          public SeriesEntry get(String id) {
            asked.countDown();
            try {
              release.await();
            } catch (InterruptedException e) {
              throw new AssertionError("test was interrupted", e);
            }
            return super.get(id);
          }

          @Override
          public Tsdb withTimeout(java.time.Duration timeout) {
            return this;
          }
        };
    try (TsdbServer server = start(slow);
        TestClient client = new TestClient(server.port())) {
      Scrape scrape = scrape(server);
      assertEquals(READY, scrape.readiness());
      client.send("{\"op\":\"get\",\"id\":\"a\"}");
      asked.await();
      Thread ending = new Thread(server::drain);
      ending.start();
      TestServer.await(
          "it is not ready",
          () -> scrape.readiness().equals("503 {\"ready\":false,\"reason\":\"draining\"}"));
      assertEquals(200, scrape.get("/health").statusCode());
      assertEquals(0.0, scrape.metrics().get("tsdb_ready"));
      release.countDown();
      assertEquals(3, client.receive().get("status").intValue());
      ending.join();
      assertThrows(AssertionError.class, () -> scrape.get("/health"), "all of it has ended");
    }
  }

  @Test
  void aServerWithoutItsPostgresIsNotReadyUntilItIsBack() throws Exception {
    try (PostgresServer postgres = PostgresServer.start()) {
      String name = postgres.createDatabase();
      String url = postgres.url(name);
      OpenOptions create = OpenOptions.DEFAULT.withAccess(OpenOptions.Access.CREATE);
      try (EmbeddedTsdb tsdb =
              Tsdb.open(url, create.withSettings(Settings.DEFAULT.withLength(16)));
          TsdbServer server = start(tsdb);
          TestClient client = new TestClient(server.port())) {
        Scrape scrape = scrape(server);
        client.payload("{\"op\":\"insert\",\"id\":\"a\",\"ts\":[1,2,3]}");
        assertEquals(READY, scrape.readiness());
        postgres.killHard();
        assertEquals(6, client.status("{\"op\":\"get\",\"id\":\"a\"}"));
        TestServer.await(
            "it is not ready",
            () -> scrape.readiness().equals("503 {\"ready\":false,\"reason\":\"storage\"}"));
        assertEquals(200, scrape.get("/health").statusCode());
        assertEquals(1.0, scrape.metrics().get("tsdb_storage_errors_total"));
        postgres.restart();
        TestServer.await("it is ready again", () -> scrape.readiness().equals(READY));
        setReadOnly(postgres.jdbcUrl(name), "on");
        TestServer.await(
            "it is not ready",
            () -> scrape.readiness().equals("503 {\"ready\":false,\"reason\":\"read_only\"}"));
        setReadOnly(postgres.jdbcUrl(name), "off");
        TestServer.await("it is ready again", () -> scrape.readiness().equals(READY));
      }
    }
  }

  /** Sets a property for all sessions, existing ones included. */
  private static void setReadOnly(String url, String value) throws SQLException {
    try (Connection admin = DriverManager.getConnection(url);
        Statement statement = admin.createStatement()) {
      statement.execute("SET default_transaction_read_only = off");
      statement.execute("ALTER SYSTEM SET default_transaction_read_only = " + value);
      statement.execute("SELECT pg_reload_conf()");
    }
  }

  @Test
  void badClientsOfThePagesHarmNobody() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try (TsdbServer server = start(Databases.empty());
        TestClient client = new TestClient(server.port())) {
      Scrape scrape = scrape(server);
      for (int i = 0; i < 100; i++) {
        sockets.add(connect(server));
      }
      scrape.metrics();
      Random random = Seeds.random("bad clients of the pages");
      for (int i = 0; i < 50; i++) {
        byte[] garbage = new byte[random.nextInt(2000)];
        random.nextBytes(garbage);
        try (Socket socket = connect(server)) {
          socket.getOutputStream().write(garbage);
        }
      }
      assertEquals(200, scrape.get("/health").statusCode());
      // More clients than threads; each would continue as long as the server permits.
      for (int i = 0; i < 60; i++) {
        Socket socket = connect(server);
        sockets.add(socket);
        socket.getOutputStream().write("GET /metrics HT".getBytes(StandardCharsets.US_ASCII));
      }
      client.payload("{\"op\":\"insert\",\"id\":\"a\",\"ts\":[1,2,3]}");
      client.assertAlive();
      TestServer.await("their time is over", () -> isAnswered(scrape));
      assertFalse(scrape.metrics().isEmpty());
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private static Socket connect(TsdbServer server) throws IOException {
    return new Socket(
        InetAddress.getLoopbackAddress(), server.metricsAddress().orElseThrow().getPort());
  }

  private static boolean isAnswered(Scrape scrape) {
    try {
      return scrape.get("/health").statusCode() == 200;
    } catch (AssertionError e) {
      return false;
    }
  }
}

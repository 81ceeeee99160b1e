package dev.vantage.tsdb.server.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.server.Databases;
import dev.vantage.tsdb.server.TestClient;
import dev.vantage.tsdb.server.TestServer;
import dev.vantage.tsdb.server.TsdbServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Test;

/** Threads of connections, whichever this Java has. */
class VirtualThreadsTest {
  private static final int FIRST_VERSION = 21;
  private static final int IDLE = 500;

  @Test
  void areUsedWhereThereAreAny() throws Exception {
    boolean expected = Runtime.version().feature() >= FIRST_VERSION;
    assertEquals(expected, SocketServer.hasVirtualThreads());
    ExecutorService threads = Threads.perTask("tsdb-test");
    String name =
        CompletableFuture.supplyAsync(() -> Thread.currentThread().getName(), threads).get();
    assertEquals("tsdb-test-1", name);
    threads.shutdown();
    assertTrue(Threads.await(threads, TestServer.LONG));
  }

  @Test
  void idleConnectionsTakeNoPlatformThreadWhereThereAreAny() throws Exception {
    Limits limits = new Limits(IDLE + 1, 1000, TestServer.LONG, TestServer.LONG, TestServer.LONG);
    List<TestClient> idle = new ArrayList<>();
    try (TsdbServer server = TestServer.start(Databases.empty(), limits)) {
      for (int i = 0; i < IDLE; i++) {
        idle.add(new TestClient(server.port()));
        idle.get(i).assertAlive();
      }
      try (TestClient busy = new TestClient(server.port())) {
        busy.assertAlive();
        long connections =
            busy.payload("{\"op\":\"stats\"}").at("/server/load/connections").longValue();
        assertEquals(IDLE + 1, connections);
      }
      long threads =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().startsWith("tsdb-connection"))
              .count();
      assertEquals(SocketServer.hasVirtualThreads() ? 0 : IDLE, threads, 1);
    } finally {
      for (TestClient client : idle) {
        client.close();
      }
    }
  }
}

package dev.vantage.tsdb.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.server.access.TokenFile;
import dev.vantage.tsdb.server.socket.AccessControl;
import dev.vantage.tsdb.server.socket.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that open connections and never say hello. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StrangersTest {
  private static final String HELLO = "{\"op\":\"hello\",\"token\":\"0123456789abcdef\"}";
  private static final Duration LONG = TestServer.LONG;

  @TempDir private Path directory;
  private AccessControl access;

  @BeforeEach
  void writeToken() throws IOException {
    Path file = Files.writeString(directory.resolve("tokens"), "write 0123456789abcdef\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    access = new AccessControl(TokenFile.open(file, System::nanoTime), Optional.empty());
  }

  private TsdbServer start(Limits limits) throws IOException {
    return TsdbServer.start(
        Databases.empty(), ServerOptions.DEFAULT.withPort(0).withLimits(limits).withAccess(access));
  }

  @Test
  void neverKeepAClientOut() throws IOException {
    Limits limits = new Limits(8, 1000, LONG, LONG, LONG).withUnauthenticated(4, LONG);
    List<TestClient> strangers = new ArrayList<>();
    List<TestClient> clients = new ArrayList<>();
    try (TsdbServer server = start(limits)) {
      for (int round = 0; round < 8; round++) {
        for (int i = 0; i < 10; i++) {
          strangers.add(new TestClient(server.port()));
        }
        TestClient client = new TestClient(server.port());
        client.payload(HELLO);
        clients.add(client);
      }
      for (TestClient client : clients) {
        client.assertAlive();
      }
      // Eight who said hello are as many as may be.
      try (TestClient ninth = new TestClient(server.port())) {
        assertEquals(6, ninth.receive().get("status").intValue());
      }
      long ended =
          clients
              .get(0)
              .payload("{\"op\":\"stats\"}")
              .at("/server/load/unauthenticated_ended")
              .longValue();
      assertEquals(80, ended);
      assertEquals(Optional.empty(), strangers.get(0).tryReceive());
    } finally {
      for (TestClient one : strangers) {
        one.close();
      }
      for (TestClient one : clients) {
        one.close();
      }
    }
  }

  @Test
  void neverHoldUpTheEnd() throws IOException {
    Limits limits = new Limits(8, 1000, LONG, LONG, LONG).withUnauthenticated(4, LONG);
    try (TsdbServer server = start(limits);
        TestClient half = new TestClient(server.port());
        TestClient client = new TestClient(server.port())) {
      half.send(new byte[] {17, 0});
      client.payload(HELLO);
      assertTrue(server.drain());
    }
  }

  @Test
  void haveOneTimeForAllThatTheySend() throws IOException {
    Limits limits =
        new Limits(8, 1000, LONG, LONG, LONG).withUnauthenticated(4, Duration.ofSeconds(3));
    try (TsdbServer server = start(limits);
        TestClient silent = new TestClient(server.port());
        TestClient half = new TestClient(server.port());
        TestClient talking = new TestClient(server.port())) {
      half.send(new byte[] {17, 0});
      talking.send("{\"op\":\"ping\"}");
      assertEquals(7, talking.receive().get("status").intValue());
      silent.assertClosed();
      half.assertClosed();
      talking.assertClosed();
    }
  }
}

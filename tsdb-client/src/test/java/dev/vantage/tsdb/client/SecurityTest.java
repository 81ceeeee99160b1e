package dev.vantage.tsdb.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.AccessToken;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.ReadOnlyException;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.UnauthenticatedException;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.Certificates;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients and servers that authenticate each other. */
class SecurityTest {
  private static final String WRITER = "wrYt7Q-6pPz0m4Kd9sVb2x";
  private static final String READER = "reAd5L-1cNn8u3Hf7gTe4j";

  @TempDir private static Path directory;

  private static Certificates certificates;
  private static ClientSecurity tls;

  @BeforeAll
  static void make() throws Exception {
    certificates = Certificates.make(directory);
    tls = ClientSecurity.NONE.withTls(certificates.chain("authority"));
  }

  @Test
  void everyConnectionShowsTheTokenAlsoAfterTheServerWasRestarted() throws Exception {
    Path database = directory.resolve("db");
    Path tokens = tokens("write " + WRITER);
    ServerProcess.start(database, Settings.DEFAULT).close();
    ServerProcess first = start(database, 0, tokens);
    int port = first.port();
    try (TsdbClient client = connect(port, WRITER)) {
      client.insert("a", TimeSeries.ofValues(1, 2, 3));
      first.close();
      try (ServerProcess second = start(database, port, tokens)) {
        assertEquals(
            List.of("a"), client.ids(IdQuery.first(9).after("")), "one try again is enough");
        assertEquals(port, second.port());
      }
    }
  }

  @Test
  void tokensEndAndComeBackWhileClientsAreConnected() throws Exception {
    Path database = directory.resolve("changing");
    Path tokens = tokens("write " + WRITER + "\nread " + READER);
    ServerProcess.start(database, Settings.DEFAULT).close();
    try (ServerProcess server = start(database, 0, tokens);
        TsdbClient writer = connect(server.port(), WRITER);
        TsdbClient reader = connect(server.port(), READER)) {
      writer.insert("a", TimeSeries.ofValues(1, 2, 3));
      assertThrows(ReadOnlyException.class, () -> reader.delete("a"));
      assertEquals("a", reader.get("a").id());
      tokens("# the writer is gone\nread " + READER);
      Waiting.until("the token must end", () -> isRefused(writer));
      assertEquals("a", reader.get("a").id());
      tokens("write " + WRITER);
      Waiting.until("the token must be back", () -> !isRefused(writer));
      writer.insert("b", TimeSeries.ofValues(1, 2, 4));
    }
  }

  private static boolean isRefused(TsdbClient client) {
    try {
      client.ping();
      return false;
    } catch (UnauthenticatedException e) {
      return true;
    }
  }

  @Test
  void anIdleConnectionUnderTlsIsNotTakenForABrokenOne() throws Exception {
    Path database = directory.resolve("idle");
    ServerProcess.start(database, Settings.DEFAULT).close();
    try (ServerProcess server = start(database, 0, tokens("write " + WRITER))) {
      ClientOptions options = ClientOptions.DEFAULT.withSecurity(security(WRITER));
      Dialer dialer = new Dialer(new InetSocketAddress("localhost", server.port()), options);
      for (int i = 0; i < 50; i++) {
        // What the server sends by itself after the handshake may be on its way.
        try (ServerConnection connection = dialer.dial()) {
          assertFalse(connection.isStale());
          connection.send("{\"op\":\"ping\"}".getBytes(StandardCharsets.UTF_8));
          assertEquals("pong", connection.receive().payload().textValue());
          assertFalse(connection.isStale());
        }
      }
      ServerConnection last = dialer.dial();
      server.kill();
      assertTrue(last.isStale());
      last.close();
    }
  }

  @Test
  void aServerWithoutTlsIsToldNothing() throws Exception {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    PlainServer.Behavior inTheClear =
        socket -> {
          byte[] buffer = new byte[8192];
          int count = socket.getInputStream().read(buffer);
          heard.write(buffer, 0, Math.max(0, count));
          PlainServer.write(
              socket, "{\"op\":\"hello\",\"status\":0}".getBytes(StandardCharsets.UTF_8));
        };
    try (PlainServer server = PlainServer.start(inTheClear)) {
      ConnectionException failure =
          assertThrows(
              ConnectionException.class,
              () ->
                  TsdbClient.connect(
                      server.address(), ClientOptions.DEFAULT.withSecurity(security(WRITER))));
      assertTrue(failure.getMessage().contains("must use TLS"), failure::getMessage);
      assertEquals(1, server.accepted(), "no other try would do");
    }
    assertFalse(heard.toString(StandardCharsets.ISO_8859_1).contains(WRITER));
  }

  @Test
  void optionsPrintNoToken() {
    ClientOptions options = ClientOptions.DEFAULT.withSecurity(security(WRITER));
    assertFalse(options.toString().contains(WRITER), options::toString);
  }

  private static ClientSecurity security(String token) {
    return tls.withToken(AccessToken.of(token));
  }

  private static TsdbClient connect(int port, String token) {
    return TsdbClient.connect(
        "localhost:" + port, ClientOptions.DEFAULT.withSecurity(security(token)));
  }

  private static Path tokens(String text) throws IOException {
    return Certificates.secret(directory.resolve("tokens"), text);
  }

  private static ServerProcess start(Path database, int port, Path tokens) throws IOException {
    return ServerProcess.start(
        database,
        port,
        "--token-file",
        tokens.toString(),
        "--tls-cert",
        certificates.chain("server").toString(),
        "--tls-key",
        certificates.key("server").toString());
  }
}

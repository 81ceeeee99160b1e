package dev.vantage.tsdb.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.Frames;
import dev.vantage.tsdb.server.access.TlsFiles;
import dev.vantage.tsdb.server.access.TlsProtection;
import dev.vantage.tsdb.server.access.TokenFile;
import dev.vantage.tsdb.server.dispatch.Authenticator;
import dev.vantage.tsdb.server.socket.AccessControl;
import dev.vantage.tsdb.server.socket.Limits;
import dev.vantage.tsdb.testkit.Certificates;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens and TLS on the wire: valid clients, and every kind of attack. */
class EntranceTest {
  private static final String TOKEN = "writer-0123456789abcdef";
  private static final String HELLO = "{\"op\":\"hello\",\"token\":\"" + TOKEN + "\"}";
  private static final String WRONG = "{\"op\":\"hello\",\"token\":\"wrong\"}";
  private static final String PING = "{\"op\":\"ping\"}";

  @TempDir private static Path directory;

  private static Certificates certificates;
  private static SSLContext clientContext;
  private static AccessControl tokens;
  private static AccessControl both;

  @BeforeAll
  static void make() throws Exception {
    certificates = Certificates.make(directory);
    clientContext = trusting(certificates.chain("authority"));
    Path file = Certificates.secret(directory.resolve("tokens"), "write " + TOKEN);
    Authenticator authenticator = TokenFile.open(file, System::nanoTime);
    TlsProtection protection =
        TlsProtection.open(
            new TlsFiles(certificates.chain("server"), certificates.key("server")),
            System::nanoTime,
            Clock.systemUTC());
    tokens = new AccessControl(authenticator, Optional.empty());
    both = new AccessControl(authenticator, Optional.of(protection));
  }

  @Test
  void nobodyIsAnsweredBeforeAHelloAndTheConnectionIsKept() throws IOException {
    try (TsdbServer server = start(tokens, TestServer.WIDE);
        TestClient client = new TestClient(server.port())) {
      assertEquals(7, client.status(PING));
      assertEquals(7, client.status("{\"op\":\"insert\",\"id\":\"a\",\"ts\":[1,2,3]}"));
      assertEquals(2, client.status("no JSON"));
      assertEquals("{\"access\":\"write\"}", client.payload(HELLO).toString());
      client.assertAlive();
      assertEquals(2, client.status(HELLO));
      client.assertAlive();
    }
  }

  @Test
  void aFewWrongTokensEndTheConnection() throws IOException {
    try (TsdbServer server = start(tokens, TestServer.WIDE);
        TestClient client = new TestClient(server.port())) {
      // Requests are sent in advance: unread requests must not hide the answers when the server
      // closes.
      for (int i = 0; i < 20; i++) {
        client.send(WRONG);
      }
      for (int i = 0; i < 3; i++) {
        assertEquals(7, client.receive().get("status").intValue());
      }
      client.assertClosed();
    }
  }

  @Test
  void strangersGetLittleMemoryAndLittleTime() throws IOException {
    String large = PING + " ".repeat(100_000);
    try (TsdbServer server = start(tokens, TestServer.WIDE);
        TestClient stranger = new TestClient(server.port());
        TestClient client = new TestClient(server.port())) {
      JsonNode answer = stranger.ask(large);
      assertEquals(7, answer.get("status").intValue(), answer::toString);
      stranger.assertClosed();
      client.payload(HELLO);
      assertEquals(0, client.status(large));
    }
    Limits quick = new Limits(9, 1000, TestServer.LONG, TestServer.SHORT, TestServer.LONG);
    try (TsdbServer server = start(tokens, quick);
        TestClient stranger = new TestClient(server.port())) {
      stranger.assertClosed();
    }
  }

  @Test
  void framesOfAnyLengthPassUnderTls() throws Exception {
    for (String version : List.of("TLSv1.3", "TLSv1.2")) {
      try (TsdbServer server = start(both, TestServer.WIDE);
          TestClient client = secured(server.port(), version)) {
        client.payload(HELLO);
        StringBuilder values = new StringBuilder("0");
        for (int i = 1; i < 50_000; i++) {
          values.append(',').append(i % 7);
        }
        client.payload("{\"op\":\"insert\",\"id\":\"a\",\"ts\":[" + values + "]}");
        assertEquals(50_000, client.payload("{\"op\":\"get\",\"id\":\"a\"}").at("/ts/0").size());
        for (int i = 0; i < 100; i++) {
          client.send(PING);
        }
        for (int i = 0; i < 100; i++) {
          assertEquals(0, client.receive().get("status").intValue());
        }
        client.send(new byte[] {1, 0, 0, 0});
        assertEquals(2, client.receive().get("status").intValue());
        client.assertClosed();
      }
    }
  }

  @Test
  void theClearAndTlsDoNotMeet() throws Exception {
    try (TsdbServer server = start(both, TestServer.WIDE)) {
      try (TestClient plain = new TestClient(server.port())) {
        JsonNode answer = plain.ask(HELLO);
        assertEquals(2, answer.get("status").intValue());
        assertEquals(Frames.TLS_EXPECTED, answer.get("message").textValue());
        plain.assertClosed();
      }
      try (TestClient other = secured(server.port(), "TLSv1.3")) {
        other.payload(HELLO);
      }
    }
    try (TsdbServer server = start(tokens, TestServer.WIDE);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      SSLSocket secured = over(socket, "TLSv1.3");
      SSLException failure = assertThrows(SSLException.class, secured::startHandshake);
      assertTrue(failure.getMessage().contains("unrecognized SSL message"), failure::getMessage);
    }
  }

  @Test
  void aFrameThatBeginsLikeTlsIsAFrame() throws IOException {
    // 0x10316 bytes: the first three are those of TLS.
    String body = PING + " ".repeat(0x10316 - 4 - PING.length());
    byte[] frame = TestClient.frame(body);
    assertArrayEquals(new byte[] {22, 3, 1, 0}, Arrays.copyOf(frame, 4));
    try (TsdbServer server = start(AccessControl.OPEN, TestServer.WIDE);
        TestClient client = new TestClient(server.port())) {
      assertEquals(0, client.status(body));
    }
  }

  @Test
  void oldVersionsAreRefused() throws IOException {
    try (TsdbServer server = start(both, TestServer.WIDE)) {
      for (int minor = 0; minor <= 2; minor++) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
          socket.getOutputStream().write(clientHello(minor));
          byte[] alert = socket.getInputStream().readAllBytes();
          assertTrue(alert.length >= 7, () -> HexFormat.of().formatHex(alert));
          assertEquals(21, alert[0], "not even a server's hello");
          assertEquals(2, alert[5], "fatal");
          assertEquals(70, alert[6], "protocol_version");
        }
      }
    }
  }

  /** Returns the client hello of a client with SSL 3, TLS 1.0 or TLS 1.1 at most. */
  private static byte[] clientHello(int minor) {
    String version = "030" + minor;
    String body = version + "5a".repeat(32) + "00" + "0006" + "c009c013002f" + "0100";
    String handshake = "01" + "%06x".formatted(body.length() / 2) + body;
    String record = "16" + version + "%04x".formatted(handshake.length() / 2) + handshake;
    return HexFormat.of().parseHex(record);
  }

  @Test
  void whatWasRecordedCannotBeSaidAgain() throws Exception {
    for (String version : List.of("TLSv1.3", "TLSv1.2")) {
      Tsdb tsdb = Databases.empty();
      try (TsdbServer server = start(tsdb, both, TestServer.WIDE)) {
        byte[] recorded = record(server.port(), version);
        try (TestClient other = secured(server.port(), version)) {
          other.payload(HELLO);
          other.payload(put("[9,8,7,9]"));
        }
        OptionalLong before = tsdb.changeCount();
        try (Socket replay = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
          replay.getOutputStream().write(recorded);
          replay.shutdownOutput();
          byte[] answer = replay.getInputStream().readAllBytes();
          assertEquals(22, answer[0], "a server's hello, with keys of its own");
        }
        assertEquals(before, tsdb.changeCount());
        assertArrayEquals(new double[] {9, 8, 7, 9}, tsdb.get("a").series().values());
      }
    }
  }

  /**
   * Records all bytes that a client sends, from its handshake to its last byte, when it puts a
   * series.
   */
  private static byte[] record(int port, String version) throws Exception {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    try (ServerSocket between = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> relaying =
          CompletableFuture.runAsync(
              () -> {
                try (Socket client = between.accept();
                    Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
                  CompletableFuture<Void> back =
                      CompletableFuture.runAsync(
                          () -> copy(server, client, OutputStream.nullOutputStream()),
                          EntranceTest::onItsOwnThread);
                  copy(client, server, sent);
                  back.join();
                } catch (IOException e) {
                  throw new AssertionError("must relay", e);
                }
              },
              EntranceTest::onItsOwnThread);
      try (TestClient client = secured(between.getLocalPort(), version)) {
        client.payload(HELLO);
        client.payload(put("[1,2,3,4]"));
      }
      relaying.get();
    }
    String text = sent.toString(StandardCharsets.ISO_8859_1);
    assertFalse(text.contains(TOKEN));
    return sent.toByteArray();
  }

  /** The common pool may have one thread alone, which one direction would take from the other. */
  private static void onItsOwnThread(Runnable task) {
    new Thread(task, "relay").start();
  }

  private static void copy(Socket from, Socket to, OutputStream copy) {
    try {
      byte[] buffer = new byte[8192];
      InputStream in = from.getInputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        copy.write(buffer, 0, count);
        to.getOutputStream().write(buffer, 0, count);
      }
      to.shutdownOutput();
    } catch (IOException e) {
      // One side went.
    }
  }

  private static String put(String values) {
    return "{\"op\":\"insert\",\"id\":\"a\",\"replace\":true,\"ts\":" + values + "}";
  }

  @Test
  void aSlowHandshakeEndsInTimeAndHoldsUpNobody() throws Exception {
    Limits quick = new Limits(9, 1 << 20, TestServer.LONG, Duration.ofSeconds(2), TestServer.LONG);
    try (TsdbServer server = start(both, quick);
        Socket silent = new Socket(InetAddress.getLoopbackAddress(), server.port());
        Socket slow = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      slow.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1});
      try (TestClient client = secured(server.port(), "TLSv1.3")) {
        client.payload(HELLO);
        assertEquals(-1, silent.getInputStream().read());
        slow.getInputStream().readAllBytes();
        client.assertAlive();
      }
    }
  }

  @Test
  void tooManyConnectionsAreToldSoUnderTls() throws Exception {
    Limits one = new Limits(1, 1 << 20, TestServer.LONG, TestServer.LONG, TestServer.LONG);
    try (TsdbServer server = start(both, one);
        TestClient first = secured(server.port(), "TLSv1.3")) {
      first.payload(HELLO);
      try (TestClient second = secured(server.port(), "TLSv1.3")) {
        assertEquals(6, second.receive().get("status").intValue());
        second.assertClosed();
      }
      first.assertAlive();
    }
  }

  @Test
  void idleConnectionsUnderTlsEndWithTheServer() throws Exception {
    TsdbServer server = start(both, TestServer.WIDE);
    try (TestClient client = secured(server.port(), "TLSv1.3");
        Socket silent = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      client.payload(HELLO);
      assertTrue(server.drain(), "nothing was in flight");
      assertEquals(-1, silent.getInputStream().read());
    }
  }

  @Test
  void aTokenTakenOutOfTheFileEndsItsConnections() throws Exception {
    Path file = Certificates.secret(directory.resolve("short"), "write " + TOKEN);
    AccessControl access =
        new AccessControl(TokenFile.open(file, System::nanoTime), Optional.empty());
    try (TsdbServer server = start(access, TestServer.WIDE);
        TestClient client = new TestClient(server.port())) {
      client.payload(HELLO);
      Files.writeString(file, "read another-0123456789abcdef later\n");
      TestServer.await("the token must end", () -> isRefused(client));
      client.assertClosed();
    }
  }

  private static boolean isRefused(TestClient client) {
    try {
      return client.status(PING) == 7;
    } catch (IOException e) {
      throw new AssertionError("must be answered", e);
    }
  }

  private static TsdbServer start(AccessControl access, Limits limits) throws IOException {
    return start(Databases.empty(), access, limits);
  }

  private static TsdbServer start(Tsdb tsdb, AccessControl access, Limits limits)
      throws IOException {
    return TsdbServer.start(
        tsdb, ServerOptions.DEFAULT.withPort(0).withLimits(limits).withAccess(access));
  }

  private static TestClient secured(int port, String version) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    SSLSocket secured = over(socket, version);
    secured.startHandshake();
    return new TestClient(secured);
  }

  private static SSLSocket over(Socket socket, String version) throws IOException {
    SSLSocket secured =
        (SSLSocket)
            clientContext
                .getSocketFactory()
                .createSocket(socket, "localhost", socket.getPort(), true);
    secured.setEnabledProtocols(new String[] {version});
    return secured;
  }

  private static SSLContext trusting(Path authority) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(authority)) {
      store.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}

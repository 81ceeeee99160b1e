package dev.vantage.tsdb.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.server.dispatch.AccessProblem;
import dev.vantage.tsdb.server.socket.Protection;
import dev.vantage.tsdb.testkit.Certificates;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of certificates and keys, and the messages for unusable ones. */
class PemFilesTest {
  @TempDir private static Path directory;

  private static Certificates certificates;

  @BeforeAll
  static void make() throws Exception {
    certificates = Certificates.make(directory);
  }

  @Test
  void keysOfEveryKindBelongToTheirCertificates() {
    for (String name : List.of("server", "renewed", "authority")) {
      TlsProtection.open(
          new TlsFiles(certificates.chain(name), certificates.key(name)),
          System::nanoTime,
          Clock.systemUTC());
    }
    assertEquals(2, PemFiles.certificates(certificates.chain("server")).size());
  }

  @Test
  void whatCannotBeUsedIsToldWithItsRemedy() throws IOException {
    Path chain = certificates.chain("server");
    assertRefused("must belong", chain, certificates.key("elsewhere"));
    assertRefused("of the certificate's kind", chain, certificates.key("renewed"));
    assertRefused("openssl pkcs8 -topk8", chain, key("RSA PRIVATE KEY"));
    assertRefused("openssl pkcs8 -topk8", chain, key("EC PRIVATE KEY"));
    assertRefused("no password", chain, key("ENCRYPTED PRIVATE KEY"));
    assertRefused("private key in PEM", chain, key("CERTIFICATE"));
    assertRefused("of the certificate's kind", chain, key("PRIVATE KEY"));
    assertRefused("must exist", chain, directory.resolve("missing"));
    assertRefused(
        "there is no such file", directory.resolve("missing"), certificates.key("server"));
    Path empty = Files.writeString(directory.resolve("empty"), "");
    assertRefused("certificates=0", empty, certificates.key("server"));
    Path mixed =
        Files.writeString(
            directory.resolve("mixed"),
            Files.readString(chain) + Files.readString(certificates.chain("stranger")));
    assertRefused("must be a chain", mixed, certificates.key("server"));
  }

  @Test
  void aPairThatCannotBeUsedLeavesTheOneBeforeAndSaysSo() throws Exception {
    Path chain = copy(certificates.chain("server"), "live-cert.pem");
    Path key = copy(certificates.key("server"), "live-key.pem");
    Protection protection =
        TlsProtection.open(new TlsFiles(chain, key), System::nanoTime, Clock.systemUTC());
    assertEquals(Optional.empty(), protection.problem());
    copy(certificates.key("elsewhere"), "live-key.pem");
    assertKept(protection);
    copy(certificates.key("server"), "live-key.pem");
    assertEquals(Optional.empty(), protection.problem());
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw----r--"));
    assertKept(protection);
    Files.delete(key);
    assertKept(protection);
    copy(certificates.chain("expired"), "live-cert.pem");
    copy(certificates.key("expired"), "live-key.pem");
    assertEquals(Optional.of(AccessProblem.CERTIFICATE_EXPIRED), protection.problem());
    copy(certificates.chain("renewed"), "live-cert.pem");
    copy(certificates.key("renewed"), "live-key.pem");
    assertEquals(Optional.empty(), protection.problem());
  }

  private static Path copy(Path from, String name) throws IOException {
    return Certificates.secret(directory.resolve(name), Files.readString(from));
  }

  @Test
  void aCertificateInUseExpires() {
    TlsFiles files = new TlsFiles(certificates.chain("server"), certificates.key("server"));
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(100_000));
    assertEquals(
        Optional.of(AccessProblem.CERTIFICATE_EXPIRED),
        TlsProtection.open(files, System::nanoTime, later).problem());
  }

  private static void assertKept(Protection protection) throws IOException {
    assertEquals(Optional.of(AccessProblem.CERTIFICATE_KEPT), protection.problem());
    try (Socket socket = new Socket()) {
      // Ready for a handshake, with the pair before.
      assertTrue(!protection.over(connected(socket), InputStream.nullInputStream()).isClosed());
    }
  }

  private static Socket connected(Socket socket) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      socket.connect(server.getLocalSocketAddress());
    }
    return socket;
  }

  private static Path key(String kind) throws IOException {
    return Certificates.secret(
        directory.resolve("key"), "-----BEGIN " + kind + "-----\nMAo=\n-----END " + kind + "-----");
  }

  private static void assertRefused(String words, Path chain, Path key) {
    TlsFiles files = new TlsFiles(chain, key);
    String message =
        assertThrows(
                InvalidRequestException.class,
                () -> TlsProtection.open(files, System::nanoTime, Clock.systemUTC()))
            .getMessage();
    assertTrue(message.contains(words), () -> words + " <- " + message);
  }
}

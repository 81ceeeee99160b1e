package dev.vantage.tsdb.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.Certificates;
import dev.vantage.tsdb.InvalidRequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of certificates and keys, and what is said of those that cannot be used. */
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
          new TlsFiles(certificates.chain(name), certificates.key(name)), System::nanoTime);
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
    assertRefused("NoSuchFile", directory.resolve("missing"), certificates.key("server"));
    Path empty = Files.writeString(directory.resolve("empty"), "");
    assertRefused("certificates=0", empty, certificates.key("server"));
    Path mixed =
        Files.writeString(
            directory.resolve("mixed"),
            Files.readString(chain) + Files.readString(certificates.chain("stranger")));
    assertRefused("must be a chain", mixed, certificates.key("server"));
  }

  private static Path key(String kind) throws IOException {
    return Certificates.secret(
        directory.resolve("key"), "-----BEGIN " + kind + "-----\nMAo=\n-----END " + kind + "-----");
  }

  private static void assertRefused(String words, Path chain, Path key) {
    TlsFiles files = new TlsFiles(chain, key);
    String message =
        assertThrows(
                InvalidRequestException.class, () -> TlsProtection.open(files, System::nanoTime))
            .getMessage();
    assertTrue(message.contains(words), () -> words + " <- " + message);
  }
}

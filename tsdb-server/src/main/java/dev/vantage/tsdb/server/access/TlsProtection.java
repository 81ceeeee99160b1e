package dev.vantage.tsdb.server.access;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.server.dispatch.AccessProblem;
import dev.vantage.tsdb.server.socket.Protection;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS 1.3 and 1.2 of the JDK, with forward secrecy. Thread-safe. When the files change, for example
 * because a certificate was renewed, new connections use the new pair. While the files cannot be
 * used, the previous pair stays in use: it grants no access, and clients check when it expires.
 */
public final class TlsProtection implements Protection {
  private static final Logger LOG = LoggerFactory.getLogger(TlsProtection.class);
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  private final WatchedFiles<Loaded> loaded;
  private final Clock clock;
  private final AtomicReference<Instant> toldEnd = new AtomicReference<>(Instant.MAX);

  private record Loaded(SSLContext context, Instant end) {}

  private TlsProtection(TlsFiles files, LongSupplier nanoTime, Clock clock) {
    this.clock = clock;
    this.loaded =
        new WatchedFiles<>(
            List.of(files.certificate(), files.key()),
            () -> read(files),
            "the previous certificate stays in use",
            nanoTime);
  }

  /**
   * Reads the certificate and the key.
   *
   * @param files the files
   * @param nanoTime a clock like {@link System#nanoTime}, by which the files are read again
   * @param clock the clock by which the certificate expires
   * @return TLS with this pair
   * @throws InvalidRequestException if the files cannot be read or do not belong together, or if
   *     everybody can read the key
   */
  public static TlsProtection open(TlsFiles files, LongSupplier nanoTime, Clock clock) {
    return new TlsProtection(files, nanoTime, clock);
  }

  @Override
  public SSLSocket over(Socket socket, InputStream received) throws IOException {
    SSLSocket secured =
        (SSLSocket)
            loaded
                .recent()
                .value()
                .context()
                .getSocketFactory()
                .createSocket(socket, received, true);
    secured.setUseClientMode(false);
    secured.setEnabledProtocols(VERSIONS);
    secured.setEnabledCipherSuites(
        Arrays.stream(secured.getEnabledCipherSuites())
            .filter(TlsProtection::isForwardSecret)
            .toArray(String[]::new));
    return secured;
  }

  @Override
  public Optional<AccessProblem> problem() {
    WatchedFiles.State<Loaded> now = loaded.current();
    Instant end = now.value().end();
    if (end.isBefore(clock.instant())) {
      if (!end.equals(toldEnd.getAndSet(end))) {
        LOG.warn("certificate has expired: until={}", end);
      }
      return Optional.of(AccessProblem.CERTIFICATE_EXPIRED);
    }
    return now.problem().map(problem -> AccessProblem.CERTIFICATE_KEPT);
  }

  /**
   * Returns whether a cipher suite has forward secrecy. All suites of TLS 1.3 have it; their names
   * do not contain {@code _WITH_}.
   */
  private static boolean isForwardSecret(String suite) {
    boolean isOld = suite.contains("_WITH_");
    return !isOld
        || suite.startsWith("TLS_ECDHE_") && (suite.contains("_GCM_") || suite.contains("_CHACHA"));
  }

  private static Loaded read(TlsFiles files) {
    List<X509Certificate> chain = PemFiles.certificates(files.certificate());
    X509Certificate own = chain.get(0);
    PrivateKey key = PemFiles.key(files.key(), own);
    try {
      char[] password = new char[0];
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, password);
      store.setKeyEntry("server", key, password, chain.toArray(X509Certificate[]::new));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return new Loaded(context, tell(own));
    } catch (GeneralSecurityException | IOException e) {
      throw new InvalidRequestException(
          "certificates must be a chain, the server's first, each signed by the next: file="
              + files.certificate()
              + ", problem="
              + e.getMessage());
    }
  }

  private static Instant tell(X509Certificate own) {
    Instant end = own.getNotAfter().toInstant();
    LOG.info("certificate read: subject={}, until={}", own.getSubjectX500Principal(), end);
    return end;
  }
}

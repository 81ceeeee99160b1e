package dev.vantage.tsdb.client;

import dev.vantage.tsdb.InvalidRequestException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS 1.3 and 1.2 of the JDK. Thread-safe. The certificate of the server must contain the name or
 * address under which the client reaches it.
 */
final class Tls {
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  /** The standard check of host names; it applies to other protocols than HTTPS too. */
  private static final String NAME_CHECK = "HTTPS";

  private final SSLContext context;

  private Tls(SSLContext context) {
    this.context = context;
  }

  /** Creates TLS that trusts the authorities of a file, or else the authorities of the JVM. */
  static Tls of(Optional<Path> authorities) {
    try {
      TrustManager[] trust =
          authorities.isPresent() ? trusting(certificates(authorities.get())) : null;
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust, null);
      return new Tls(context);
    } catch (NoSuchFileException e) {
      throw new InvalidRequestException("file of authorities must exist: file=" + e.getFile());
    } catch (AccessDeniedException e) {
      throw new InvalidRequestException(
          "file of authorities must be readable: permission denied: file=" + e.getFile());
    } catch (GeneralSecurityException | IOException e) {
      throw new InvalidRequestException(
          "authorities must be certificates in PEM: file="
              + authorities.map(Path::toString).orElse("those of this Java"));
    }
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws GeneralSecurityException, IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in);
    }
  }

  private static TrustManager[] trusting(Collection<? extends Certificate> authorities)
      throws GeneralSecurityException, IOException {
    if (authorities.isEmpty()) {
      throw new CertificateException("it has none");
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (Certificate authority : authorities) {
      store.setCertificateEntry("authority-" + store.size(), authority);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return trust.getTrustManagers();
  }

  /** Layers TLS over a socket. Sends nothing yet. */
  SSLSocket over(Socket socket, InetSocketAddress address) throws IOException {
    SSLSocket secured =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(socket, address.getHostString(), address.getPort(), true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setProtocols(VERSIONS);
    parameters.setEndpointIdentificationAlgorithm(NAME_CHECK);
    secured.setSSLParameters(parameters);
    return secured;
  }

  /** Does the handshake and checks the certificates of the server. */
  static void handshake(SSLSocket socket) throws IOException {
    socket.startHandshake();
    if (socket.getSession().getPeerCertificates()[0] instanceof X509Certificate certificate) {
      try {
        // The JDK does not check the validity of a certificate that is itself trusted.
        certificate.checkValidity();
      } catch (CertificateException e) {
        SSLHandshakeException failure = new SSLHandshakeException(e.getMessage());
        failure.initCause(e);
        throw failure;
      }
    }
  }

  /** Describes the failure so that a user can act on it. */
  static String words(SSLException failure) {
    String problem = String.valueOf(failure.getMessage());
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException) {
        return "certificate of the server must not have expired";
      }
      if (cause instanceof CertificateNotYetValidException) {
        return "certificate of the server must be valid already";
      }
      if (cause instanceof CertPathBuilderException) {
        return "certificate of the server must be from an authority that is trusted here, which"
            + " --ca can name";
      }
    }
    if (failure.getCause() instanceof CertificateException
        && (problem.contains("subject alternative") || problem.contains("No name matching"))) {
      return "certificate of the server must be for the name or address that it is reached by";
    }
    if (problem.contains("Unsupported or unrecognized SSL message")) {
      return "server must use TLS, or be connected to without --tls";
    }
    if (problem.contains("protocol_version") || problem.contains("handshake_failure")) {
      return "server must offer TLS 1.3 or 1.2";
    }
    return "server must agree on TLS";
  }
}

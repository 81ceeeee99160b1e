package dev.vantage.tsdb.server;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.server.access.TlsFiles;
import dev.vantage.tsdb.server.access.TlsProtection;
import dev.vantage.tsdb.server.access.TokenFile;
import dev.vantage.tsdb.server.dispatch.Authenticator;
import dev.vantage.tsdb.server.socket.AccessControl;
import dev.vantage.tsdb.server.socket.Protection;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options for tokens and TLS. */
final class SecurityOptions {
  private static final Logger LOG = LoggerFactory.getLogger(SecurityOptions.class);

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "Requires a token of this file from every client. Each line is 'read TOKEN' or "
              + "'write TOKEN', optionally with a name for the log. Read again when it changes.")
  private @Nullable Path tokens;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "Uses TLS with this certificate (PEM, followed by its chain).")
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description =
          "The key of the certificate (PEM, PKCS#8). Both files are read again when they change.")
  private @Nullable Path key;

  @Option(
      names = "--insecure",
      description = "Allows an address that other machines can reach, without --token-file.")
  private boolean insecure;

  /** Reads the files, and logs a warning about missing protection. */
  AccessControl access(InetSocketAddress address) {
    boolean local = address.getAddress().isLoopbackAddress();
    check(
        insecure || local || tokens != null,
        "address must be a loopback address unless there is a --token-file, or --insecure is given,"
            + " since anyone who can connect can read and change the database: address="
            + Units.format(address));
    check(
        (certificate == null) == (key == null), "--tls-cert and --tls-key must be given together");
    Authenticator authenticator = tokens == null ? Authenticator.OPEN : authenticator(tokens);
    Optional<Protection> protection =
        certificate == null || key == null
            ? Optional.empty()
            : Optional.of(
                TlsProtection.open(
                    new TlsFiles(certificate, key), System::nanoTime, Clock.systemUTC()));
    String where = Units.format(address);
    if (!local && tokens == null) {
      LOG.warn("everyone who can connect can read and change the database: address={}", where);
    } else if (!local && protection.isEmpty()) {
      LOG.warn("tokens and data go over the network in the clear: address={}", where);
    }
    return new AccessControl(authenticator, protection);
  }

  private static Authenticator authenticator(Path tokens) {
    try {
      return TokenFile.open(tokens, System::nanoTime);
    } catch (InvalidRequestException e) {
      throw new InvalidRequestException("--token-file: " + e.getMessage());
    }
  }

  private void check(boolean holds, String message) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}

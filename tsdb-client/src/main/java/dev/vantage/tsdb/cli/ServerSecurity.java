package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.client.ClientSecurity;
import dev.vantage.tsdb.protocol.SecretFile;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which files say how a server is connected to; nothing in them is read before it is needed.
 *
 * @param tokenFile the file with the token, or empty for none
 * @param tls whether TLS is asked for
 * @param authorities the file with the authorities that are trusted, which asks for TLS too; or
 *     empty for those of the JVM
 */
record ServerSecurity(Optional<Path> tokenFile, boolean tls, Optional<Path> authorities) {
  private static final String TOKEN_VARIABLE = "TSDB_TOKEN_FILE";
  private static final String AUTHORITIES_VARIABLE = "TSDB_CA";

  /** What options say, and where they say nothing, the environment. */
  static ServerSecurity of(Optional<Path> tokenFile, boolean tls, Optional<Path> authorities) {
    return new ServerSecurity(
        tokenFile.or(() -> variable(TOKEN_VARIABLE)),
        tls,
        authorities.or(() -> variable(AUTHORITIES_VARIABLE)));
  }

  private static Optional<Path> variable(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank()).map(Path::of);
  }

  ClientSecurity read() {
    ClientSecurity security = ClientSecurity.NONE;
    if (authorities.isPresent()) {
      security = security.withTls(authorities.get());
    } else if (tls) {
      security = security.withTls();
    }
    return tokenFile.isPresent() ? security.withToken(SecretFile.token(tokenFile.get())) : security;
  }
}

package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.client.ClientSecurity;
import dev.vantage.tsdb.protocol.SecretFile;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The files with the token and the trusted authorities for a server. Immutable. The files are read
 * only when they are needed.
 *
 * @param tokenFile the file with the token, or empty for none
 * @param tls whether to use TLS
 * @param authorities the file with the trusted authorities, which implies TLS; or empty for the
 *     authorities of the JVM
 */
record ServerSecurity(Optional<Path> tokenFile, boolean tls, Optional<Path> authorities) {
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

package dev.vantage.tsdb.server.socket;

import dev.vantage.tsdb.server.dispatch.AccessProblem;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/** Puts connections under TLS. Thread-safe. */
public interface Protection {
  /**
   * Layers TLS over a socket. Sends nothing yet.
   *
   * @param socket the socket; closing the TLS socket closes it, too
   * @param received the input of the socket, which is read in its place
   * @return the TLS socket, ready for its handshake
   * @throws IOException if the socket is closed already
   */
  SSLSocket over(Socket socket, InputStream received) throws IOException;

  /**
   * Checks the certificate and its key for changes and problems.
   *
   * @return the problem, or empty for none
   */
  Optional<AccessProblem> problem();
}

package dev.vantage.tsdb.server.socket;

import dev.vantage.tsdb.server.dispatch.AccessProblem;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/** Puts TLS over connections. Thread-safe. */
public interface Protection {
  /**
   * Puts TLS over a socket, without a word yet to the other side.
   *
   * @param socket the socket, which is closed with what is over it
   * @param received what the socket receives, to be read from here instead
   * @return the socket over it, ready for its handshake
   * @throws IOException if the socket is closed already
   */
  SSLSocket over(Socket socket, InputStream received) throws IOException;

  /**
   * Looks for changes, and says what is wrong with the certificate or its key.
   *
   * @return the problem, or empty for none
   */
  Optional<AccessProblem> problem();
}

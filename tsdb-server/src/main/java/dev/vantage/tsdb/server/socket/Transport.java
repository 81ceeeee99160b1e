package dev.vantage.tsdb.server.socket;

import dev.vantage.tsdb.protocol.Body;
import dev.vantage.tsdb.protocol.Frames;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's socket, in the clear or under TLS. For one thread, but for what is said to be for any:
 * that goes to the socket under TLS, which is never held up by who reads or sends over it.
 */
final class Transport {
  /** Room for usual requests at once; what is longer is received beside it. Idle ones keep it. */
  private static final int BUFFER_BYTES = 512;

  private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

  private static final int TLS_HANDSHAKE = 22;
  private static final int TLS_MAJOR = 3;
  private static final int TLS_CLIENT_HELLO = 1;
  private static final int TLS_START_BYTES = 6;

  private final Socket socket;
  private final BufferedInputStream received;
  private final Optional<SSLSocket> secured;
  private final InputStream in;
  private final OutputStream out;

  /** Says nothing yet; what TLS has to say is said by {@link #handshake}. */
  Transport(Socket socket, Optional<Protection> protection) throws IOException {
    this.socket = socket;
    this.received = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
    if (protection.isPresent()) {
      SSLSocket over = protection.get().over(socket, received);
      this.secured = Optional.of(over);
      this.in = new BufferedInputStream(over.getInputStream(), BUFFER_BYTES);
      this.out = over.getOutputStream();
    } else {
      this.secured = Optional.empty();
      this.in = received;
      this.out = socket.getOutputStream();
    }
  }

  boolean isSecured() {
    return secured.isPresent();
  }

  /** Waits for the first byte, and leaves it there; false at the end of the stream. */
  boolean awaitFirstByte() throws IOException {
    received.mark(1);
    boolean came = received.read() >= 0;
    received.reset();
    return came;
  }

  /**
   * Whether the client begins with TLS; leaves what it began with. A frame is never taken for that:
   * the shortest has as many bytes, and no JSON has the sixth among its first two.
   */
  boolean beginsWithTls() throws IOException {
    received.mark(TLS_START_BYTES);
    boolean isHandshake = received.read() == TLS_HANDSHAKE;
    byte[] more = isHandshake ? received.readNBytes(TLS_START_BYTES - 1) : new byte[0];
    received.reset();
    return more.length == TLS_START_BYTES - 1
        && more[0] == TLS_MAJOR
        && more[more.length - 1] == TLS_CLIENT_HELLO;
  }

  void handshake() throws IOException {
    if (secured.isPresent()) {
      secured.get().startHandshake();
    }
  }

  InputStream in() {
    return in;
  }

  /** What can be read without waiting, or may be: bytes of TLS need not make any of a frame. */
  boolean hasMore() throws IOException {
    return in.available() > 0 || received.available() > 0;
  }

  void send(Body body) throws IOException {
    Frames.write(body, out);
  }

  /** Sends beside TLS, to a client that does not speak it. */
  void sendInTheClear(Body body) throws IOException {
    Frames.write(body, socket.getOutputStream());
  }

  /** Lets the one who reads find the end of the stream. Any thread may call this. */
  void shutdownInput() throws IOException {
    socket.shutdownInput();
  }

  /** Says that nothing more will be sent, and lets the client read to the end of what was. */
  void linger() throws IOException {
    if (secured.isPresent()) {
      secured.get().shutdownOutput();
    }
    LingeringClose.linger(socket);
  }

  /** Sends what TLS says last, as far as it still can; may wait for that. */
  void sayGoodbye() {
    try {
      if (secured.isPresent()) {
        secured.get().close();
      }
    } catch (IOException e) {
      LOG.debug("client went first", e);
    }
  }

  /** Closes at once, whoever is reading or sending. Any thread may call this. */
  void abort() throws IOException {
    socket.close();
  }
}

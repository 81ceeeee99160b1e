package dev.vantage.tsdb.server.socket;

import dev.vantage.tsdb.protocol.Body;
import dev.vantage.tsdb.protocol.Frames;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's socket, plain or under TLS. Not thread-safe, except for the methods marked "any
 * thread", which act on the raw socket and never block.
 */
final class Transport {
  /** Large enough for usual requests. Idle connections keep their buffers, so it is small. */
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
  private final LongSupplier nanoTime;

  /** Sends nothing yet; {@link #handshake} starts TLS. */
  Transport(Socket socket, Optional<Protection> protection, LongSupplier nanoTime)
      throws IOException {
    this.socket = socket;
    this.nanoTime = nanoTime;
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

  /** Waits for the first byte without consuming it. False at the end of the stream. */
  boolean awaitFirstByte() throws IOException {
    received.mark(1);
    boolean came = received.read() >= 0;
    received.reset();
    return came;
  }

  /**
   * Whether the client starts with a TLS handshake. Consumes nothing. A frame is never mistaken for
   * TLS: the shortest frame has six bytes, and the sixth, the second of a JSON text, is never 1.
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

  /** Whether bytes have arrived. Under TLS they need not contain any byte of a frame. */
  boolean hasMore() throws IOException {
    return in.available() > 0 || received.available() > 0;
  }

  void send(Body body) throws IOException {
    Frames.write(body, out);
  }

  /** Sends on the raw socket, to a client that does not use TLS as the server does. */
  void sendInTheClear(Body body) throws IOException {
    Frames.write(body, socket.getOutputStream());
  }

  /** Any thread: makes a blocked or later read return the end of the stream. */
  void shutdownInput() throws IOException {
    socket.shutdownInput();
  }

  /** Ends the output, and waits for the client to read everything that was sent. */
  void linger() throws IOException {
    if (secured.isPresent()) {
      secured.get().shutdownOutput();
    }
    LingeringClose.linger(socket, nanoTime);
  }

  /** Sends the close message of TLS, if that is still possible. May block. */
  void sayGoodbye() {
    try {
      if (secured.isPresent()) {
        secured.get().close();
      }
    } catch (IOException e) {
      LOG.debug("client closed first", e);
    }
  }

  /** Any thread: closes the socket at once, also while another thread reads or sends. */
  void abort() throws IOException {
    socket.close();
  }
}

package dev.vantage.tsdb.server.socket;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/**
 * A client's socket, in the clear or under TLS. Deadlines hold for the bytes of the socket itself,
 * so that one who sends a handshake or a record byte by byte gains no time by it. For one thread,
 * but for what is said to be for any.
 */
final class Line {
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int TLS_HANDSHAKE = 22;
  private static final int TLS_MAJOR = 3;
  private static final int TLS_CLIENT_HELLO = 1;
  private static final int TLS_START_BYTES = 6;

  private final Socket socket;
  private final BufferedInputStream received;
  private final Optional<SSLSocket> secured;
  private final InputStream in;

  /** Says nothing yet; what TLS has to say is said by {@link #handshake}. */
  Line(Socket socket, DeadlineInput input, Optional<Protection> protection) throws IOException {
    this.socket = socket;
    this.received = new BufferedInputStream(input, BUFFER_BYTES);
    if (protection.isPresent()) {
      SSLSocket over = protection.get().over(socket, received);
      this.secured = Optional.of(over);
      this.in = new BufferedInputStream(over.getInputStream());
    } else {
      this.secured = Optional.empty();
      this.in = received;
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

  void send(byte[] bytes) throws IOException {
    OutputStream out = secured.isPresent() ? secured.get().getOutputStream() : raw();
    out.write(bytes);
  }

  /** Sends beside TLS, to a client that does not speak it. */
  void sendInTheClear(byte[] bytes) throws IOException {
    raw().write(bytes);
  }

  private OutputStream raw() throws IOException {
    return socket.getOutputStream();
  }

  /** Lets the one who reads find the end of the stream. Any thread may call this. */
  void shutdownInput() throws IOException {
    socket.shutdownInput();
  }

  /** Says that nothing more will be sent. */
  void shutdownOutput() throws IOException {
    if (secured.isPresent()) {
      secured.get().shutdownOutput();
    }
    if (!socket.isOutputShutdown() && !socket.isClosed()) {
      socket.shutdownOutput();
    }
  }

  /** Closes with what TLS says last, and may wait to send it. */
  void close() throws IOException {
    if (secured.isPresent()) {
      secured.get().close();
    }
    socket.close();
  }

  /** Closes at once, whoever is reading or sending. Any thread may call this. */
  void abort() throws IOException {
    socket.close();
  }
}

package dev.vantage.tsdb.client;

import dev.vantage.tsdb.protocol.FrameReader;
import dev.vantage.tsdb.protocol.Frames;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** One connection to a server. For one thread at a time. */
final class Connection implements AutoCloseable {
  private static final long FIRST_PAUSE_NANOS = 50_000_000;

  private final Socket socket;
  private final FrameReader frames;

  private Connection(Socket socket, int maxFrame) throws IOException {
    this.socket = socket;
    frames = new FrameReader(new BufferedInputStream(socket.getInputStream()), maxFrame);
  }

  static Connection open(InetSocketAddress address, ClientOptions options) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(address, milliseconds(options.connectTimeout()));
      return new Connection(socket, options.maxFrame());
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** Tries several times, each time after a longer pause: a server may just be starting. */
  static Connection openWithTries(InetSocketAddress address, ClientOptions options) {
    IOException failure = null;
    for (int attempt = 0; attempt < options.connectTries(); attempt++) {
      try {
        return open(address, options);
      } catch (IOException e) {
        failure = e;
        if (attempt + 1 < options.connectTries()) {
          LockSupport.parkNanos(FIRST_PAUSE_NANOS << attempt);
        }
      }
    }
    throw new ConnectionException(
        "server must be reachable: address="
            + text(address)
            + ", tries="
            + options.connectTries()
            + ", reason="
            + failure.getMessage(),
        failure);
  }

  static String text(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }

  void send(byte[] body) throws IOException {
    socket.getOutputStream().write(Frames.encode(body));
  }

  /**
   * Waits for the next response.
   *
   * @param end the time of {@link System#nanoTime} by which it must begin
   * @throws SocketTimeoutException if it does not
   */
  byte[] receive(long end) throws IOException {
    long left = end - System.nanoTime();
    if (left <= 0) {
      throw new SocketTimeoutException("no time is left");
    }
    socket.setSoTimeout(milliseconds(Duration.ofNanos(left)));
    return frames.read().orElseThrow(() -> new EOFException("the server closed the connection"));
  }

  /** Whether the server has closed an idle connection, or sent what nobody asked for. */
  boolean isStale() {
    try {
      socket.setSoTimeout(1);
      frames.awaitFrame();
      return true; // the end of the stream, or words that nobody asked for
    } catch (SocketTimeoutException e) {
      return false; // silence is what an idle connection should hold
    } catch (IOException e) {
      return true;
    }
  }

  private static int milliseconds(Duration duration) {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(1, duration.toMillis()));
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // The connection is given up either way.
    }
  }
}

package dev.vantage.tsdb.server.socket;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Closes a connection without losing the last bytes that were sent on it. */
final class LingeringClose {
  static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int SCRATCH_BYTES = 64 * 1024;

  private LingeringClose() {}

  /**
   * Ends the output and lets the client read everything that was sent. Closing a socket that holds
   * unread bytes resets the connection, and the bytes that were sent may be lost. So further bytes
   * of the client are read and dropped until it closes the connection, for at most 5 s.
   */
  static void linger(Socket socket, LongSupplier nanoTime) throws IOException {
    if (!socket.isOutputShutdown()) {
      socket.shutdownOutput();
    }
    InputStream in = socket.getInputStream();
    byte[] scratch = new byte[SCRATCH_BYTES];
    long end = nanoTime.getAsLong() + PATIENCE.toNanos();
    try {
      do {
        long left = Duration.ofNanos(end - nanoTime.getAsLong()).toMillis();
        if (left <= 0) {
          return;
        }
        socket.setSoTimeout((int) left);
      } while (in.read(scratch, 0, scratch.length) >= 0);
    } catch (SocketTimeoutException e) {
      // The time of the client is over.
    }
  }
}

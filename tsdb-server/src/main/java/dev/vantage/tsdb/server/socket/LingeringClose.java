package dev.vantage.tsdb.server.socket;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** How a connection is ended without losing what was said last. */
final class LingeringClose {
  static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int SCRATCH_BYTES = 64 * 1024;

  private LingeringClose() {}

  /**
   * Lets the client read to the end of what was sent. A socket that is closed while bytes lie
   * unread in it resets the connection, and what was sent may be lost with it; so what the client
   * still sends is thrown away, until it closes too, but not for long.
   */
  static void linger(Socket socket) throws IOException {
    if (!socket.isOutputShutdown()) {
      socket.shutdownOutput();
    }
    InputStream in = socket.getInputStream();
    byte[] scratch = new byte[SCRATCH_BYTES];
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      do {
        long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        if (left <= 0) {
          return;
        }
        socket.setSoTimeout((int) left);
      } while (in.read(scratch, 0, scratch.length) >= 0);
    } catch (SocketTimeoutException e) {
      // Long enough.
    }
  }
}

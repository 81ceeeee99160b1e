package dev.vantage.tsdb.server.socket;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * What a socket receives, up to a deadline: however many packets come before, no read lasts beyond
 * it.
 */
final class DeadlineInput extends InputStream {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Socket socket;
  private final InputStream in;
  private long deadline;
  private long received;

  DeadlineInput(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  /** Sets the deadline for all reads until this is called again. */
  void expectWithin(Duration time) {
    deadline = System.nanoTime() + time.toNanos();
  }

  /** How many bytes have been read. */
  long received() {
    return received;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      throw new SocketTimeoutException("deadline passed");
    }
    // Rounded up, since a timeout of 0 would wait forever.
    socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, 1 + (left - 1) / NANOS_PER_MILLI));
    int count = in.read(target, offset, length);
    received += Math.max(0, count);
    return count;
  }

  @Override
  public int available() throws IOException {
    return in.available();
  }
}

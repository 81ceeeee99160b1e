package dev.vantage.tsdb.format.table;

import java.io.IOException;
import java.io.InputStream;

/** Hands on the bytes of a stream, and remembers the last ones. Not thread-safe. */
final class RememberingStream extends InputStream {
  private final InputStream in;
  private final byte[] last;
  private int next;
  private boolean isFull;

  /**
   * Begins to read.
   *
   * @param in the stream, which is not closed
   * @param most how many bytes to remember
   */
  RememberingStream(InputStream in, int most) {
    this.in = in;
    last = new byte[most];
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = in.read(bytes, offset, length);
    int from = Math.max(0, read - last.length);
    while (from < read) {
      int count = Math.min(read - from, last.length - next);
      System.arraycopy(bytes, offset + from, last, next, count);
      from += count;
      next += count;
      if (next == last.length) {
        next = 0;
        isFull = true;
      }
    }
    return read;
  }

  /** {@return the last bytes, in the order in which they were read} */
  byte[] last() {
    byte[] ordered = new byte[isFull ? last.length : next];
    int older = ordered.length - next;
    System.arraycopy(last, next, ordered, 0, older);
    System.arraycopy(last, 0, ordered, older, next);
    return ordered;
  }
}

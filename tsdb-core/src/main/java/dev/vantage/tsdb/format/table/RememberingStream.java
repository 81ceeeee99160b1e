package dev.vantage.tsdb.format.table;

import java.io.IOException;
import java.io.InputStream;

/** Hands on the bytes of a stream, and remembers the last ones. Not thread-safe. */
final class RememberingStream extends InputStream {
  private final InputStream in;
  private final byte[] last;
  private long count;

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
    int read = in.read();
    if (read >= 0) {
      last[(int) (count++ % last.length)] = (byte) read;
    }
    return read;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = in.read(bytes, offset, length);
    for (int i = 0; i < read; i++) {
      last[(int) (count++ % last.length)] = bytes[offset + i];
    }
    return read;
  }

  /** {@return the last bytes, in the order in which they were read} */
  byte[] last() {
    int size = (int) Math.min(count, last.length);
    byte[] ordered = new byte[size];
    for (int i = 0; i < size; i++) {
      ordered[i] = last[(int) ((count - size + i) % last.length)];
    }
    return ordered;
  }
}

package dev.vantage.tsdb.format.table;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Reports how many bytes have been read. Not thread-safe. Closing leaves the stream open. */
final class CountingStream extends FilterInputStream {
  private final LongConsumer progress;
  private long count;

  CountingStream(InputStream in, LongConsumer progress) {
    super(in);
    this.progress = progress;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    count(read < 0 ? 0 : 1);
    return read;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    count(Math.max(0, read));
    return read;
  }

  @Override
  public int available() {
    return 0; // a pipe opened by a file name cannot report this
  }

  @Override
  public void close() {
    // The stream belongs to the caller.
  }

  private void count(int more) {
    if (more > 0) {
      count += more;
      progress.accept(count);
    }
  }
}

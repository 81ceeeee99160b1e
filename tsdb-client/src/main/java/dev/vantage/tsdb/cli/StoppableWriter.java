package dev.vantage.tsdb.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/** Drops what is written after the thread was interrupted. */
final class StoppableWriter extends FilterWriter {
  private StoppableWriter(Writer out) {
    super(out);
  }

  static PrintWriter over(Writer out) {
    return new PrintWriter(new StoppableWriter(out));
  }

  @Override
  public void write(int c) throws IOException {
    check();
    super.write(c);
  }

  @Override
  public void write(char[] chars, int offset, int length) throws IOException {
    check();
    super.write(chars, offset, length);
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    check();
    super.write(text, offset, length);
  }

  private static void check() throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new IOException("the thread was interrupted");
    }
  }
}

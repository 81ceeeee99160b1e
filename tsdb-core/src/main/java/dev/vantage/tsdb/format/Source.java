package dev.vantage.tsdb.format;

import dev.vantage.tsdb.files.OpenFiles;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * The bytes of a file after its byte order mark, counted as they are read, and its name. Not
 * thread-safe.
 */
final class Source {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private final String name;

  private Source(InputStream in, String name) {
    this.in = in;
    this.name = name;
  }

  /**
   * Opens a file. A directory is refused here: it could be opened, and reading it would fail later,
   * without naming it.
   */
  static InputStream open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "is a directory");
    }
    OpenFiles.check(file);
    return Files.newInputStream(file);
  }

  /**
   * Returns a file's name up to its last dot; the whole name if it has no dot except at its start.
   */
  static String nameOf(Path file) {
    Path last = file.getFileName();
    String name = last == null ? "" : last.toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  static Source of(InputStream in, String name, LongConsumer progress) throws IOException {
    Source source = new Source(new BufferedInputStream(new CountingStream(in, progress)), name);
    if (Arrays.equals(source.peek(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
      source.in.skipNBytes(BYTE_ORDER_MARK.length);
    }
    return source;
  }

  /** Returns up to a number of the next bytes without consuming them. */
  byte[] peek(int most) throws IOException {
    in.mark(most);
    byte[] bytes = in.readNBytes(most);
    in.reset();
    return bytes;
  }

  /** Returns the name from which ids are made: usually the file's name without its extension. */
  String name() {
    return name;
  }

  LineReader lines() {
    return new LineReader(in);
  }

  /** Returns a reader that throws a CharacterCodingException where the bytes are not UTF-8. */
  Reader characters() {
    return new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder());
  }

  private static final class CountingStream extends FilterInputStream {
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

    private void count(int more) {
      if (more > 0) {
        count += more;
        progress.accept(count);
      }
    }
  }
}

package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.format.FormatError;
import dev.vantage.tsdb.format.SourceLine;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Writes rejected lines to a file, each as it stands under a comment with its place and the reason,
 * and headers before the lines of tables, so that the file can be mended and imported. Thread-safe.
 */
final class RejectedLines implements AutoCloseable {
  private final Path file;
  private final Path written;
  private final BufferedWriter out;
  private Optional<SourceLine> header = Optional.empty();
  private boolean isClosed;

  private RejectedLines(Path file, Path written) throws IOException {
    this.file = file;
    this.written = written;
    this.out = Files.newBufferedWriter(written);
  }

  /**
   * Begins to write. A file is replaced when all lines have been written; until then they are in a
   * new file beside it.
   */
  static RejectedLines to(Path file) throws IOException {
    boolean isDevice = Files.exists(file) && !Files.isRegularFile(file);
    return new RejectedLines(file, isDevice ? file : part(file));
  }

  /** The file that has the lines until all have been written. */
  private static Path part(Path file) {
    return file.resolveSibling(file.getFileName() + ".part");
  }

  /** Returns whether a file is that of the rejected lines, or its unfinished one. */
  static boolean isOf(Path rejects, Path one) {
    return isSame(rejects, one) || isSame(part(rejects), one);
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other);
    } catch (IOException e) {
      return false; // a file that cannot be read will be reported by its reader
    }
  }

  /** Sets the header of the table that is read, which its first rejected line needs. */
  synchronized void began(SourceLine next) {
    header = Optional.of(next);
  }

  /** Adds a line, unless the file is whole. */
  synchronized void add(FormatError error) {
    if (isClosed) {
      return;
    }
    try {
      if (!error.text().isEmpty() && header.isPresent()) {
        if (header.get().file().equals(error.file())) {
          out.append(header.get().text()).append('\n');
        }
        header = Optional.empty();
      }
      out.append("# ").append(error.toString().lines().findFirst().orElse("")).append('\n');
      if (!error.text().isEmpty()) {
        out.append(error.text()).append('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (isClosed) {
      return;
    }
    isClosed = true;
    out.close();
    if (!written.equals(file)) {
      Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}

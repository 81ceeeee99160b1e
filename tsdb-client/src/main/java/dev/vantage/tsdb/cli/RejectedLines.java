package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.format.FormatError;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes rejected lines to a file, each as it stands under a comment with its place and the reason,
 * so that the file can be mended and imported. Not thread-safe.
 */
final class RejectedLines implements AutoCloseable {
  private final BufferedWriter out;

  private RejectedLines(BufferedWriter out) {
    this.out = out;
  }

  /** Makes the file, or empties it. */
  static RejectedLines to(Path file) throws IOException {
    return new RejectedLines(Files.newBufferedWriter(file));
  }

  void add(FormatError error) {
    try {
      out.append("# ").append(error.toString().lines().findFirst().orElse("")).append('\n');
      if (!error.text().isEmpty()) {
        out.append(error.text()).append('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}

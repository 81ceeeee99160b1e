package dev.vantage.tsdb.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.Set;

/**
 * Standard output that records why a write failed, since the writers above it swallow the
 * exception. Not thread-safe.
 */
final class StandardOutput extends OutputStream {
  /** What Unix and Windows say of a pipe whose reader, like head, has read enough. */
  private static final Set<String> CLOSED_PIPES = Set.of("Broken pipe", "The pipe is being closed");

  private final OutputStream out = new FileOutputStream(FileDescriptor.out);
  private Optional<String> problem = Optional.empty();

  @Override
  public void write(int oneByte) throws IOException {
    write(new byte[] {(byte) oneByte}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      problem = problem.or(() -> Optional.of(String.valueOf(e.getMessage())));
      throw e;
    }
  }

  /** Returns whether output is lost that somebody expects. */
  boolean isLost() {
    return problem.filter(why -> !CLOSED_PIPES.contains(why)).isPresent();
  }

  /** Returns why some output could not be written, or empty if all was written. */
  Optional<String> problem() {
    return problem;
  }
}

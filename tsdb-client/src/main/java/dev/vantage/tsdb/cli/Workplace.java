package dev.vantage.tsdb.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A directory to work in, and what has to be closed at the end, however that comes: also when the
 * process is told to end.
 */
final class Workplace implements AutoCloseable {
  private final Path directory;
  private final boolean isTemporary;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Thread hook = new Thread(this::cleanUp, "tsdb-clean-up");

  private Workplace(Path directory, boolean isTemporary) {
    this.directory = directory;
    this.isTemporary = isTemporary;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Works in a directory that stays, or in a temporary one. */
  static Workplace in(Optional<Path> kept) throws IOException {
    return kept.isPresent()
        ? new Workplace(Files.createDirectories(kept.get()), false)
        : new Workplace(Files.createTempDirectory("tsdb-demo-"), true);
  }

  Path directory() {
    return directory;
  }

  /** Closes this at the end, last ones first. */
  synchronized <T extends AutoCloseable> T closing(T resource) {
    open.push(resource);
    return resource;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, and the hook does what is left.
    }
    cleanUp();
  }

  private synchronized void cleanUp() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        // The others have to be closed, too, and nothing of this one is needed any more.
      }
    }
    if (isTemporary) {
      delete();
    }
  }

  private void delete() {
    try (Stream<Path> paths = Files.walk(directory)) {
      List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // The system empties the directory of temporary files.
    }
  }
}

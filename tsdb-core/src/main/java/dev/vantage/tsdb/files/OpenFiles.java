package dev.vantage.tsdb.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Files that this process has open and perhaps locked. On most systems a process loses all its
 * locks on a file when it closes any descriptor of it, so that nothing else here may open these.
 * Thread-safe.
 */
public final class OpenFiles {
  /** How often each file is open. Static, because locks belong to the process. */
  private static final Map<Name, Integer> OPEN = new HashMap<>();

  /** A name in a directory, which is known by its key. */
  private record Name(Object directory, String name) {}

  private OpenFiles() {}

  /** Files that are open until this is closed. */
  public interface Use extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Takes note that files are open.
   *
   * @param directory their directory
   * @param names their names; there need not be files of all
   * @return to be closed when they are closed
   */
  public static Use use(Path directory, Set<String> names) {
    List<Name> used =
        FileChecks.keyOfTarget(directory).stream()
            .flatMap(key -> names.stream().map(name -> new Name(key, name)))
            .toList();
    synchronized (OPEN) {
      used.forEach(one -> OPEN.merge(one, 1, Integer::sum));
    }
    return () -> {
      synchronized (OPEN) {
        used.forEach(
            one -> OPEN.computeIfPresent(one, (same, times) -> times == 1 ? null : times - 1));
      }
    };
  }

  /**
   * Refuses to read a file that is open, and a directory.
   *
   * @param file the file, or a symbolic link to it
   * @throws FileSystemException if the path names one of them
   */
  public static void check(Path file) throws FileSystemException {
    Path real;
    try {
      real = file.toRealPath();
    } catch (IOException e) {
      return; // opening it says what is wrong
    }
    if (Files.isDirectory(real)) {
      throw new RefusedPathException(file, "is a directory");
    }
    Optional<Object> key = FileChecks.keyOfTarget(FileChecks.parent(real));
    boolean open;
    synchronized (OPEN) {
      open =
          key.isPresent()
              && OPEN.containsKey(new Name(key.get(), String.valueOf(real.getFileName())));
    }
    if (open) {
      throw new RefusedPathException(file, "is part of a database that this process has open");
    }
  }
}

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
 * Thread-safe. The files that this process has open and may have locked. On most systems a process
 * loses all its locks on a file when it closes any descriptor of it, so no other code of this
 * process may open these files.
 */
public final class OpenFiles {
  /** The number of uses of each file. Static, because locks belong to the process. */
  private static final Map<Name, Integer> OPEN = new HashMap<>();

  /** A name in a directory; the directory is identified by its key. */
  private record Name(Object directory, String name) {}

  private OpenFiles() {}

  /** A registration of open files. Closing it ends the registration. */
  public interface Use extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Registers files as open.
   *
   * @param directory their directory
   * @param names their names; the files need not exist
   * @return the registration, to be closed after the files are closed
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
      return; // opening the file reports the problem
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

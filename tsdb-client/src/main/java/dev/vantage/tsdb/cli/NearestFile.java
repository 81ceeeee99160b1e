package dev.vantage.tsdb.cli;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Suggests an existing file whose name is close to the name of a missing file. */
final class NearestFile {
  /** The most files of a directory that are compared. */
  private static final int MOST_FILES = 1000;

  private NearestFile() {}

  /**
   * Returns a file of the same directory with the same name, except for upper and lower case and
   * for the extension.
   */
  static Optional<Path> of(String missing) {
    try {
      Path wanted = Path.of(missing);
      Path parent = wanted.getParent();
      try (DirectoryStream<Path> files =
          Files.newDirectoryStream(parent == null ? Path.of("") : parent)) {
        int compared = 0;
        for (Path file : files) {
          if (compared++ == MOST_FILES) {
            break;
          }
          if (stem(file).equalsIgnoreCase(stem(wanted)) && Files.isRegularFile(file)) {
            return Optional.of(wanted.resolveSibling(file.getFileName()));
          }
        }
      }
    } catch (IOException | DirectoryIteratorException | InvalidPathException e) {
      // The missing file is the failure to report.
    }
    return Optional.empty();
  }

  private static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.indexOf('.', 1);
    return dot < 0 ? name : name.substring(0, dot);
  }
}

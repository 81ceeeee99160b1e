package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.series.NearestName;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Suggests an existing file or database whose name is close to that of a missing one. */
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

  /** Returns a directory with a database beside a missing one, with nearly the same name. */
  static Optional<Path> database(String missing) {
    try {
      Path wanted = Path.of(missing);
      Path parent = wanted.toAbsolutePath().getParent();
      if (parent == null || wanted.getFileName() == null) {
        return Optional.empty();
      }
      List<String> names = new ArrayList<>();
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, Files::isDirectory)) {
        for (Path entry : entries) {
          if (names.size() == MOST_FILES) {
            break;
          }
          names.add(entry.getFileName().toString());
        }
      }
      return NearestName.of(wanted.getFileName().toString(), names)
          .map(wanted::resolveSibling)
          .filter(near -> DatabaseLocation.exists(near.toString()));
    } catch (IOException | DirectoryIteratorException | InvalidPathException e) {
      return Optional.empty(); // the missing database is the failure to report
    }
  }

  private static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.indexOf('.', 1);
    return dot < 0 ? name : name.substring(0, dot);
  }
}

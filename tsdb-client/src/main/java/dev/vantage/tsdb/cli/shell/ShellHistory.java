package dev.vantage.tsdb.cli.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** The file with the entries of earlier shells. */
final class ShellHistory {
  /** The most entries that are kept. */
  static final int ENTRIES = 10_000;

  private ShellHistory() {}

  /** Makes the file if it is absent, and lets its owner alone read it. */
  static Path file(Map<String, String> environment) throws IOException {
    Path directory = directory(environment);
    Files.createDirectories(directory);
    Path file = directory.resolve("history");
    if (!Files.exists(file)) {
      Files.createFile(file);
    }
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
    return file;
  }

  private static Path directory(Map<String, String> environment) {
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    Path parent =
        state.isEmpty() || !Path.of(state).isAbsolute()
            ? Path.of(System.getProperty("user.home"), ".local", "state")
            : Path.of(state);
    return parent.resolve("tsdb");
  }
}

package dev.vantage.tsdb.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Commands to try after the demo, which work where they are pasted. */
final class NextSteps {
  /** The path of the launcher, as its user wrote it or as the shell found it. */
  private static final String PROGRAM = "tsdb.program";

  private NextSteps() {}

  /** Makes the commands. */
  static List<String> of(Path data, String id) {
    String tsdb = program(System.getProperty(PROGRAM, "tsdb"), System.getenv("PATH"));
    String database = quoted(free());
    return List.of(
        tsdb + " create --db " + database,
        tsdb + " import --db " + database + " --as wide " + quoted(nearest(data)),
        tsdb + " similar --db " + database + " " + id + " -k 3 --explain");
  }

  /** The name of the program if the shell finds that very program, else its path. */
  static String program(String path, @Nullable String searched) {
    Path program = Path.of(path);
    String name = path.substring(path.lastIndexOf('/') + 1);
    boolean found =
        program.getParent() == null
            || Stream.of(searched == null ? new String[0] : searched.split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst()
                .filter(first -> isSame(first, program))
                .isPresent();
    return found ? name : quoted(path);
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException e) {
      return false;
    }
  }

  /** A name for a database that no file has. */
  private static String free() {
    String name = "my.db";
    for (int i = 2; Files.exists(Path.of(name)); i++) {
      name = "my-" + i + ".db";
    }
    return name;
  }

  /** The path from the current directory, or the whole path if it is not below. */
  private static String nearest(Path file) {
    Path here = Path.of("").toAbsolutePath();
    return (file.startsWith(here) ? here.relativize(file) : file).toString();
  }

  /** A word as a shell reads it. */
  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}

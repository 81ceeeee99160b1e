package dev.vantage.tsdb.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The unpacked archive, as on a machine with a Java and no tools to build.
 *
 * @param root the directory of the archive
 * @param user the directory for the user's cache and settings
 */
record Installation(Path root, Path user) {
  private static final Path TARGET =
      Path.of(System.getProperty("tsdb.project"), "tsdb-client", "target");

  /** Unpacks the archive. */
  static Installation unpack(Path directory) throws IOException, InterruptedException {
    Process tar =
        new ProcessBuilder("tar", "xzf", archive(".tar.gz").toString(), "-C", directory.toString())
            .inheritIO()
            .start();
    assertEquals(0, tar.waitFor());
    try (Stream<Path> entries = Files.list(directory)) {
      Path root =
          entries
              .filter(path -> path.getFileName().toString().startsWith("tsdb-"))
              .findFirst()
              .orElseThrow();
      return new Installation(root, directory.resolve("user"));
    }
  }

  /** The archive that the build has made. */
  static Path archive(String ending) throws IOException {
    try (Stream<Path> entries = Files.list(TARGET)) {
      return entries
          .filter(path -> path.getFileName().toString().matches("tsdb-[0-9].*" + ending))
          .findFirst()
          .orElseThrow(() -> new AssertionError("archive must be made by 'mvn package'"));
    }
  }

  Path program(String name) {
    return root.resolve("bin").resolve(name);
  }

  Path cache() {
    return user.resolve("cache");
  }

  /** A command in a directory of its own, without a class archive unless the test asks for one. */
  ProcessBuilder command(Path directory, List<String> words) {
    ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("TSDB_"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("PATH", root.resolve("bin") + ":" + environment.get("PATH"));
    environment.put("XDG_CACHE_HOME", cache().toString());
    environment.put("XDG_CONFIG_HOME", user.resolve("config").toString());
    environment.put("TSDB_SERVER_CONFIG", "");
    environment.put("TSDB_CLASS_CACHE", "off");
    return builder;
  }

  ProcessBuilder tsdb(Path directory, String... arguments) {
    List<String> words = new ArrayList<>(List.of(program("tsdb").toString()));
    words.addAll(List.of(arguments));
    return command(directory, words);
  }

  /** What a process left. */
  record Outcome(int code, String out, String err) {}

  /**
   * Runs a process to its end. Its output is read from files, as by callers that read them then.
   */
  static Outcome run(ProcessBuilder builder) throws IOException, InterruptedException {
    Running running = start(builder);
    running.process().getOutputStream().close();
    return running.await();
  }

  static Running start(ProcessBuilder builder) throws IOException {
    Path out = Files.createTempFile("tsdb-install-", ".out");
    Path err = Files.createTempFile("tsdb-install-", ".err");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    return new Running(process, out, err);
  }

  /** Returns whether this process ignores a signal; child processes inherit that. */
  static boolean isIgnored(String signal) throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    int number = Map.of("HUP", 1, "INT", 2, "TERM", 15).get(signal);
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .map(line -> Long.parseUnsignedLong(line.substring(8).strip(), 16))
        .anyMatch(ignored -> (ignored >> (number - 1) & 1) != 0);
  }

  /** A process that runs. */
  record Running(Process process, Path out, Path err) {
    Outcome await() throws IOException, InterruptedException {
      assertTrue(process.waitFor(2, TimeUnit.MINUTES), "process must end");
      Outcome outcome =
          new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
      Files.delete(out);
      Files.delete(err);
      return outcome;
    }

    void signal(String name) throws IOException, InterruptedException {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
      assertEquals(0, kill.waitFor());
    }
  }
}

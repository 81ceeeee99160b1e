package dev.vantage.tsdb.soak;

import dev.vantage.tsdb.testkit.JavaProcess;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server process, started like by its launcher, and its resources. */
final class SoakServer implements AutoCloseable {
  private static final String MAIN = "dev.vantage.tsdb.server.ServerMain";
  private static final String READY = "listening on ";
  private static final Pattern LIVE = Pattern.compile("(?m)^Total +[0-9]+ +([0-9]+)");

  private final Process process;
  private final Path java;
  private final int port;

  private SoakServer(Process process, Path java, int port) {
    this.process = process;
    this.java = java;
    this.port = port;
  }

  /** The Java of this process. */
  static Path thisJava() {
    return Path.of(System.getProperty("java.home"));
  }

  /** The Java that {@code -Dtsdb.soak.java} says, or that of this process. */
  static Path chosenJava() {
    return Path.of(System.getProperty("tsdb.soak.java", System.getProperty("java.home")));
  }

  static SoakServer start(Path java, Path database, String... more) throws IOException {
    Path log = database.resolveSibling(database.getFileName() + ".log");
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--db", database.toString(), "--listen", "127.0.0.1:0"));
    arguments.addAll(List.of(more));
    if (!arguments.contains("--read-only")) {
      arguments.add("--create");
    }
    ProcessBuilder builder =
        JavaProcess.of(main(), arguments.toArray(String[]::new))
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    List<String> command = builder.command();
    command.set(0, java.resolve("bin").resolve("java").toString());
    command.remove("-XX:TieredStopAtLevel=1"); // this one lasts
    command.add(1, "--add-modules=jdk.incubator.vector");
    command.add(1, "-Xmx1g");
    command.add(1, "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    String options = System.getProperty("tsdb.soak.jvm", "");
    command.addAll(1, List.of(options.isEmpty() ? new String[0] : options.split(" ")));
    Process process = builder.start();
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    String line = said.readLine();
    if (line == null || !line.startsWith(READY)) {
      process.destroyForcibly();
      throw new AssertionError("server must start: " + line + "\n" + Files.readString(log));
    }
    return new SoakServer(
        process, java, Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)));
  }

  /** The class is there when tests run, not when they are compiled. */
  private static Class<?> main() {
    try {
      return Class.forName(MAIN);
    } catch (ClassNotFoundException e) {
      throw new AssertionError("server must be on the class path", e);
    }
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /** What the process holds once what nobody needs is gone. */
  record Held(long heapBytes, long threads, long files) {}

  Held held() throws IOException, InterruptedException {
    jcmd("GC.run"); // the first one only enqueues some of what can go
    Matcher live = LIVE.matcher(jcmd("GC.class_histogram")); // collects, and counts what is left
    if (!live.find()) {
      throw new AssertionError("live objects must be known");
    }
    return new Held(Long.parseLong(live.group(1)), threads(), files());
  }

  private long threads() throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith("Threads:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
      return all.count();
    }
  }

  private String jcmd(String what) throws IOException, InterruptedException {
    String jcmd = java + File.separator + "bin" + File.separator + "jcmd";
    Process asked =
        new ProcessBuilder(jcmd, Long.toString(process.pid()), what)
            .redirectErrorStream(true)
            .start();
    String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    asked.waitFor();
    return said;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends the server as a crash would. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  @Override
  public void close() {
    process.destroy();
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("server must end in time");
      }
    } catch (InterruptedException e) {
      throw new AssertionError("test was interrupted", e);
    }
  }
}

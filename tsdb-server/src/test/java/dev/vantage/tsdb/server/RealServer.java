package dev.vantage.tsdb.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command {@code tsdb-server} as a process of its own, killed at the end. */
final class RealServer implements AutoCloseable {
  private final Process process;
  private final int port;

  /**
   * Starts the command and waits until it listens.
   *
   * @param errors where its log goes
   */
  RealServer(ProcessBuilder.Redirect errors, List<String> javaOptions, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), ServerMain.class.getName()));
    command.addAll(List.of("--listen", "127.0.0.1:0"));
    command.addAll(List.of(arguments));
    process = new ProcessBuilder(command).redirectError(errors).start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    if (line == null) {
      process.destroyForcibly();
      throw new IOException("server must listen: command=" + command);
    }
    port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
  }

  int port() {
    return port;
  }

  /** Sends SIGTERM, and gives the exit code. */
  int terminate() throws InterruptedException {
    process.toHandle().destroy();
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      throw new AssertionError("process must end within a minute");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

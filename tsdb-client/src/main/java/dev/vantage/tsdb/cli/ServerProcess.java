package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.UnavailableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, on a free port of this machine. */
final class ServerProcess implements AutoCloseable {
  private static final String MAIN = "dev.vantage.tsdb.server.Main";
  private static final String READY = "listening on ";
  private static final long END_SECONDS = 15;

  private final Process process;
  private final String address;

  private ServerProcess(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /** Starts a server and waits until it listens. Its log goes to a file. */
  static ServerProcess start(Path directory, Path log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(MAIN, "--db", directory.toString(), "--listen", "127.0.0.1:0"));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.to(log.toFile())).start();
    try {
      return new ServerProcess(process, address(process.inputReader(), log));
    } catch (IOException | RuntimeException e) {
      end(process);
      throw e;
    }
  }

  private static String address(BufferedReader out, Path log) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(READY)) {
        return line.substring(READY.length()).strip();
      }
    }
    throw new UnavailableException("server must start: it ended first, see its log: log=" + log);
  }

  /** Host and port. */
  String address() {
    return address;
  }

  /** Ends the process. Closing twice is harmless. */
  @Override
  public void close() {
    end(process);
  }

  private static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

package dev.vantage.tsdb.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts a server in a process of its own. */
final class DemoServer {
  private static final String MAIN = "dev.vantage.tsdb.server.ServerMain";
  private static final String READY = "listening on ";
  private static final long STOP_SECONDS = 15;

  private DemoServer() {}

  /** Starts a server on a free port, with the class path of this process. Returns its address. */
  static String start(Path database, Path log, Cleanup cleanup) throws IOException {
    ProcessBuilder command =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    MAIN,
                    "--db",
                    database.toString(),
                    "--listen",
                    "127.0.0.1:0"))
            .redirectError(log.toFile());
    Process process = cleanup.make(command::start, DemoServer::stop);
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = said.readLine();
    if (line == null || !line.startsWith(READY)) {
      throw new IOException("server must start: it said=" + line + ", log=" + log);
    }
    return line.substring(READY.length());
  }

  private static void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

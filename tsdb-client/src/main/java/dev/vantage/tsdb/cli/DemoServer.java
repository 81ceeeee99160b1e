package dev.vantage.tsdb.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Starts a server in a process of its own. */
final class DemoServer {
  private static final String MAIN = "dev.vantage.tsdb.server.ServerMain";
  private static final String HOME = "tsdb.home";
  private static final String READY = "listening on ";
  private static final long STOP_SECONDS = 15;

  private DemoServer() {}

  /** Starts a server on a free port. Returns its address. */
  static String start(Path database, Path log, Cleanup cleanup) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(program());
    words.addAll(List.of("--db", database.toString(), "--listen", "127.0.0.1:0"));
    ProcessBuilder command = new ProcessBuilder(words).redirectError(log.toFile());
    // The settings of the server that this machine may have are for that one.
    command.environment().put("TSDB_SERVER_CONFIG", "");
    Process process = cleanup.make(command::start, DemoServer::stop);
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = said.readLine();
    if (line == null || !line.startsWith(READY)) {
      throw new IOException("server must start: it said=" + line + ", log=" + log);
    }
    return line.substring(READY.length());
  }

  /** The server's jar, in an archive or in a checkout, or else the class path of this process. */
  private static List<String> program() {
    Path home = Path.of(System.getProperty(HOME, ""));
    return Stream.of("lib", "tsdb-server/target/lib")
        .map(directory -> home.resolve(directory).resolve("tsdb-server.jar"))
        .filter(Files::exists)
        .findFirst()
        .map(jar -> List.of("-jar", jar.toString()))
        .orElseGet(() -> List.of("-cp", System.getProperty("java.class.path"), MAIN));
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

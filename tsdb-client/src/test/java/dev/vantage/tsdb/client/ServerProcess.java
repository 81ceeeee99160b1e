package dev.vantage.tsdb.client;

import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.testkit.JavaProcess;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, over the database in a directory. */
public final class ServerProcess implements AutoCloseable {
  private static final String MAIN = "dev.vantage.tsdb.server.ServerMain";
  private static final String READY = "listening on ";
  private static final long END_SECONDS = 60;

  private final Process process;
  private final String address;

  private ServerProcess(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /** Makes a database with these settings, and starts a server over it on a free port. */
  public static ServerProcess start(Path database, Settings settings) throws IOException {
    OpenOptions options = OpenOptions.DEFAULT.withAccess(OpenOptions.Access.CREATE);
    Tsdb.open(database, options.withSettings(settings)).close();
    return start(database, 0);
  }

  /** Starts a server over a database; port 0 is any free one. */
  public static ServerProcess start(Path database, int port, String... more) throws IOException {
    Path log = database.resolveSibling(database.getFileName() + ".log");
    return start(database.toString(), log, port, more);
  }

  /** Starts a server over a database in any place, which logs to a file. */
  public static ServerProcess start(String database, Path log, int port, String... more)
      throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--db", database, "--listen", "127.0.0.1:" + port));
    arguments.addAll(List.of(more));
    if (!arguments.contains("--read-only")) {
      arguments.add("--create");
    }
    ProcessBuilder builder =
        JavaProcess.of(main(), arguments.toArray(String[]::new))
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    logAsAlone(builder.command());
    Process process = builder.start();
    String line = process.inputReader(StandardCharsets.UTF_8).readLine();
    if (line == null || !line.startsWith(READY)) {
      process.destroyForcibly();
      throw new AssertionError("server must start: " + line + "\n" + Files.readString(log));
    }
    return new ServerProcess(process, line.substring(READY.length()));
  }

  /** Has the server log as it does without the command line beside it, which logs less. */
  private static void logAsAlone(List<String> command) {
    String own = Path.of(location(main())).toString();
    int classPath = command.indexOf("-cp") + 1;
    command.set(classPath, own + File.pathSeparator + command.get(classPath));
  }

  private static URI location(Class<?> type) {
    try {
      return type.getProtectionDomain().getCodeSource().getLocation().toURI();
    } catch (URISyntaxException e) {
      throw new AssertionError("class must be in a file", e);
    }
  }

  /** The class is there when tests run, not when they are compiled. */
  private static Class<?> main() {
    try {
      return Class.forName(MAIN);
    } catch (ClassNotFoundException e) {
      throw new AssertionError("server must be on the class path", e);
    }
  }

  public String address() {
    return address;
  }

  public int port() {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  public long pid() {
    return process.pid();
  }

  /** Tells the server to end as an operator would, and does not wait. */
  public void terminate() {
    // By its handle: the process itself would close the streams too.
    process.toHandle().destroy();
  }

  /** Waits until the server has ended by itself, and says how. */
  public int exitCode() {
    awaitEnd();
    return process.exitValue();
  }

  /** Ends the server as a crash would, and waits until it is gone. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Ends the server as an operator would, and waits until it is gone. */
  @Override
  public void close() {
    process.destroy();
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("server must end in time: seconds=" + END_SECONDS);
      }
    } catch (InterruptedException e) {
      throw new AssertionError("test was interrupted", e);
    }
  }
}

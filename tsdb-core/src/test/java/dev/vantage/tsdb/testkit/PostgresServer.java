package dev.vantage.tsdb.testkit;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A PostgreSQL server for tests, with the durability of production, on a free port of this machine.
 * Strings are not ordered by bytes unless a column requires it, and clients need a password.
 * Starting a server takes about a second. If none can run, the test is skipped, or fails with
 * {@code -Dtsdb.postgres=required}. Nothing is left behind, even if the JVM is killed.
 */
public final class PostgresServer implements AutoCloseable {
  /** The log line of a server that is ready. */
  private static final String READY = "database system is ready to accept ";

  private static final String USER = "tsdb";
  private static final int DEADLINE_SECONDS = 60;
  private static final int SAID_AT_MOST = 200;

  private final PostgresInstallation installation;
  private final Path directory;
  private final String password;
  private final AtomicInteger databases = new AtomicInteger();
  private final ConcurrentLinkedQueue<String> said = new ConcurrentLinkedQueue<>();
  private int port;
  private int copies;
  private Optional<Running> running = Optional.empty();

  /**
   * A running server.
   *
   * @param started the process that was started
   * @param postmaster the server's own process, which may be a child of the started process
   */
  private record Running(Process started, ProcessHandle postmaster) {}

  private PostgresServer(PostgresInstallation installation, String password) throws IOException {
    this.installation = installation;
    this.directory = installation.newDirectory();
    this.password = password;
  }

  private static String newPassword() {
    byte[] secret = new byte[16];
    new SecureRandom().nextBytes(secret);
    return HexFormat.of().formatHex(secret);
  }

  /** Starts a server for one caller, who may kill it. */
  public static PostgresServer start() throws IOException, InterruptedException {
    PostgresInstallation installation = installation();
    PostgresServer server = new PostgresServer(installation, newPassword());
    server.initialise();
    server.startOnFreePort();
    return server;
  }

  /** Starts a standby that follows this server. Kills and restarts this server to copy its data. */
  public PostgresServer startStandby() throws IOException, InterruptedException {
    PostgresServer standby = new PostgresServer(installation, password);
    killHard();
    List<String> copy = List.of("cp", "-a", data().toString(), standby.data().toString());
    PostgresAccount.failure(copy).ifPresent(problem -> fail("copy failed: " + problem));
    restart();
    Files.deleteIfExists(standby.data().resolve("postmaster.pid"));
    Files.writeString(
        standby.data().resolve("postgresql.auto.conf"),
        "primary_conninfo = 'host=127.0.0.1 port=%d user=%s password=%s'%n"
            .formatted(port, USER, password),
        StandardOpenOption.APPEND);
    PostgresAccount.give(Files.createFile(standby.data().resolve("standby.signal")));
    standby.startOnFreePort();
    return standby;
  }

  private void startOnFreePort() throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      // Another process may take the port before the server does.
      port = freePort();
      Optional<String> problem = tryToStart();
      if (problem.isEmpty()) {
        return;
      }
      if (attempt == 3) {
        fail("PostgreSQL did not start: " + problem.get());
      }
    }
  }

  /**
   * Returns the shared server of this JVM, started on first use. Callers use databases of their own
   * and must not kill it.
   */
  public static PostgresServer shared() {
    installation();
    return Shared.SERVER;
  }

  /** Creates an empty database and returns its name. */
  public String createDatabase() throws SQLException {
    String name = "test" + databases.incrementAndGet();
    try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return name;
  }

  /** Returns the PostgreSQL address of a database, with user and password. */
  public String url(String database) {
    return "postgresql://" + USER + ":" + password + "@127.0.0.1:" + port + "/" + database;
  }

  /** Returns the JDBC address of a database, with user and password. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s&password=%s"
        .formatted(port, database, USER, password);
  }

  /** Kills the server and all its processes, like a crash of the machine. */
  public void killHard() throws IOException {
    if (running.isEmpty()) {
      return;
    }
    ProcessHandle postmaster = running.get().postmaster();
    List<ProcessHandle> children = postmaster.descendants().toList();
    postmaster.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    running.get().started().onExit().join();
    running = Optional.empty();
    installation.release(postmaster.pid());
  }

  /** Starts a server that was killed again, on the same data and port. */
  public void restart() throws IOException, InterruptedException {
    if (running.isPresent()) {
      throw new IllegalStateException("only a server that was killed can start again");
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    // A process of the killed server may live briefly, and locks the data.
    Optional<String> problem = tryToStart();
    while (problem.isPresent() && System.nanoTime() < deadline) {
      problem = tryToStart();
    }
    problem.ifPresent(why -> fail("PostgreSQL did not start again: " + why));
  }

  /** Kills the server, copies all of its data, and starts it again. */
  public Path save() throws IOException, InterruptedException {
    killHard();
    Path copy = directory.resolve("saved-" + copies++);
    copyData(data(), copy);
    restart();
    return copy;
  }

  /**
   * Kills the server and starts it with saved data: all later commits are lost, as after a failover
   * to a standby that was behind.
   */
  public void rollBack(Path saved) throws IOException, InterruptedException {
    killHard();
    Files.move(data(), directory.resolve("lost-" + copies++));
    copyData(saved, data());
    restart();
  }

  /** Copies data with owners and permissions. */
  private static void copyData(Path from, Path to) throws InterruptedException {
    PostgresAccount.failure(List.of("cp", "-a", from.toString(), to.toString()))
        .ifPresent(problem -> fail("data cannot be copied: " + problem));
  }

  /** Ends the server and deletes its data. */
  @Override
  public void close() throws IOException {
    killHard();
  }

  private static PostgresInstallation installation() {
    PostgresInstallation installation = PostgresInstallation.ofThisJvm();
    installation
        .problem()
        .map(problem -> "PostgreSQL cannot run here: " + problem)
        .ifPresent(
            problem -> {
              if ("required".equals(System.getProperty("tsdb.postgres"))) {
                fail(problem);
              }
              abort(problem);
            });
    return installation;
  }

  private Path data() {
    return directory.resolve("data");
  }

  private void initialise() throws IOException, InterruptedException {
    Path secret = Files.writeString(directory.resolve("password"), password);
    List<String> command =
        installation.command(
            "initdb",
            "--pgdata=" + data(),
            "--username=" + USER,
            "--pwfile=" + secret,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=icu",
            "--icu-locale=en",
            "--no-sync");
    PostgresAccount.failure(command).ifPresent(problem -> fail("initdb failed: " + problem));
  }

  /** Starts the server and waits until it is ready; if it ends, returns its output. */
  private Optional<String> tryToStart() throws IOException, InterruptedException {
    said.clear();
    List<String> command =
        installation.command(
            "postgres",
            "-D",
            data().toString(),
            "-p",
            Integer.toString(port),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
            "-c",
            "fsync=on",
            "-c",
            "synchronous_commit=on",
            "-c",
            "full_page_writes=on",
            "-c",
            "shared_buffers=32MB");
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    CompletableFuture<Boolean> ready = new CompletableFuture<>();
    Thread reader = new Thread(() -> listen(process, ready), "postgres-" + port);
    reader.setDaemon(true);
    reader.start();
    try {
      if (!ready.get(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
        process.waitFor();
        return Optional.of(String.join("\n", said));
      }
    } catch (TimeoutException | ExecutionException e) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      return Optional.of("no answer in " + DEADLINE_SECONDS + " s\n" + String.join("\n", said));
    }
    ProcessHandle postmaster = postmaster();
    installation.guard(postmaster.pid());
    running = Optional.of(new Running(process, postmaster));
    return Optional.empty();
  }

  private void listen(Process process, CompletableFuture<Boolean> ready) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
        if (said.size() > SAID_AT_MOST) {
          said.poll();
        }
        if (line.contains(READY)) {
          ready.complete(true);
        }
      }
      ready.complete(false);
    } catch (IOException e) {
      ready.completeExceptionally(e);
    }
  }

  /**
   * Returns the server's own process, which may be a child of the command that changed the user.
   */
  private ProcessHandle postmaster() throws IOException {
    long process = Long.parseLong(Files.readAllLines(data().resolve("postmaster.pid")).get(0));
    return ProcessHandle.of(process)
        .orElseThrow(() -> new IOException("PostgreSQL ended: " + String.join("\n", said)));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static final class Shared {
    static final PostgresServer SERVER = make();

    private static PostgresServer make() {
      try {
        return start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}

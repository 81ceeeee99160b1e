package dev.vantage.tsdb.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command as a process of its own. */
class ServerMainTest {
  /** The exit code after SIGTERM, when all requests were answered. */
  private static final int TERMINATED = 0;

  private final List<Process> started = new ArrayList<>();

  @TempDir private Path directory;

  @AfterEach
  void endWhatIsLeft() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void servesUntilItIsTerminatedAndFindsItsDataAgain() throws Exception {
    String database = directory.resolve("new/db").toString();
    Process first = start("--db", database, "--create", "--listen", "127.0.0.1:0");
    try (BufferedReader out = output(first);
        TestClient client = new TestClient(port(out))) {
      client.assertAlive();
      client.payload("{\"op\":\"insert\",\"id\":\"a\",\"ts\":[1,2,3]}");
      terminate(first);
      client.assertClosed();
      assertEquals(null, out.readLine(), "only one line is printed");
      assertEquals(TERMINATED, exitCode(first));
      assertFalse(errors().contains("Exception"), this::errors);
      assertTrue(errors().contains("opening " + database + " {"), this::errors);
      assertTrue(
          Pattern.compile("opened " + Pattern.quote(database) + " in [0-9.]+ s")
              .matcher(errors())
              .find(),
          this::errors);
    }
    Process second =
        start("--db", database, "--listen", "localhost:0", "--threads", "1", "--spectra", "disk");
    try (BufferedReader out = output(second);
        TestClient client = new TestClient(port(out))) {
      assertEquals("[\"a\"]", client.payload("{\"op\":\"ids\"}").toString());
      client.payload("{\"op\":\"insert\",\"id\":\"b\",\"ts\":[1,2,4]}");
      assertEquals(
          "disk",
          client.payload("{\"op\":\"stats\"}").at("/memory/spectra").textValue(),
          "once a spectrum was not kept");
    }
    terminate(second);
    assertEquals(TERMINATED, exitCode(second));
  }

  @Test
  void addressesThatOthersReachNeedAFlag() throws Exception {
    for (String address : List.of("0.0.0.0:0", "[::]:0", "10.0.0.1:0")) {
      Process process = start("--db", directory.resolve("db").toString(), "--listen", address);
      assertEquals(2, exitCode(process));
      assertTrue(errors().contains("--insecure"), this::errors);
      assertFalse(Files.exists(directory.resolve("db")));
    }
  }

  @Test
  void theFlagOpensThem() throws Exception {
    String database = directory.resolve("db").toString();
    Process process = start("--db", database, "--create", "--listen", "0.0.0.0:0", "--insecure");
    try (BufferedReader out = output(process);
        TestClient client = new TestClient(port(out))) {
      client.assertAlive();
    }
    terminate(process);
    assertEquals(TERMINATED, exitCode(process));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "                            ~ --db is missing",
        "--db                        ~ --db needs a value: --db DIR|URL",
        "--db x --listne 127.0.0.1:0 ~ no such option: '--listne', nearest=--listen",
        "--db x --db y               ~ --db must be given once",
        "--db x --create=1           ~ --create takes no value: '1'",
        "--db x extra                ~ options alone are expected: 'extra'",
        "--db x --idle-timeout 5     ~ --idle-timeout must be a number and ms, s, m or h: '5'",
        "--db x --threads none       ~ --threads must be a whole number",
        "--db x --cache-mb -1        ~ --cache-mb must be from 0 to",
        "--db x --max-frame 1        ~ --max-frame must be >= 6: value=1",
      })
  void optionsAreNamedInMessages(String arguments, String words) {
    StringWriter err = new StringWriter();
    CommandLine command = ServerMain.commandLine().setErr(new PrintWriter(err, true));
    int code = command.execute(arguments == null ? new String[0] : arguments.split(" +"));
    assertEquals(2, code, err::toString);
    assertTrue(err.toString().startsWith("tsdb-server: " + words), err::toString);
  }

  @Test
  void badUsageIsToldInALine() throws Exception {
    for (List<String> args :
        List.of(
            List.<String>of(),
            List.of("--db"),
            List.of("--db", "x", "--listen", "7207"),
            List.of("--db", "x", "--idle-timeout", "5"),
            List.of("--db", "x", "--max-frame", "5"),
            List.of("--db", "x", "--max-connections", "0"),
            List.of("--db", "x", "--threads", "0"),
            List.of("--db", "x", "--spectra", "tape"),
            List.of("--db", "x", "--port", "1"),
            List.of("--db", "x", "more"))) {
      Process process = start(args.toArray(new String[0]));
      assertEquals(2, exitCode(process), args::toString);
      assertTrue(errors().startsWith("tsdb-server: "), this::errors);
      assertFalse(errors().contains("\tat "), this::errors);
    }
  }

  @Test
  void aTypoMakesNoDatabase() throws Exception {
    Path typo = directory.resolve("strs.db");
    Process process = start("--db", typo.toString(), "--listen", "127.0.0.1:0");
    assertEquals(1, exitCode(process));
    assertTrue(errors().contains("must hold a database: directory=" + typo), this::errors);
    assertTrue(errors().contains("hint: --create makes one"), this::errors);
    assertFalse(Files.exists(typo));
    assertEquals(2, exitCode(start("--db", typo.toString(), "--create", "--read-only")));
  }

  @Test
  void hangUpReadsTheLevelOfTheLogAndTheTokensAgain() throws Exception {
    Path tokens = Files.writeString(directory.resolve("tokens"), "write 0123456789abcdef loader\n");
    Files.setPosixFilePermissions(tokens, PosixFilePermissions.fromString("rw-------"));
    Path config = directory.resolve("server.conf");
    String settings =
        "db = %s%ncreate = true%nlisten = 127.0.0.1:0%nlog-format = json%ntoken-file = %s%n"
            .formatted(directory.resolve("db"), tokens);
    Files.writeString(config, settings + "log-level = info\n");
    Process process = start("--config", config.toString());
    try (BufferedReader out = output(process)) {
      int port = port(out);
      assertTrue(errors().lines().findFirst().orElseThrow().contains(" starts\""), this::errors);
      new TestClient(port).close();
      Files.writeString(tokens, "write fedcba9876543210 loader\n");
      Files.writeString(config, settings + "log-level = debug\n");
      new ProcessBuilder("kill", "-HUP", String.valueOf(process.pid())).start().waitFor();
      TestServer.await(
          "the new level", () -> connects(port) && errors().contains("connection ended"));
      assertTrue(errors().contains("files read again"), this::errors);
      try (TestClient client = new TestClient(port)) {
        client.payload("{\"op\":\"hello\",\"token\":\"fedcba9876543210\"}");
      }
      assertTrue(process.isAlive(), this::errors);
    }
    terminate(process);
    assertEquals(TERMINATED, exitCode(process));
    assertTrue(errors().lines().allMatch(line -> line.startsWith("{\"time\":")), this::errors);
  }

  private static boolean connects(int port) {
    try (TestClient client = new TestClient(port)) {
      client.status("{\"op\":\"ping\"}");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void whatCannotStartSaysWhy() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "not a directory");
    Process process = start("--db", file.resolve("db").toString(), "--listen", "127.0.0.1:0");
    assertEquals(1, exitCode(process));
    assertTrue(errors().contains("tsdb-server: "), this::errors);
    assertFalse(errors().contains("\tat "), this::errors);
    assertEquals(
        1, exitCode(start("--db", file.toString(), "--create", "--listen", "127.0.0.1:0")));
    String inTheWay = "database cannot be made: directory=" + file + ", reason=file exists\n";
    assertTrue(errors().endsWith(inTheWay), this::errors);
    try (ServerSocket taken = new ServerSocket(0)) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      Process second =
          start("--db", directory.resolve("db").toString(), "--create", "--listen", address);
      assertEquals(1, exitCode(second));
      assertTrue(errors().contains("address must be free"), this::errors);
      assertFalse(errors().contains("\tat "), this::errors);
    }
    String nowhere = "-Djava.io.tmpdir=" + directory.resolve("nowhere");
    Process third =
        startWith(
            List.of(nowhere),
            "--db",
            directory.resolve("new").toString(),
            "--create",
            "--listen",
            "127.0.0.1:0");
    assertEquals(1, exitCode(third));
    assertTrue(errors().contains("directory of temporary files"), this::errors);
    assertFalse(errors().contains("\tat "), this::errors);
  }

  @Test
  void helpAndVersionArePrinted() throws Exception {
    Process help = start("--help");
    try (BufferedReader out = output(help)) {
      assertTrue(out.lines().toList().stream().anyMatch(line -> line.contains("--max-frame")));
    }
    assertEquals(0, exitCode(help));
    Process version = start("--version");
    try (BufferedReader out = output(version)) {
      assertTrue(out.readLine().startsWith("tsdb-server "));
    }
    assertEquals(0, exitCode(version));
  }

  @Test
  void whatCannotBePrintedEndsIt() throws Exception {
    File full = new File("/dev/full");
    assumeTrue(full.exists(), "this system has no /dev/full");
    String database = directory.resolve("db").toString();
    for (List<String> args :
        List.of(
            List.of("--help"),
            List.of("--version"),
            List.of("--db", database, "--create", "--listen=127.0.0.1:0", "--log-level=error"))) {
      Process process =
          builder(List.of(), args.toArray(String[]::new)).redirectOutput(full).start();
      started.add(process);
      assertEquals(1, exitCode(process), args::toString);
      List<String> lines = errors().lines().filter(line -> line.startsWith("tsdb-server")).toList();
      assertEquals(1, lines.size(), this::errors);
      assertTrue(lines.get(0).contains("cannot write to standard output"), this::errors);
      assertFalse(errors().contains("\tat "), this::errors);
    }
  }

  @Test
  void noSecretIsQuoted() throws Exception {
    for (List<String> args :
        List.of(
            List.of("--db", "x", "--listen", "postgresql://u:s3cr3t word@h/db"),
            List.of("--db", "x", "--password", "s3cr3t"),
            List.of("--db", "postgresql://u:s3cr3t word@h:port/db"),
            List.of("--db", "x", "--token-file", "s3cr3t-0123456789-ABCDEF"),
            List.of("--db", "x", "jdbc:postgresql://h/db?password=s3cr3t"))) {
      Process process = start(args.toArray(String[]::new));
      assertTrue(exitCode(process) > 0, args::toString);
      assertFalse(errors().contains("s3cr3t"), this::errors);
    }
  }

  @Test
  void aFrameThatMemoryCannotHoldHarmsNobody() throws Exception {
    String database = directory.resolve("db").toString();
    Process process =
        startWith(List.of("-Xmx48m"), "--create", "--db", database, "--listen", "127.0.0.1:0");
    try (BufferedReader out = output(process)) {
      int port = port(out);
      try (TestClient large = new TestClient(port);
          TestClient small = new TestClient(port)) {
        small.assertAlive();
        large.send("{\"op\":\"ping\"}" + " ".repeat(60 << 20));
        assertEquals(6, large.receive().get("status").intValue());
        large.assertClosed();
        small.assertAlive();
      }
      try (TestClient next = new TestClient(port)) {
        next.assertAlive();
      }
    }
    terminate(process);
    assertEquals(TERMINATED, exitCode(process));
  }

  private Process start(String... args) throws IOException {
    return startWith(List.of(), args);
  }

  private Process startWith(List<String> javaOptions, String... args) throws IOException {
    Process process = builder(javaOptions, args).start();
    started.add(process);
    return process;
  }

  private ProcessBuilder builder(List<String> javaOptions, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions);
    // As the manifest of the server's jar says, so that Java prints no warning.
    command.add("--enable-native-access=ALL-UNNAMED");
    // The log of this process is configured as for users; the tests hide their own log.
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=info");
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), ServerMain.class.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectError(directory.resolve("errors").toFile());
  }

  private String errors() {
    try {
      return Files.readString(directory.resolve("errors"));
    } catch (IOException e) {
      throw new AssertionError("errors must be readable", e);
    }
  }

  private static BufferedReader output(Process process) {
    return process.inputReader(StandardCharsets.UTF_8);
  }

  private int port(BufferedReader out) throws IOException {
    String line = out.readLine();
    assertTrue(line != null && line.matches("listening on [0-9.]+:[0-9]+"), () -> line + errors());
    return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
  }

  /** Sends the signal and leaves the output open, which {@link Process#destroy} does not. */
  private static void terminate(Process process) {
    assertTrue(process.toHandle().destroy());
  }

  private static int exitCode(Process process) throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("process must end within a minute");
    }
    return process.exitValue();
  }
}

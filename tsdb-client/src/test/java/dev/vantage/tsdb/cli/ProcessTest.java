package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.client.ServerProcess;
import dev.vantage.tsdb.testkit.Mount;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteJDBCLoader;

/** The command in its own process, as a shell sees it. */
class ProcessTest {
  private static final Path PROJECT = Path.of(System.getProperty("tsdb.project"));
  private static final String SERVER_VARIABLE = "TSDB_SERVER";

  @TempDir private Path temporary;

  private String path(String name) {
    return temporary.resolve(name).toString();
  }

  @Test
  void exitCodesAndStreams() throws Exception {
    String address;
    try (ServerProcess server =
        ServerProcess.start(temporary.resolve("db"), Settings.DEFAULT.withLength(16))) {
      address = server.address();
      Run stored =
          Run.process(
              "0 1\n0.25 5\n0.5 2\n",
              Run.command("insert", "a", "--file", "-", "--server", address));
      assertEquals("inserted a\n", stored.answered().out());
      ProcessBuilder found =
          Run.command("--format", "csv", "similar", "--file", "-", "--period", "2");
      found.environment().put(SERVER_VARIABLE, address);
      List<String> lines = Run.process("2 1\n2.5 5\n3 2\n", found).answered().lines();
      assertEquals("id,distance,lag", lines.get(0));
      assertTrue(lines.get(1).matches("a,[0-9].*,0") && lines.size() == 2, lines::toString);
      assertEquals(1, Run.process("list", "--format", "json", "--server", address).json().size());
      Run spent =
          Run.process(
              "0 1\n0.3 2\n0.6 7\n",
              Run.command("similar", "--file=-", "--budget-distances=0", "--server", address));
      assertEquals("id  distance  lag  shift\n", spent.out());
      assertTrue(spent.err().startsWith("the budget was spent: series at distance 0."), spent::err);
      assertEquals(0, spent.code());
      assertEquals(
          "query,id,distance,lag\n",
          Run.process("similar", "a", "a", "--format=csv", "--server", address).answered().out());
      Run.process("get", "b", "--server", address).failed(1, "INVALID_KEY: no series has this id");
      assertEquals("", Run.process("", found).failed(1, "standard input:1: file must").out());
    }
    Run.process("get", "a", "--server", address)
        .failed(3, "server must be reachable: address=" + address);
    Run.process("gett", "a").failed(2, "nearest=get");
    Run.process().failed(2, "a command is missing");
  }

  @Test
  void theUsualServerIsOnThisMachine() throws Exception {
    ProcessBuilder stats = Run.command("stats");
    // Port 1 is for the system, and nothing listens there.
    stats.environment().put(SERVER_VARIABLE, "127.0.0.1:1");
    Run.process("", stats).failed(3, "address=127.0.0.1:1, tries=3");
    stats.environment().put(SERVER_VARIABLE, "no address");
    Run.process("", stats).failed(2, "server must be HOST:PORT");
  }

  @Test
  void textIsUtf8WhateverTheLocale() throws Exception {
    Run.here("create", "--db", path("db"), "--length", "16").answered();
    Path file = temporary.resolve("\u00e9toiles.tsv");
    Files.writeString(file, "b\u00eate \u20ac\t1\t2\t3\n");
    Run.here("import", "--db", path("db"), "--as", "wide", file.toString()).answered();
    ProcessBuilder list = Run.command("list", "--db", path("db"));
    list.environment().put("LC_ALL", "C");
    assertEquals("id\nb\u00eate \u20ac\n", Run.process("", list).answered().out());
  }

  @Test
  void generateWritesTheSameBytesInAnyLocale() throws Exception {
    ProcessBuilder generate = Run.command("generate", "--count=1000", "--seed=1", "--output", "-");
    generate.command().addAll(1, List.of("-Duser.language=ar", "-Duser.country=EG"));
    Run run = Run.process("", generate).answered();
    assertArrayEquals(
        Files.readAllBytes(PROJECT.resolve("data/bumps-1000.tsv")),
        run.out().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void noPasswordIsQuoted() throws Exception {
    String password = "s3cr3t word";
    String address = "postgresql://u:" + password + "@h/db";
    for (List<String> arguments :
        List.of(
            List.of(address),
            List.of("list", address),
            List.of("get", address, "--server=127.0.0.1:1"),
            List.of("list", "--server", address),
            List.of("list", "--server=127.0.0.1:1", "--token-file", address),
            List.of("import", address, "--db", path("none")),
            List.of("list", "--dbase=" + address),
            List.of("list", "--password", password),
            List.of("list", "--db=" + address))) {
      Run run = Run.process(arguments.toArray(String[]::new));
      assertTrue(run.code() > 0, run::toString);
      for (String word : password.split(" ")) {
        assertTrue(!run.out().contains(word) && !run.err().contains("s3cr3t"), run::toString);
      }
    }
  }

  /** The driver tries to remove the file, as if another process had removed it first. */
  @Test
  void whatAnotherProcessLeftIsNoneOfTheUsersBusiness() throws Exception {
    Path left = temporary.resolve("sqlite-" + SQLiteJDBCLoader.getVersion() + "-libsqlitejdbc.so");
    Files.createFile(Files.createDirectory(left).resolve("in use"));
    Run.process("", withTemporaryFilesIn(temporary)).answered();
  }

  @Test
  void whereNoTemporaryFileCanBeMadeOneLineSaysSo() throws Exception {
    Path nowhere = temporary.resolve("nowhere");
    Run run = Run.process("", withTemporaryFilesIn(nowhere));
    run.failed(1, "library must be loaded from the directory of temporary files: directory=");
    assertTrue(run.err().contains(nowhere.toString()), run::err);
    assertEquals(1, run.err().lines().count(), run::err);
  }

  /** Commands of every kind: create, read, write and copy a database, or start a server. */
  @Test
  void aDirectoryOfTemporaryFilesThatIsMissingFullOrWithoutProgramsTakesOneLine() throws Exception {
    Run.here("create", "--db", path("db"), "--length=16").answered();
    assertOneLine(
        temporary.resolve("nowhere"),
        List.of("create --db " + path("new"), "list", "import f", "backup " + path("f"), "demo"));
    try (Mount full = Mount.small(temporary.resolve("full"), 1 << 16)) {
      assertOneLine(full.path(), List.of("list", "export " + path("f")));
    }
    try (Mount full = Mount.small(temporary.resolve("noexec"), 1 << 26)) {
      assertTrue(Mount.succeeds(List.of("mount", "-o", "remount,noexec", full.path().toString())));
      assertOneLine(full.path(), List.of("list"));
    }
  }

  private void assertOneLine(Path directory, List<String> verbs) throws Exception {
    for (String verb : verbs) {
      ProcessBuilder command =
          Run.command(
              (verb.matches("demo|.*--db.*") ? verb : verb + " --db " + path("db")).split(" "));
      command.command().add(1, "-Djava.io.tmpdir=" + directory);
      Run run = Run.process("", command);
      assertEquals(1, run.code(), run::toString);
      // Later versions of Java warn of a directory that is missing.
      List<String> lines =
          run.err().lines().filter(line -> !line.startsWith("WARNING: java.io.tmpdir")).toList();
      assertEquals(1, lines.size(), run::toString);
      assertTrue(lines.get(0).contains("directory=" + directory), run::toString);
    }
  }

  private ProcessBuilder withTemporaryFilesIn(Path directory) {
    ProcessBuilder create = Run.command("create", "--db", path("db"));
    create.command().add(1, "-Dorg.sqlite.tmpdir=" + directory);
    return create;
  }

  private static ProcessBuilder demo(Path scratch) {
    ProcessBuilder demo = Run.command("demo");
    // For the server too; and in a language that writes 0,5.
    demo.environment()
        .put("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + scratch + " -Duser.language=de");
    return demo;
  }

  @ParameterizedTest
  @ValueSource(strings = {"1. A database", "2. A server", "   listening on ", "3. The 5 nearest"})
  void aDemoThatIsTerminatedLeavesNothing(String begin) throws Exception {
    Path scratch = Files.createDirectory(temporary.resolve("scratch"));
    Path err = temporary.resolve("err");
    Process process = demo(scratch).redirectError(err.toFile()).start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    while (line != null && !line.startsWith(begin)) {
      line = out.readLine();
    }
    process.toHandle().destroy();
    while (out.readLine() != null) {
      // Reads on, so that nothing is held up.
    }
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it must end");
    assertTrue(Files.readString(err).lines().noneMatch(l -> l.startsWith("\tat ")));
    assertNoProcessHas(scratch);
    try (Stream<Path> left = Files.list(scratch)) {
      assertEquals(List.of(), left.filter(p -> p.toString().contains("tsdb-demo-")).toList());
    }
  }

  private static void assertNoProcessHas(Path scratch) {
    assertTrue(
        ProcessHandle.allProcesses()
            .map(process -> process.info().commandLine().orElse(""))
            .noneMatch(command -> command.contains(scratch.toString())),
        "a server is left");
  }

  @Test
  void theDemoShowsBothQueriesAndLeavesNothing() throws Exception {
    Path scratch = Files.createDirectory(temporary.resolve("scratch"));
    ProcessBuilder demo = demo(scratch);
    Run run = Run.process("", demo);
    assertEquals(0, run.code(), run::toString);
    assertTrue(run.err().lines().allMatch(line -> line.startsWith("NOTE: Picked up")), run::err);
    List<String> lines = run.lines();
    long needed =
        lines.stream()
            .filter(
                line ->
                    line.matches(
                        "   [0-9]+ of (999|1000) exact distances were needed, and (0|20) to vantage"
                            + " points; [0-9]+\\.[0-9] ms"))
            .count();
    assertEquals(2, needed, run::out);
    // Of 1024 points, 256 are a quarter of the period.
    assertTrue(
        lines.stream()
            .anyMatch(l -> l.matches("   bumps-00000042  distance 0\\.00000[0-9]  lag  256")),
        run::out);
    assertEquals(
        10, lines.stream().filter(l -> l.matches("   bumps-.*distance 0\\.[0-9]{6} .*")).count());
    assertNothingIsLeft(scratch, run);
  }

  private static void assertNothingIsLeft(Path scratch, Run run) throws IOException {
    try (Stream<Path> left = Files.list(scratch)) {
      assertEquals(List.of(), left.toList());
    }
    String address =
        run.lines().stream()
            .filter(line -> line.startsWith("   listening on "))
            .findAny()
            .orElseThrow();
    int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    assertNoProcessHas(scratch);
    // The server is gone where its port can be had.
    try (ServerSocket free = new ServerSocket()) {
      free.setReuseAddress(true);
      free.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }
  }
}

package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.client.ServerProcess;
import dev.vantage.tsdb.testkit.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Series that a server refuses do not affect the other series of an import. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("long")
class ImportThroughServerTest {
  private static final String TOKEN = "wrYt7Q-6pPz0m4Kd9sVb2x";

  /** Less than the client asks for before it looks at lengths, and more. */
  private static final List<String> FRAMES = List.of("32KiB", "128KiB");

  @TempDir private static Path directory;

  private static ServerProcess server;
  private static Path tokens;

  @BeforeAll
  static void start() throws IOException {
    tokens = Certificates.secret(directory.resolve("tokens"), "write " + TOKEN);
    Path database = directory.resolve("guarded");
    Tsdb.open(
            database,
            OpenOptions.DEFAULT
                .withAccess(OpenOptions.Access.CREATE)
                .withSettings(Settings.DEFAULT.withLength(16)))
        .close();
    server = ServerProcess.start(database, 0, "--token-file", tokens.toString());
  }

  @AfterAll
  static void end() {
    server.close();
  }

  private static String row(String id, int points) {
    return id
        + new Random(id.hashCode())
            .doubles(points)
            .mapToObj(value -> "\t" + value)
            .collect(Collectors.joining())
        + "\n";
  }

  private static Path wide(String name, int rows, int large, int points) throws IOException {
    return Files.writeString(
        directory.resolve(name),
        IntStream.range(0, rows)
            .mapToObj(i -> row(String.format("%s-%03d", name, i), i == large ? points : 9))
            .collect(Collectors.joining()));
  }

  @Test
  void aSeriesTooLongForAFrameIsRefusedAlone() throws Exception {
    for (String frame : FRAMES) {
      Path database = directory.resolve("db" + frame);
      Run.here("create", "--db", database.toString(), "--length=16").answered();
      Path file = wide("rows" + frame, 100, 40, 20_000);
      try (ServerProcess small = ServerProcess.start(database, 0, "--max-frame", frame)) {
        String[] arguments = {
          "import", "--as", "wide", "--server", small.address(), file.toString()
        };
        Run run = Run.process(arguments);
        assertEquals(1, run.code(), run::toString);
        assertEquals("imported 99, replaced 0, refused 1\n", run.out());
        assertTrue(run.err().startsWith(file + ":41: "), run::err);
        assertEquals(2, run.err().lines().count(), run::err);
        Run again =
            Run.process(
                "import",
                "--replace",
                arguments[1],
                arguments[2],
                arguments[3],
                arguments[4],
                arguments[5]);
        assertEquals("imported 0, replaced 99, refused 1\n", again.out());
        // One alone is a request that failed, and no lost connection.
        Path one = Files.writeString(directory.resolve("one.csv"), columns(200_000));
        Run.process("insert", "long", "--file", one.toString(), "--server", small.address())
            .failed(1, "INVALID_OPERATION: frame must have from");
      }
    }
  }

  private static String columns(int points) {
    return IntStream.range(0, points)
        .mapToObj(i -> i / (double) points + " " + i % 7 + "\n")
        .collect(Collectors.joining());
  }

  @Test
  void tooManyPointsAreRefusedAlone() throws Exception {
    Path database = directory.resolve("points");
    Run.here("create", "--db", database.toString(), "--length=16").answered();
    Path file = wide("points.tsv", 50, 20, 101);
    try (ServerProcess small = ServerProcess.start(database, 0, "--max-points", "100")) {
      Run run = Run.here("import", "--as", "wide", "--server", small.address(), file.toString());
      assertEquals("imported 49, replaced 0, refused 1\n", run.out(), run::toString);
    }
  }

  @Test
  void anImportWhoseTokenEndsSaysWhereItStopped() throws Exception {
    Path token = Certificates.secret(directory.resolve("token"), TOKEN);
    Path pipe = directory.resolve("rows.pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    ProcessBuilder command =
        Run.command(
            "import",
            pipe.toString(),
            "--as=wide",
            "--token-file=" + token,
            "--server",
            server.address());
    Path out = directory.resolve("import.out");
    Path err = directory.resolve("import.err");
    Process process = command.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    try (var rows = Files.newBufferedWriter(pipe)) {
      // A batch is stored once it has a thousand rows.
      for (int i = 0; i < 1000; i++) {
        rows.write(row("early-" + i, 4));
      }
      rows.flush();
      awaitStored(token);
      Files.writeString(tokens, "write " + TOKEN.replace('w', 'W'));
      awaitRefused(token);
      for (int i = 0; i < 300; i++) {
        rows.write(row("late-" + i, 4));
      }
    }
    process.waitFor();
    Files.writeString(tokens, "write " + TOKEN);
    assertEquals(1, process.exitValue(), Files.readString(err));
    List<String> lines = Files.readAllLines(err);
    assertEquals("", Files.readString(out));
    assertTrue(lines.get(0).startsWith(pipe + ":1001 to " + pipe + ":1300, 300 series: "));
    assertEquals(
        "stopped; imported 1000, replaced 0, refused 300; the rest must be imported again: after="
            + pipe
            + ":1000, files after it=0",
        lines.get(1));
    assertTrue(lines.get(2).startsWith("UNAUTHENTICATED: "), lines::toString);
    assertEquals(3, lines.size());
  }

  private static Run listed(Path token) {
    return Run.here("list", "--limit=1001", "--token-file=" + token, "--server", server.address());
  }

  private static void awaitStored(Path token) {
    long end = System.nanoTime() + 60_000_000_000L;
    while (listed(token).lines().size() < 1001) {
      assertTrue(System.nanoTime() < end, "a batch must be stored within a minute");
    }
  }

  private static void awaitRefused(Path token) {
    long end = System.nanoTime() + 60_000_000_000L;
    while (listed(token).code() == 0) {
      assertTrue(System.nanoTime() < end, "the token must end within a minute");
    }
  }
}

package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.OpenOptions.Access;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An import that is stopped by a signal keeps and counts its acknowledged series. */
class InterruptedImportTest {
  private static final Path STANDARD_INPUT = Path.of("/dev/stdin");
  private static final int TERMINATED = 143;
  private static final Pattern SUMMARY =
      Pattern.compile(
          "interrupted; imported (\\d+), replaced 0, refused (\\d+); the rest must be imported"
              + " again: after=/dev/stdin:\\d+, files after it=0");

  @TempDir private Path temporary;

  @Test
  void whatIsCountedIsWhatIsStored() throws Exception {
    assumeTrue(Files.exists(STANDARD_INPUT), "needs " + STANDARD_INPUT);
    Path database = temporary.resolve("db");
    Run.here("create", "--db", database.toString(), "--length", "16", "--vantage-points", "1")
        .answered();
    Path err = temporary.resolve("err");
    Path rejects = temporary.resolve("rejects");
    Process process =
        Run.command(
                "import",
                STANDARD_INPUT.toString(),
                "--as=wide",
                "--rejects",
                rejects.toString(),
                "--db",
                database.toString())
            .redirectError(err.toFile())
            .start();
    CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> writeWithoutEnd(process));
    try {
      awaitSeries(database);
      process.destroy();
      assertTrue(process.waitFor(1, TimeUnit.MINUTES), "process must end within a minute");
    } finally {
      process.destroyForcibly();
    }
    writing.get(1, TimeUnit.MINUTES);
    assertEquals(TERMINATED, process.exitValue());
    try (EmbeddedTsdb tsdb = DatabaseLocation.open(database.toString(), Access.READ_ONLY)) {
      long stored = tsdb.stats().series();
      List<String> lines = Files.readAllLines(err);
      Matcher summary = SUMMARY.matcher(lines.get(lines.size() - 1));
      assertTrue(summary.matches(), lines::toString);
      assertEquals(stored, Long.parseLong(summary.group(1)));
      long refused = Long.parseLong(summary.group(2));
      List<String> bad = Files.readAllLines(rejects);
      assertEquals(refused, bad.stream().filter(line -> line.startsWith("bad")).count());
      assertEquals(2 * refused, bad.size());
      assertTrue(refused > 0, "lines must be refused meanwhile");
    }
  }

  private static void writeWithoutEnd(Process process) {
    try (BufferedWriter rows = process.outputWriter()) {
      for (long row = 1; process.isAlive(); row++) {
        rows.write(row % 100 == 0 ? "bad 1 x 3\n" : "s-" + row + " 1 2 " + (row + 2) + "\n");
      }
    } catch (IOException e) {
      // The test has closed the reading end on purpose.
    }
  }

  private static void awaitSeries(Path database) {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    try (EmbeddedTsdb tsdb = DatabaseLocation.open(database.toString(), Access.READ_ONLY)) {
      while (tsdb.stats().series() == 0) {
        assertTrue(System.nanoTime() < end, "series must be stored within a minute");
        Thread.yield();
        tsdb.refresh();
      }
    }
  }
}

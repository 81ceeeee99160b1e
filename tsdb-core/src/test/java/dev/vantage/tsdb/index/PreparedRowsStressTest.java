package dev.vantage.tsdb.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.testkit.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jcstress.Main;

/** Runs the races of {@link PreparedRowsStress} under every compiler and many schedules. */
@Tag("soak")
class PreparedRowsStressTest {
  @TempDir Path directory;

  private record Outcome(int exit, String log) {}

  @Test
  void noRaceShowsAPartOfARow() throws Exception {
    for (String race : new String[] {"Readers", "WriterAndReader"}) {
      Outcome outcome = run(race);
      assertEquals(0, outcome.exit, outcome.log);
      assertTrue(outcome.log.contains("PreparedRowsStress." + race), outcome.log);
    }
  }

  @Test
  void aBrokenOrderIsFound() throws Exception {
    Outcome outcome = run("BrokenRows");
    assertNotEquals(0, outcome.exit, outcome.log);
    assertTrue(outcome.log.contains("FORBIDDEN"), outcome.log);
  }

  private Outcome run(String race) throws IOException, InterruptedException {
    Path log = directory.resolve(race + ".log");
    ProcessBuilder builder =
        JavaProcess.of(Main.class, "-t", "PreparedRowsStress." + race + "$", "-m", "quick");
    Process process =
        builder
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      return new Outcome(process.waitFor(), Files.readString(log));
    } finally {
      process.destroyForcibly();
    }
  }
}

package dev.vantage.tsdb.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.testkit.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jcstress.Main;

/** Runs the races of {@link PreparedRowsStress} under every compiler and many schedules. */
class PreparedRowsStressTest {
  /** The harness prints its counts at each step, the last of them at the end. */
  private static final Pattern ALL_PASSED =
      Pattern.compile("([1-9]\\d*) planned; \\1 passed, 0 failed, 0 soft errs, 0 hard errs");

  @TempDir Path directory;

  private record Outcome(int exit, String log) {}

  /** The harness makes a class for each race while tests are compiled, and runs nothing else. */
  @ParameterizedTest
  @ValueSource(strings = {"Readers", "WriterAndReader", "BrokenRows"})
  void everyRaceIsMadeForTheHarness(String race) throws ClassNotFoundException {
    String name = PreparedRowsStress.class.getName() + "_" + race + "_jcstress";
    assertEquals(name, Class.forName(name).getName());
  }

  @Test
  @Tag("soak")
  void noRaceShowsAPartOfARow() throws Exception {
    for (String race : new String[] {"Readers", "WriterAndReader"}) {
      Outcome outcome = run(race);
      assertEquals(0, outcome.exit, outcome.log);
      assertTrue(ALL_PASSED.matcher(outcome.log).find(), outcome.log);
    }
  }

  @Test
  @Tag("soak")
  void aBrokenOrderIsFound() throws Exception {
    Outcome outcome = run("BrokenRows");
    assertNotEquals(0, outcome.exit, outcome.log);
    assertTrue(outcome.log.contains("Forbidden"), outcome.log);
  }

  private Outcome run(String race) throws IOException, InterruptedException {
    Path log = directory.resolve(race + ".log");
    ProcessBuilder builder =
        JavaProcess.of(Main.class, "-t", "PreparedRowsStress." + race + "$", "-m", "quick");
    builder.command().remove("-XX:TieredStopAtLevel=1"); // all compilers take part
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

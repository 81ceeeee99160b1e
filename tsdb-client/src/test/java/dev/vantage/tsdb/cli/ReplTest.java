package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell on a pseudo-terminal, which Python makes. */
@Tag("long")
class ReplTest {
  private static final String ENTER = "\r";
  private static final String UP = "\u001b[A";
  private static final String CTRL_C = "\u0003";
  private static final String CTRL_D = "\u0004";

  @TempDir private Path temporary;

  @BeforeEach
  void fill() throws Exception {
    assumeTrue(
        Run.process("", new ProcessBuilder("sh", "-c", "python3 -c 'import pty'")).code() == 0,
        "there is no python3");
    OpenOptions options =
        OpenOptions.DEFAULT.withSettings(Settings.DEFAULT.withLength(8).withVantagePoints(1));
    try (Tsdb tsdb = Tsdb.open(temporary.resolve("db"), options)) {
      tsdb.insertAll(List.of(new SeriesEntry("s-1", TimeSeries.ofValues(1, 2, 3, 1, 5, 6, 1, 2))));
    }
  }

  /** Runs the shell; each pair of arguments is what to wait for and which keys to press then. */
  private Run shell(String term, String... dialog) throws Exception {
    StringBuilder script = new StringBuilder();
    for (int i = 0; i < dialog.length; i += 2) {
      script
          .append(JsonNodeFactory.instance.arrayNode().add(dialog[i]).add(dialog[i + 1]))
          .append('\n');
    }
    ProcessBuilder java = Run.command("query", "--db", temporary + "/db");
    java.command().add(1, "-Dtsdb.terminal.in=true");
    java.command().add(1, "-Dtsdb.terminal.out=true");
    List<String> words = new ArrayList<>(List.of("python3", driver().toString()));
    words.addAll(java.command());
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().put("TERM", term);
    builder.environment().put("XDG_STATE_HOME", temporary + "/state");
    Run run = Run.process(script.toString(), builder);
    assertEquals(0, run.code(), run::toString);
    return run;
  }

  private static Path driver() throws IOException {
    return Path.of(
        System.getProperty("tsdb.project"), "tsdb-client/src/test/resources/terminal.py");
  }

  @Test
  void aFormOfSeveralLinesIsOneEntryAlsoOfTheHistory() throws Exception {
    shell(
        "xterm",
        "tsdb> ",
        "(define (f x)" + ENTER + "(* x 21))" + ENTER,
        "tsdb> ",
        "(f 2)" + ENTER,
        "42",
        ",quit" + ENTER);
    Run again =
        shell("xterm", "tsdb> ", UP + UP + UP + ENTER, "tsdb> ", "(f 3)" + ENTER, "63", CTRL_D);
    assertTrue(again.out().contains("(define (f x)"), again::out);
    Path history = temporary.resolve("state/tsdb/history");
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(history)));
  }

  @Test
  void aLongProgramIsStoppedAndDefinitionsStay() throws Exception {
    Run run =
        shell(
            "xterm",
            "tsdb> ",
            "(define x 41)" + ENTER,
            "tsdb> ",
            "(define (f n) (f (+ n 1))) (list \"be\" \"gun\") (f 0)" + ENTER,
            "(\"be\" \"gun\")\r\n",
            CTRL_C,
            "program must not be interrupted",
            "(+ x 1)" + ENTER,
            "42",
            "(+ _ 1)" + ENTER,
            "43",
            CTRL_D);
    assertEquals(1, run.out().split("must not be interrupted", -1).length - 1, run::out);
  }

  @Test
  void tabCompletesNamesAndOptions() throws Exception {
    shell(
        "xterm",
        "tsdb> ",
        "(text-l\t\"abc\")" + ENTER,
        "3",
        "(similar \"s-1\" :include-s\ttrue)" + ENTER,
        "s-1",
        CTRL_D);
  }

  @Test
  void mistakesHaveTheirPlaceAndCommandsWork() throws Exception {
    Run run =
        shell(
            "xterm",
            "tsdb> ",
            "1 (cout 2)" + ENTER,
            "line 1, column 4: ",
            ",help count" + ENTER,
            "(count ",
            ",nothing" + ENTER,
            "command must be one of",
            "(similar \"s-1\"" + CTRL_C,
            "tsdb> ",
            ",quit" + ENTER);
    assertTrue(run.out().contains("nearest=count"), run::out);
  }

  @Test
  void aDumbTerminalGetsNoEscapeSequences() throws Exception {
    Run run = shell("dumb", "tsdb> ", "(+ 1 2)" + ENTER, "3", ",quit" + ENTER);
    assertFalse(run.out().contains("\u001b"), run::out);
    assertFalse(run.out().contains("WARNING"), run::out);
  }
}

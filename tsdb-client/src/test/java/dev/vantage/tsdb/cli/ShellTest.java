package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell on a pseudo-terminal, which Python makes. */
@Tag("long")
class ShellTest {
  private static final String PROMPT = "tsdb> ";
  private static final String ENTER = "\r";
  private static final String TAB = "\t";
  private static final String UP = "\u001bOA";
  private static final String UP_OF_OTHERS = "\u001b[A";
  private static final String ALT_ENTER = "\u001b\r";
  private static final String ALT_BRACKET = "\u001b)";
  private static final String CTRL_C = "\u0003";
  private static final String CTRL_D = "\u0004";

  @TempDir private static Path temporary;

  @BeforeAll
  static void fill() throws Exception {
    assumeTrue(
        Run.process("", new ProcessBuilder("sh", "-c", "python3 -c 'import pty'")).code() == 0,
        "there is no python3");
    OpenOptions options =
        OpenOptions.DEFAULT.withSettings(Settings.DEFAULT.withLength(8).withVantagePoints(1));
    try (Tsdb tsdb = Tsdb.open(temporary.resolve("db"), options)) {
      TimeSeries series = TimeSeries.ofValues(1, 2, 3, 1, 5, 6, 1, 2);
      List<SeriesEntry> entries = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        Attributes attributes = Attributes.none().with("band", "g").with("size", i);
        entries.add(new SeriesEntry("s-" + i, series, attributes));
      }
      tsdb.insertAll(entries);
    }
  }

  /** What keys are pressed, after which text has come. */
  private static final class Dialog {
    private final StringBuilder script = new StringBuilder();
    private String term = "xterm";

    Dialog on(String newTerm) {
      term = newTerm;
      return this;
    }

    /** Presses keys when the shell waits for an entry. */
    Dialog type(String... keys) {
      return after(PROMPT, 0, keys);
    }

    /** Types an entry, and waits for a text of the answer. */
    Dialog entry(String entry, String answer) {
      return type(entry, ENTER).after(answer, 0);
    }

    Dialog after(String text, double seconds, String... keys) {
      script
          .append(
              JsonNodeFactory.instance
                  .arrayNode()
                  .add(text)
                  .add(String.join("", keys))
                  .add(seconds))
          .append('\n');
      return this;
    }

    /** Runs the shell to its end; returns what it wrote, without colors and movements. */
    String run() throws Exception {
      return raw().replaceAll("\u001b(\\[[?>]?[0-9;]*[$]?[A-Za-z]|[=>])", "");
    }

    String raw() throws Exception {
      ProcessBuilder java =
          Run.command("query", "--db", temporary + "/db", "--steps", "" + Long.MAX_VALUE);
      java.command().add(1, "-Dtsdb.terminal.in=true");
      java.command().add(1, "-Dtsdb.terminal.out=true");
      List<String> words = new ArrayList<>(List.of("python3", driver().toString()));
      words.addAll(java.command());
      ProcessBuilder builder = new ProcessBuilder(words);
      builder.environment().put("TERM", term);
      builder.environment().put("XDG_STATE_HOME", temporary + "/state");
      Run run = Run.process(script.toString(), builder);
      assertEquals(0, run.code(), run::toString);
      return run.out();
    }
  }

  private static Path driver() {
    return Path.of(
        System.getProperty("tsdb.project"), "tsdb-client/src/test/resources/terminal.py");
  }

  @Test
  void aFormOfSeveralLinesIsOneEntryAlsoOfTheHistory() throws Exception {
    new Dialog()
        .type("(define (triple x)", ENTER, "(* x 3))", ENTER)
        .type("(list 1 ", ALT_ENTER, "2)", ENTER)
        .after("(1 2)", 0)
        .entry(" (text \"not\" \"kept\")", "notkept")
        .type(",quit", ENTER)
        .run();
    String again =
        new Dialog()
            .type(UP, UP, UP_OF_OTHERS, UP, UP_OF_OTHERS, ENTER)
            .entry("(triple 21)", "63")
            .type(CTRL_D)
            .run();
    assertTrue(again.contains("(define (triple x)"), again);
    Path history = temporary.resolve("state/tsdb/history");
    assertFalse(Files.readString(history).contains("kept"), () -> read(history));
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(history)));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void keysIndentCloseAndDrop() throws Exception {
    String out =
        new Dialog()
            .type("(list (+ 1", ENTER, "2", ALT_BRACKET, ENTER)
            .after("(3)", 0)
            .type("(similar \"dropped\"", CTRL_C)
            .type(CTRL_D)
            .run();
    // The width of the prompt, then two columns right of the bracket of "(+".
    assertTrue(out.contains("\n" + " ".repeat(6 + 6 + 2)), out);
  }

  @Test
  void tabCompletesByPlace() throws Exception {
    Files.writeString(temporary.resolve("numbers.csv"), "0,1\n1,2\n2,3\n3,1\n");
    new Dialog()
        .entry("(text-l" + TAB + "\"abc\")", "3\r\n")
        .entry("(similar \"s-39" + TAB + ":include-s" + TAB + "true :k 1)", "s-0")
        .entry("(count (similar \"s-1\" :where (betw" + TAB + "siz" + TAB + "3 5)))", "3\r\n")
        .entry("(select (ba" + TAB + "(cou" + TAB + ")) :gro" + TAB + "(ba" + TAB + "))", "40")
        .entry("(values (file \"" + temporary + "/numb" + TAB + "))", "(1.0 2.0 3.0")
        .type(",defi" + TAB, ENTER)
        .entry(",help text-l" + TAB, "(text-length s)")
        .type(",quit", ENTER)
        .run();
  }

  @Test
  void theSignatureStandsBelowAndBracketsAreMarked() throws Exception {
    String out =
        new Dialog()
            .type("(similar ")
            .after("(similar SOURCE", 0, CTRL_C)
            .type("(+ 1 2))")
            .after("31;1m)", 0, CTRL_C)
            .type(CTRL_D)
            .raw();
    assertTrue(out.contains("\u001b[34;1m"), "a form must be blue: " + out);
    assertTrue(out.contains("\u001b[7;1m("), "the partner must be marked: " + out);
  }

  @Test
  void aLongProgramIsStoppedAndDefinitionsStay() throws Exception {
    String out =
        new Dialog()
            .type("(define x 41)", ENTER)
            .entry("(define (f n) (f (+ n 1))) (list \"be\" \"gun\") (f 0)", "(\"be\" \"gun\")\r\n")
            .after("", 0, CTRL_C)
            .after("stopped at line 1, column ", 0)
            .entry("(+ x 1)", "42")
            .entry("(+ _ 1)", "43")
            .entry("(list __ _)", "(42 43)")
            .entry(",definitions", "f\r\nx\r\n")
            .type(CTRL_D)
            .run();
    assertEquals(1, out.split("stopped", -1).length - 1, out);
  }

  @Test
  void programsAreStoppedAtAnyMoment() throws Exception {
    interrupt(10);
  }

  @Test
  @Tag("soak")
  void hundredProgramsAreStoppedAtAnyMoment() throws Exception {
    interrupt(100);
  }

  private static void interrupt(int times) throws Exception {
    Random random = Seeds.random("interrupts");
    Dialog dialog =
        new Dialog()
            .type("(define x 41)", ENTER)
            .type("(define (f n) (similar \"s-1\") (f (+ n 1)))", ENTER);
    for (int i = 0; i < times; i++) {
      dialog
          .entry("(f " + i + ")", "(f " + i + ")")
          .after("", random.nextInt(100) / 1000.0, CTRL_C)
          .entry("(list \"alive\" " + i + " x)", "(\"alive\" " + i + " 41)");
    }
    String out = dialog.type(CTRL_D).run();
    for (int i = 0; i < times; i++) {
      String answer = Pattern.quote("(\"alive\" " + i + " 41)");
      assertEquals(1, out.split(answer, -1).length - 1, out);
    }
  }

  @Test
  void mistakesHaveTheirPlaceAndCommandsWork() throws Exception {
    Path saved = temporary.resolve("saved.csv");
    Path program = Files.writeString(temporary.resolve("program"), "(define y 5)\n(cout y)\n");
    new Dialog()
        .entry("1", "1\r\n")
        .entry("2 (cout 2)", "line 1, column 4: name must be defined: cout, nearest=count")
        .entry("(select (id size))", "... 20 more, ,all shows them")
        .entry(",all", "s-9")
        .entry(",save " + saved, "wrote " + saved)
        .entry(",load " + program, "program: line 2, column 2: ")
        .entry(",time y", "took ")
        .type(",format json", ENTER)
        .entry("y", "{\"type\":\"long\",\"value\":5}")
        .entry(",limits", "limit/steps")
        .type(",format table", ENTER)
        .entry(",attributes", "band")
        .entry(",explain (count (similar \"s-1\"))", "operation")
        .entry(",explain (similar \"s-1\" :k 0)", "line 1, column 28: k must be")
        .entry(",save x.txt", "file must end in .csv, .json, .svg or .html: file=x.txt")
        .entry(",nothing", "command must be one that ,help lists: command=,nothing")
        .entry(",help", "Ctrl-C drops")
        .type(",quit", ENTER)
        .run();
    assertEquals(41, Files.readAllLines(saved).size());
  }

  @Test
  void aDumbTerminalGetsNoEscapeSequences() throws Exception {
    String out = new Dialog().on("dumb").entry("(+ 1 2)", "3\r\n").type(",quit", ENTER).raw();
    assertFalse(out.contains("\u001b"), out);
    assertFalse(out.contains("WARNING"), out);
  }
}

package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.cli.shell.ProgramText;
import dev.vantage.tsdb.client.ServerProcess;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs of the query language on the command line. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryVerbTest {
  private static final Settings SETTINGS = Settings.DEFAULT.withLength(8).withVantagePoints(1);
  private static final double[][] VALUES = {
    {1, 2, 3, 1, 5, 6, 1, 2}, {1, 2, 3, 1, 5, 6, 1, 4}, {9, 2, 7, 1, 5, 0, 1, 2}
  };

  private Path temporary;

  @BeforeAll
  void fill(@TempDir Path directory) {
    temporary = directory;
    try (Tsdb tsdb =
        Tsdb.open(directory.resolve("db"), OpenOptions.DEFAULT.withSettings(SETTINGS))) {
      for (int i = 0; i < VALUES.length; i++) {
        tsdb.insertAll(List.of(new SeriesEntry("s-" + i, TimeSeries.ofValues(VALUES[i]))));
      }
    }
  }

  private Run query(String... arguments) {
    List<String> all = new ArrayList<>(List.of("query", "--db", temporary + "/db"));
    all.addAll(Arrays.asList(arguments));
    return Run.here(all.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "(+ 1 2) ~ {\"type\":\"long\",\"value\":3}",
        "(/ 1 2) ~ {\"type\":\"double\",\"value\":0.5}",
        "(define a 1) ~ {\"type\":\"nil\",\"value\":null}",
        "1 \"a\" ~ {\"type\":\"text\",\"value\":\"a\"}",
        ":k ~ {\"type\":\"keyword\",\"value\":\"k\"}",
        "'k ~ {\"type\":\"symbol\",\"value\":\"k\"}",
        "true ~ {\"type\":\"boolean\",\"value\":true}",
        "#inst \"2024-05-01T20:15:00Z\" ~ {\"type\":\"timestamp\",\"value\":\"2024-05-01T20:15:00Z\"}",
        "(list 1 nil '(\"b\")) ~ {\"type\":\"list\",\"value\":[1,null,[\"b\"]]}",
        "(record :a 1) ~ {\"type\":\"record\",\"value\":{\"a\":1}}",
        "(list (table (list (record :a 1)))) ~ {\"type\":\"list\",\"value\":[{\"type\":\"table\",\"columns\":[{\"name\":\"a\",\"type\":\"long\"}],\"rows\":[[1]]}]}",
        "(make-series '(1 2) :times '(0 1) :period 4 :id \"x\") ~ {\"type\":\"series\",\"id\":\"x\",\"ts\":[[0.0,1.0],[1.0,2.0]],\"period\":4.0}",
      })
  void theLastValueIsJson(String program, String expected) {
    assertEquals(expected + "\n", query(program, "--format=json").answered().out());
  }

  @Test
  void everyValueIsPrintedUnlessItsFormIsADefinition() {
    assertEquals(
        "3\n(\"a\" 1 {:b nil})\na\n",
        query("(define x 3) x (list \"a\" 1 (record :b nil)) \"a\"").answered().out());
    assertEquals("value\n1\n2\n", query("(list 1 2)", "--format=csv").answered().out());
  }

  @Test
  void tablesHaveColumns() {
    String program = "(select (id) :order-by ((desc id)) :limit 2)";
    assertEquals("id\ns-2\ns-1\n", query(program).answered().out());
    assertEquals("id\ns-2\ns-1\n", query(program, "--format=csv").answered().out());
    assertEquals(List.of("s-1"), ids(query("(similar \"s-0\" :k 1)").answered()));
  }

  private static List<String> ids(Run run) {
    return run.lines().stream().skip(1).map(line -> line.split(" ")[0]).toList();
  }

  @Test
  void notesGoToStandardError() {
    Run run = query("(filter (similar \"s-0\" :k 2) (= id \"s-1\"))", "--format=csv");
    assertEquals(0, run.code());
    assertEquals(2, run.lines().size(), run::toString);
    assertEquals(
        "note: 1 of 2 neighbors were dropped; put the condition into :where of similar to search"
            + " among those that meet it\n",
        run.err());
  }

  @Test
  void argumentsAreNumbersOrTextsOrSeries() throws IOException {
    Path file =
        Files.writeString(
            temporary.resolve("new.csv"),
            "0 1\n.125 2\n.25 3\n.375 1\n.5 5\n.625 6\n.75 1\n.875 2\n");
    assertEquals(
        "(3 0.5 \"x\" \"7\")\n",
        query("(list a b c d)", "--arg=a=3", "--arg=b=.5", "--arg=c=x", "--arg-text=d=7")
            .answered()
            .out());
    assertEquals(
        List.of("s-0"), ids(query("(similar q :k 1)", "--series", "q=" + file).answered()));
    assertEquals(
        "(8.0 8)\n",
        query("(list (period q) (count (values q)))", "--series", "q=" + file + ",period=8")
            .answered()
            .out());
    assertEquals(List.of("s-0"), ids(query("(similar (file \"" + file + "\") :k 1)").answered()));
    query("1", "--arg=3").failed(Failure.BAD_USAGE, "--arg must be NAME=...: --arg=3");
    query("(file \"" + file + "x\")")
        .failed(1, "tsdb: line 1, column 7: file must exist: file=" + file + "x");
  }

  @Test
  void limitsNameTheOptionThatRaisesThem() {
    query("(reduce + 0 (range 1000))", "--steps=100")
        .failed(Failure.REQUEST_FAILED, "hint: --steps N");
    query("(range 1000)", "--max-rows=100").failed(Failure.REQUEST_FAILED, "hint: --max-rows N");
  }

  @Test
  void mistakesOfAScriptAreShownInTheirLine() throws IOException {
    Path file =
        Files.writeString(temporary.resolve("s.lisp"), "(define x 1)\n(list \"ä\" (cout x))\n");
    Run run = query("--script", file.toString());
    run.failed(1, "tsdb: line 2, column 12: ");
    assertEquals(
        List.of("  (list \"ä\" (cout x))", "             ^^^^"),
        run.err().lines().skip(1).toList());
    assertEquals(1, query("(cout x)").err().lines().count());
  }

  @Test
  void standardInputIsAProgram() throws Exception {
    Run run = Run.process("(+ 1\n 2)", Run.command("query", "--db", temporary + "/db"));
    assertEquals("3\n", run.answered().out());
    Run dash = Run.process("(+ 1\n x)", Run.command("query", "-", "--db", temporary + "/db"));
    assertEquals(
        List.of("tsdb: line 2, column 2: name must be defined: x", "   x)", "   ^"),
        dash.err().lines().toList());
  }

  @Test
  void explainShowsTheStepsOfEachFormButDefinitions() {
    Run run = query("(define (f) 2) (select ((count)))", "--explain").answered();
    assertEquals("step", run.out().split(" ")[0]);
    assertEquals(
        "(define a 1) (explain '(b)) ; c\n(explain \"d\")",
        ProgramText.of("(define a 1) '(b) ; c\n\"d\"").explained());
  }

  @Test
  void aProgramPrintsTheSameWhereverItRuns() throws Exception {
    Path file = Files.writeString(temporary.resolve("query.csv"), "0,1\n1,2\n2,3\n3,1\n");
    try (ServerProcess server = ServerProcess.start(temporary.resolve("db"), 0)) {
      String address = "--server=127.0.0.1:" + server.port();
      for (String format : List.of("table", "json", "csv")) {
        for (String program :
            List.of(
                "(similar \"s-0\")",
                "(select (id length) :limit 2)",
                "(list 1 2.5 \"a\" nil (record :x y))",
                "(similar drawn :k 1)",
                "(overlay \"s-0\" (similar \"s-0\"))",
                "(explain (count (similar \"s-0\")))",
                "(cout 1)")) {
          String[] words = {
            program, "--format=" + format, "--arg=y=5", "--series=drawn=" + file + ",period=4"
          };
          List<Run> runs = new ArrayList<>();
          runs.add(query(words));
          for (String place : List.of("client", "server")) {
            List<String> all = new ArrayList<>(List.of("query", address, "--at", place));
            all.addAll(List.of(words));
            runs.add(Run.here(all.toArray(String[]::new)));
          }
          assertEquals(runs.get(0), runs.get(1));
          assertEquals(runs.get(0), runs.get(2));
        }
      }
      Run.here("query", address, "--at=server", "(range 10)", "--steps=5")
          .failed(1, "steps must be at most 5");
    }
    query("1", "--at=server").failed(2, "--at server needs --server");
  }

  @Test
  void thePlotIsWrittenIntoAFile() throws IOException {
    String overlay = "(overlay \"s-0\" (similar \"s-0\"))";
    for (String name : List.of("a.svg", "a.html")) {
      Path file = temporary.resolve(name);
      assertEquals("wrote " + file + "\n", query(overlay, "--plot", file + "").answered().out());
      assertTrue(Files.readString(file).contains("s-1"), name);
    }
    query("1", "--plot", temporary + "/b.svg").failed(1, "must be a plot: type=long");
    query(overlay, "--plot", "b.png").failed(2, "must end in .svg or .html: file=b.png");
    query(overlay, "--plot", "no/b.svg").failed(2, "directory of the plot must exist");
  }

  @Test
  void aScriptIsUtf8() throws IOException {
    Path script = temporary.resolve("marked.lisp");
    Files.write(script, new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, '7'});
    assertEquals("7\n", query("--script", script.toString()).answered().out());
    Files.write(script, new byte[] {'"', (byte) 0xFF, '"'});
    query("--script", script.toString()).failed(1, "program must be valid UTF-8: file=" + script);
  }

  @Test
  void functionsHaveNoJson() {
    query("map", "--format=json")
        .failed(1, "tsdb: line 1, column 1: answer must have a form in JSON");
  }

  @Test
  void valuesBeforeAFailureArePrinted() {
    Run run = query("1 (/ 1 0) 2");
    assertEquals("1\n", run.out());
    run.failedWith(1, "divisor must not be 0");
  }

  @Test
  void textsDoNotControlTheTerminal() {
    assertEquals(
        "?[31mred\tand\nnext\n", query("\"\\u{1b}[31mred\\tand\\nnext\"").answered().out());
  }

  @Test
  void caretsStandUnderTheWordBehindWideCharacters() throws IOException {
    Path script =
        Files.writeString(temporary.resolve("wide.lisp"), "(list \"\ud83d\ude00\u4e2d\" foo)");
    Run run = query("--script", script.toString());
    assertEquals(
        "tsdb: line 1, column 12: name must be defined: foo\n"
            + "  (list \"\ud83d\ude00\u4e2d\" foo)\n"
            + "               ^^^\n",
        run.err());
  }

  @Test
  void aDirectoryIsNoScript() {
    Run run = query("--script", temporary.toString());
    assertEquals(1, run.code());
    assertEquals("INVALID_COMPONENT: script must be a file: file=" + temporary + "\n", run.err());
  }
}

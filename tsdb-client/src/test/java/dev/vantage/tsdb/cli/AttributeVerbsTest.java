package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.client.RawClient;
import dev.vantage.tsdb.client.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attributes and conditions on the command line: on a directory and on a server, word for word. */
@Tag("long")
class AttributeVerbsTest {
  private static final Settings SETTINGS = Settings.DEFAULT.withLength(16).withVantagePoints(1);

  @TempDir private Path temporary;
  private ServerProcess server;

  @BeforeEach
  void start() throws IOException {
    Run.here("create", "--db", path("db"), "--length=16", "--vantage-points=1").answered();
    server = ServerProcess.start(temporary.resolve("served"), SETTINGS);
  }

  @AfterEach
  void end() {
    server.close();
  }

  private String path(String name) {
    return temporary.resolve(name).toString();
  }

  /** Runs it on the directory and on the server, and expects the same. */
  private Run both(String... arguments) {
    List<String> embedded = new ArrayList<>(Arrays.asList(arguments));
    embedded.addAll(List.of("--db", path("db")));
    List<String> remote = new ArrayList<>(Arrays.asList(arguments));
    remote.addAll(List.of("--server", server.address()));
    Run run = Run.here(embedded.toArray(String[]::new));
    assertEquals(run, Run.here(remote.toArray(String[]::new)));
    return run;
  }

  private void insert(String id, String values, String... attributes) throws IOException {
    StringBuilder points = new StringBuilder();
    int i = 0;
    for (String value : values.split(" ")) {
      points.append(0.25 * i++).append(' ').append(value).append('\n');
    }
    Path file = Files.writeString(temporary.resolve("points"), points);
    List<String> arguments = new ArrayList<>(List.of("insert", id, "--file", file.toString()));
    for (String attribute : attributes) {
      arguments.addAll(List.of("--attribute", attribute));
    }
    both(arguments.toArray(String[]::new)).answered();
  }

  private void insertStars() throws IOException {
    both("attributes", "add", "period", "double").answered();
    both("attributes", "add", "seen at", "timestamp").answered();
    insert("a", "1 2 3 1", "period=1", "type=ab", "seen at=2024-05-01T20:15:00+02:00");
    insert("b", "1 2 3 4", "period=0.3", "type=c", "seen at=2024-05-02T00:00:00Z");
    insert("c", "1 2 5 1", "period=0.5", "type=it's \"c\"", "variable=true");
    insert("d", "3 2 5 1");
  }

  @Test
  void attributesAreDeclaredAndListed() {
    assertEquals(
        "attribute period is of type double\n",
        both("attributes", "add", "period", "double").answered().out());
    both("attributes", "add", "period", "DOUBLE").answered();
    both("attributes", "add", "period", "long")
        .failed(
            1,
            "INVALID_COMPONENT: attribute must keep its type: name='period', type=double,"
                + " wanted=long");
    both("attributes", "add", "mean", "double")
        .failed(1, "INVALID_COMPONENT: attribute must not be built in");
    both("attributes", "add", " ", "text").failed(1, "INVALID_COMPONENT: attribute name must have");
    assertEquals(
        "name,type\nseen at,timestamp\n",
        both("attributes", "add", "seen at", "timestamp", "--format=csv").answered().out());
    assertEquals(
        """
        name         type       built_in
        id           text       true
        inserted_at  timestamp  true
        length       long       true
        mean         double     true
        period       double     false
        seen at      timestamp  false
        std          double     true
        """,
        both("attributes", "list").answered().out());
  }

  @Test
  void attributesOfASeriesAreSet() throws IOException {
    insertStars();
    assertEquals(
        "changed attributes of a\n",
        both("attributes", "set", "a", "period=0.25", "type=x=y", "fresh=7", "--remove", "seen at")
            .out());
    List<String> shown = both("get", "a").answered().lines();
    assertEquals(
        List.of("# fresh = 7", "# period = 0.25", "# type = x=y"),
        shown.subList(shown.size() - 3, shown.size()));
    both("attributes", "set", "a", "--remove=fresh", "--remove", "type").answered();
    both("attributes", "set", "d", "--remove", "type").answered();
    both("attributes", "set", "a", "--remove", "periot")
        .failed(
            1,
            "INVALID_COMPONENT: attribute to remove must be declared: name='periot',"
                + " nearest=period");
    assertEquals(
        "id\na\n",
        both("list", "--where", "period = 0.25 and fresh is null and type is null")
            .answered()
            .out());
    both("attributes", "set", "a", "period=long")
        .failed(
            1,
            "INVALID_COMPONENT: attribute must be of its type: name='period', type=double,"
                + " text='long'");
    Run declared = both("attributes", "set", "a", "Period=2");
    assertEquals(0, declared.code(), declared::toString);
    assertEquals("declared attribute Period of type long; nearest=period\n", declared.err());
    both("attributes", "set", "aa", "period=2").failed(1, "no series has this id: id=aa");
    both("attributes", "set", "a", "x=1", "--remove", "x")
        .failed(1, "INVALID_COMPONENT: attribute must be either set or removed: name='x'");
    both("attributes", "set", "a", "--remove", "mean")
        .failed(1, "INVALID_COMPONENT: attribute must not be built in: name='mean'");
    both("attributes", "set", "nobody", "x=1")
        .failed(1, "INVALID_KEY: no series has this id: id=nobody");
    assertEquals(
        "{\"id\":\"a\"}",
        both("attributes", "set", "a", "x=1", "--format", "json").json().toString());
  }

  @Test
  void attributesToSetAreCompleted() throws IOException {
    insertStars();
    assertEquals("a\nb\nc\nd\n", candidates("attributes set "));
    assertEquals("period=\nseen at=\ntype=\nvariable=\n", candidates("attributes set a "));
    assertEquals("type=\n", candidates("attributes set a period=1 ty"));
    assertEquals("type\n", candidates("attributes set a --remove ty"));
    assertEquals("type=\n", candidates("attributes set --format json -q a ty"));
    assertEquals("type,period\n", candidates("similar a --select type,pe"));
    assertEquals("type\n", candidates("similar a --select=ty", "ty"));
  }

  private String candidates(String words) {
    return candidates(words, words.substring(words.lastIndexOf(' ') + 1));
  }

  private String candidates(String words, String last) {
    String line = "tsdb --db " + path("db") + " " + words;
    return Run.here("candidates", "--", line, last).answered().out();
  }

  @Test
  void jsonIsThePayload() throws IOException {
    insertStars();
    try (RawClient raw = new RawClient(server.port())) {
      assertEquals(
          raw.payload("{\"op\":\"attributes\"}"),
          both("attributes", "list", "--format", "json").json());
      assertEquals(
          raw.payload("{\"op\":\"add_attribute\",\"name\":\"x\",\"type\":\"text\"}"),
          both("attributes", "add", "x", "text", "--format", "json").json());
      assertEquals(
          raw.payload("{\"op\":\"ids\",\"where\":\"period < 0.7\"}"),
          both("list", "--where", "period < 0.7", "--format", "json").json());
      JsonNode found = both("similar", "a", "--where", "period < 0.7", "--format", "json").json();
      assertEquals(
          raw.payload("{\"op\":\"with_id\",\"id\":\"a\",\"where\":\"period < 0.7\"}"), found);
      assertEquals(List.of("c", "b"), found.findValuesAsText("id"));
      JsonNode got = both("get", "a", "--format", "json").json();
      assertEquals(raw.payload("{\"op\":\"get\",\"id\":\"a\"}"), got);
      assertEquals(
          "{\"period\":1.0,\"seen at\":\"2024-05-01T18:15:00Z\",\"type\":\"ab\"}",
          got.get("attributes").toString());
      assertEquals("{\"seen at\":\"timestamp\"}", got.get("types").toString());
    }
  }

  @Test
  void neighborsHaveTheAttributesThatAreSelected() throws IOException {
    insertStars();
    String[] search = {"similar", "a", "-k", "3", "--select", "type,period", "--select=seen at"};
    List<String> table = both(search).answered().lines();
    assertTrue(
        table.get(0).matches("id +distance  lag +shift  type {6}period  seen at"), table::toString);
    assertTrue(table.get(3).matches("d .*\\d\\.\\d{4} +"), table::toString);
    assertTrue(table.stream().anyMatch(line -> line.matches("c .*  it's \"c\" +0\\.5 *")));
    assertTrue(
        table.stream().anyMatch(line -> line.matches("b .*  c +0\\.3  2024-05-02T00:00:00Z")),
        table::toString);
    List<String> csv = both(with(search, "--format=csv")).answered().lines();
    assertEquals("id,distance,lag,type,period,seen at", csv.get(0));
    assertTrue(csv.stream().anyMatch(line -> line.matches("c,.*,\"it's \"\"c\"\"\",0\\.5,")));
    assertTrue(csv.stream().anyMatch(line -> line.matches("d,.*,\\d+,,,")), csv::toString);
    try (RawClient raw = new RawClient(server.port())) {
      assertEquals(
          raw.payload(
              "{\"op\":\"with_id\",\"id\":\"a\",\"k\":3,"
                  + "\"attributes\":[\"type\",\"period\",\"seen at\"]}"),
          both(with(search, "--format=json")).json());
    }
    // Without --select, output to a pipe or a file has no attributes.
    for (String format : List.of("csv", "json", "table")) {
      String plain = both("similar", "a", "--format", format).answered().out();
      assertTrue(!plain.contains("type") && !plain.contains("attributes"), plain);
    }
    String[] several = {"similar", "a", "b", "-k1", "--select", "type", "--format=csv"};
    List<String> rows = both(several).answered().lines();
    assertEquals("query,id,distance,lag,type", rows.get(0));
    assertEquals(3, rows.size());
    both("similar", "a", "--select", "type,perod")
        .failed(1, "INVALID_COMPONENT: no such attribute: name='perod', nearest='period'");
    both("similar", "a", "--select", "a,".repeat(101) + "b", "--select", many())
        .failed(1, "INVALID_COMPONENT: attributes must be at most 100: attributes=");
  }

  private static String many() {
    return IntStream.range(0, 100).mapToObj(Integer::toString).collect(Collectors.joining(","));
  }

  private static String[] with(String[] arguments, String more) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = more;
    return all;
  }

  @Test
  void aTerminalShowsTheDeclaredAttributesThatFit() throws Exception {
    insertStars();
    String[] search = {"similar", "a", "-k", "1", "--where=type = 'c'"};
    String plain = both(search).answered().lines().get(0);
    assertEquals(
        plain + "  period  seen at               type",
        onTerminal(plain.length() + 200),
        "no answer is variable");
    // A column that does not fit does not keep a later one from being shown.
    assertEquals(plain + "  period  type", onTerminal(plain.length() + 20));
    assertEquals(plain + "  type", onTerminal(plain.length() + 7));
    assertEquals(plain, onTerminal(30));
    assertEquals(plain + "  mean", onTerminal(30, "--select=mean"));
    assertEquals("id,distance,lag", onTerminal(200, "--format=csv"));
  }

  /** Runs a search on a terminal of the given width, and returns the first line of its output. */
  private String onTerminal(int columns, String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("similar", "a", "-k", "1"));
    arguments.addAll(List.of("--where=type = 'c'", "--db", path("db")));
    arguments.addAll(List.of(options));
    ProcessBuilder command = Run.command(arguments.toArray(String[]::new));
    command.command().add(1, "-Dtsdb.terminal.out=true");
    command.environment().put("COLUMNS", Integer.toString(columns));
    return Run.process("", command).answered().lines().get(0).stripTrailing();
  }

  @Test
  void seriesAreCounted() throws IOException {
    insertStars();
    assertEquals("count\n4\n", both("count").answered().out());
    assertEquals("count\n2\n", both("count", "--where", "period < 0.7", "-q").answered().out());
    assertEquals("count\n4\n", both("count", "--format", "csv").answered().out());
    try (RawClient raw = new RawClient(server.port())) {
      String request = "{\"op\":\"count\",\"where\":\"variable\"}";
      assertEquals(
          raw.payload(request), both("count", "--where", "variable", "--format=json").json());
      assertEquals("{\"count\":1}", raw.payload(request).toString());
    }
    both("count", "--where", "perod < 1").failed(1, "\n  perod < 1\n  ^");
  }

  @Test
  void severalSeriesAreShownAndRemovedTogether() throws IOException {
    insertStars();
    JsonNode a = both("get", "a", "--format=json").json();
    JsonNode b = both("get", "b", "--format=json").json();
    assertEquals("[" + b + "," + a + "]", both("get", "b", "a", "--format=json").json().toString());
    List<String> csv = both("get", "b", "a", "--format=csv").answered().lines();
    assertEquals("id,time,value", csv.get(0));
    assertEquals("b,0.25,2.0", csv.get(2));
    assertEquals("a,0.75,1.0", csv.get(8));
    List<String> table = both("get", "b", "a").answered().lines();
    assertEquals("id  time  value", table.get(0));
    assertEquals("a   0.75  1.0", table.get(8));
    assertTrue(table.containsAll(List.of("# b: type = c", "# a: type = ab")), table::toString);
    both("get", "a", "nobody").failed(1, "INVALID_KEY: no series has this id: id=nobody");
    both("get", "a", "b", "--plot").failed(2, "--plot draws one series: ids=2");

    both("delete", "a", "x\ty").failed(1, "INVALID_KEY: id must not have control characters");
    Run some = both("delete", "nobody", "a", "none", "a");
    assertEquals("deleted a\n", some.out());
    some.failedWith(
        1,
        "INVALID_KEY: every id must be the id of a series; all others are deleted: unknown=2,"
            + " ids=nobody, none");
    assertEquals(
        "[{\"id\":\"c\"},{\"id\":\"b\"}]",
        both("delete", "c", "b", "--format=json").json().toString());
    assertEquals("id\nd\n", both("delete", "d", "--format=csv").answered().out());
    assertEquals("count\n0\n", both("count").answered().out());
  }

  @Test
  void attributesAreReadAsTheirDeclaredTypes() throws IOException {
    both("attributes", "add", "name", "text").answered();
    both("attributes", "add", "good", "boolean").answered();
    both("attributes", "add", "x", "double").answered();
    insert("a", "1 2 3 1", "name=7", "good=TRUE", "x=7", "n=7", "t=2024-05-01T20:15:00+02:00");
    List<String> shown = both("get", "a").answered().lines();
    assertEquals(
        List.of(
            "# good = true", "# n = 7", "# name = 7", "# t = 2024-05-01T18:15:00Z", "# x = 7.0"),
        shown.subList(shown.size() - 5, shown.size()));
    assertTrue(both("attributes", "list").out().contains("t            timestamp  false"));
    String file = path("points");
    both("insert", "b", "--file", file, "--attribute", "good=7")
        .failed(1, "INVALID_COMPONENT: attribute must be of its type: name='good', type=boolean");
    both("insert", "b", "--file", file, "--attribute", "n=x")
        .failed(1, "INVALID_COMPONENT: attribute must be of its type: name='n', type=long");
    both("insert", "b", "--file", file, "--attribute", "id=x")
        .failed(1, "INVALID_COMPONENT: attribute must ");
    assertEquals("id\na\n", both("list").answered().out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "period < 0.7                              | b c",
        "period >= 0.3 and not type = 'c'          | a c",
        "type = 'it''s \"c\"'                      | c",
        "type like 'it''s%' or \"seen at\" < '2024-05-02' | a c",
        "\"seen at\" is null                       | c d",
        "variable                                  | c",
        "id in ('b', 'd', 'nothing')               | b d",
        "length = 4 and mean >= 2.5                | b d",
        "type = 'nothing'                          | ~~"
      })
  void idsUnderACondition(String where, String ids) throws IOException {
    insertStars();
    List<String> expected = ids.isEmpty() ? List.of() : List.of(ids.split(" "));
    List<String> csv = both("list", "--format=csv", "--where", where).answered().lines();
    assertEquals(expected, csv.subList(1, csv.size()));
    List<String> later =
        both("list", "--format=csv", "--where", where, "--after", "b").answered().lines();
    assertEquals(
        expected.stream().filter(id -> id.compareTo("b") > 0).toList(),
        later.subList(1, later.size()));
    List<String> one =
        both("list", "--format=csv", "--where", where, "--limit", "1").answered().lines();
    assertEquals(expected.stream().limit(1).toList(), one.subList(1, one.size()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "type ='ab' an period<1  | 12 | a test must be followed by and, or, ) or the end",
        "(type = 'ab'            | 13 | ( must be closed by )",
        "type = 'ab              | 8  | text must end with its quote",
        "type='ab' and perod < 1 | 15 | no such attribute: name='perod', nearest='period'",
        "type='ab' and period = 'x' | 24 | literal must suit the type of its attribute: name='period'",
        "inserted_at > 'today'   | 15 | timestamp must be like",
        "~~                      | 1  | condition must not be empty",
      })
  void mistakesArePointedAt(String where, int column, String words) throws IOException {
    insertStars();
    for (String verb : List.of("list", "similar a", "similar a b")) {
      List<String> arguments = new ArrayList<>(Arrays.asList(verb.split(" ")));
      arguments.addAll(List.of("--where", where));
      Run run = both(arguments.toArray(String[]::new)).failed(1, "INVALID_COMPONENT: ");
      assertTrue(run.err().contains(words), run::err);
      List<String> lines = run.err().lines().toList();
      assertEquals(3, lines.size(), run::err);
      assertTrue(lines.get(0).endsWith("column=" + column), run::err);
      assertEquals("  " + where, lines.get(1));
      assertEquals(" ".repeat(1 + column) + "^", lines.get(2));
    }
  }

  @Test
  void pointersAreUnderTheRightCharacter() {
    assertEquals("  ab\n   ^", WhereOption.pointer("ab", 2));
    assertEquals("  ab\n    ^", WhereOption.pointer("ab", 3));
    assertEquals("  \n  ^", WhereOption.pointer("", 1));
    assertEquals("  \ud83d\ude00 x\n     ^", WhereOption.pointer("\ud83d\ude00 x", 4));
    assertEquals("  a b\n    ^", WhereOption.pointer("x\na\tb\r\ny", 5));
    assertEquals("  y\n  ^", WhereOption.pointer("x\r\ny", 4));
    assertEquals("  x\n   ^", WhereOption.pointer("x\ny", 2));
    String pointer = WhereOption.pointer("x".repeat(500) + "!" + "y".repeat(500), 501);
    assertEquals(
        "  " + "x".repeat(60) + "!" + "y".repeat(59) + "\n" + " ".repeat(62) + "^", pointer);
  }

  @Test
  void aShellSeesTheSame() throws Exception {
    insertStars();
    Run found =
        Run.process("list", "--db", path("db"), "--where", "type = 'it''s \"c\"'", "--format=csv");
    assertEquals("id\nc\n", found.answered().out());
    Run.process("list", "--server", server.address(), "--where", "type = \"ab\"")
        .failed(1, "\n  type = \"ab\"\n         ^\n");
  }
}

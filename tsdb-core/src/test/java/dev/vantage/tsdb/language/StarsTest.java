package dev.vantage.tsdb.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs about stars. Their values were computed by brute force over the light curves. */
@Tag("long")
class StarsTest {
  private static final double TOLERANCE = 1e-7;

  private static final String FAILURES =
      """
      (similar "nobody") => database/key 10
      (similar "4099_g" :where (= bnd "g")) => condition/name 29 band
      (similar "4099_g" :where (= period "x")) => condition/type 36
      (define (f n) (f (+ n 1))) (f 0) => limit/steps 18
      (define (f n) (+ 1 (f n))) (f 0) => limit/depth 20
      (map (lambda (x) (range 100000)) (range 100000)) => limit/memory 18
      (+ 9223372036854775807 1) => number/overflow 24
      (/ 1 0) => number/zero 6
      (similar "4099_g" :k 0) => database/request 22
      ( => syntax/unbalanced 1
      (similar (file "x.csv")) => host/no-files 16
      """;

  private static EmbeddedTsdb database;

  private static Stream<String> programs() {
    return Stars.PROGRAMS.lines();
  }

  private static Stream<String> failures() {
    return FAILURES.lines();
  }

  @BeforeAll
  static void open() throws IOException {
    database = Stars.open();
  }

  @AfterAll
  static void close() {
    if (database != null) {
      database.close();
    }
  }

  /** Reads a file as the series of a star without its id and its period. */
  private static TimeSeries read(String name) {
    assertEquals("new.csv", name);
    SeriesEntry star = database.get("4099_g");
    return TimeSeries.of(star.series().times(), star.series().values());
  }

  @ParameterizedTest
  @MethodSource("programs")
  void haveTheirValues(String line) {
    String[] sides = line.split(" => ");
    LanguageOptions options = LanguageOptions.DEFAULT.withFiles(StarsTest::read);
    assertEquals(sides[1], shown(Language.over(database, options).run(sides[0])));
  }

  /** Shows values only: of a table its rows, of a record its fields, of a number 7 digits. */
  private static String shown(Value value) {
    if (value instanceof Table table) {
      return shown(table.rows().stream().map(Value.ListValue::of).toList());
    } else if (value instanceof Value.ListValue list) {
      return shown(list.items());
    } else if (value instanceof Value.RecordValue record) {
      return shown(List.copyOf(record.fields().values()));
    } else if (value instanceof Value.DoubleNumber number) {
      return Double.toString(Math.rint(number.value() / TOLERANCE) / 1e7);
    }
    return value.toString();
  }

  private static String shown(List<? extends Value> values) {
    return "(" + String.join(" ", values.stream().map(StarsTest::shown).toList()) + ")";
  }

  @ParameterizedTest
  @MethodSource("failures")
  void failAtTheirForm(String line) {
    String[] sides = line.split(" => ");
    String[] expected = sides[1].split(" ");
    LanguageOptions options =
        LanguageOptions.DEFAULT.withLimit(Limit.STEPS, 5_000_000).withLimit(Limit.MEMORY, 1 << 26);
    ProgramException failed =
        assertThrows(ProgramException.class, () -> Language.over(database, options).run(sides[0]));
    assertEquals(expected[0], failed.code());
    assertEquals(Integer.parseInt(expected[1]), failed.column(), failed.getMessage());
    assertEquals(expected.length > 2 ? expected[2] : "", failed.hint().orElse(""));
  }

  private static Stream<Language.Entry> reference() {
    return Language.reference().stream();
  }

  @ParameterizedTest
  @MethodSource("reference")
  void examplesOfTheReferenceHaveTheirValues(Language.Entry entry) {
    LanguageOptions options = LanguageOptions.DEFAULT.withFiles(StarsTest::read);
    String value = Language.over(database, options).run(entry.example()).toString();
    String lines = String.join(" / ", value.lines().map(String::strip).toList());
    assertEquals(entry.value(), lines.replaceAll(" +", " "));
    String name =
        entry.name().equals("unquote") ? "," : entry.name().equals("quote") ? "'" : entry.name();
    assertTrue(entry.example().contains(name), entry.name());
  }

  @Test
  void aFilterSaysThatItDropsNeighbors() {
    Language language = Language.over(database);
    String program = "(-> (similar \"4099_g\" :k 5 :where (= band \"g\")) (filter (< period 0.6)))";
    assertEquals(
        List.of(
            "5 of 5 neighbors were dropped; put the condition into :where of similar to search"
                + " among those that meet it"),
        ((Table) language.run(program)).notes());
  }

  @Test
  void aPlotOverlaysNeighbors() {
    Value plot = Language.over(database).run("(overlay \"4099_g\" (similar \"4099_g\" :k 3))");
    List<String> names =
        ((Value.PlotValue) plot).plot().legend().stream().map(entry -> entry.name()).toList();
    assertEquals(List.of("4099_g", "873466_g", "495429_g", "4983075_g"), names);
  }

  @Test
  void anExplanationNamesThePlaceOfEachStep() {
    Table steps =
        (Table)
            Language.over(database)
                .run(
                    "(explain (select (type (count)) :from (similar \"4099_g\" :k 50 :where"
                        + " (= band \"g\")) :group-by (type)))");
    assertEquals(
        "((1 condition columns 483) (2 nearest 50 index 50) (3 attributes columns 50)"
            + " (4 group by type program 1))",
        shown(steps.rows().stream().map(row -> Value.ListValue.of(row.subList(0, 4))).toList()));
    assertTrue(steps.rows().get(1).get(4).toString().endsWith("exact"));
  }
}

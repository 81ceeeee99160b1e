package dev.vantage.tsdb.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.series.AttributeValue.TimestampValue;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditions written as forms mean what the same conditions mean as texts. */
class ConditionsTest {
  private static final EmbeddedTsdb DATABASE =
      Tsdb.inMemory(Settings.DEFAULT.withLength(8).withVantagePoints(1), 1);
  private static final List<String> TEXTS =
      List.of("g", "it's", "a;b", "\"q\"", "\u00e9\ud83c\udf1f", "%", "", "\\");
  private static final List<String> COMPARISONS = List.of("=", "!=", "<", "<=", ">", ">=");

  /** A condition in both spellings. */
  private record Pair(String form, String text) {}

  @BeforeAll
  static void insert() {
    Random random = new Random(5);
    for (int i = 0; i < 60; i++) {
      Attributes attributes = Attributes.none();
      if (random.nextInt(4) > 0) {
        attributes = attributes.with("odd \"name\";", TEXTS.get(i % TEXTS.size()));
      }
      if (random.nextInt(4) > 0) {
        attributes = attributes.with("or", random.nextInt(10));
      }
      if (random.nextInt(4) > 0) {
        attributes = attributes.with("x", random.nextInt(20) / 4.0);
      }
      if (random.nextInt(4) > 0) {
        attributes = attributes.with("flag", random.nextBoolean());
      }
      if (random.nextInt(4) > 0) {
        attributes =
            attributes.with(
                "at", TimestampValue.ofEpochMicroseconds(random.nextInt(10) * 1_000_000L));
      }
      DATABASE.insert(new SeriesEntry("s" + i, TimeSeries.ofValues(1, 2, i), attributes));
    }
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void formsAndTextsSelectTheSameSeries() {
    check(200, 4);
  }

  @Tag("soak")
  @Test
  void manyFormsAndTextsSelectTheSameSeries() {
    check(10_000, 6);
  }

  private static void check(int count, int depth) {
    Random random = Seeds.random("ConditionsTest");
    Language language = Language.over(DATABASE);
    for (int i = 0; i < count; i++) {
      Pair pair = condition(random, depth);
      List<String> ids = DATABASE.ids(IdQuery.all().where(Condition.parse(pair.text)));
      String written = pair.form + "  " + pair.text;
      String program = "(select (id) :limit 100 :where " + pair.form + ")";
      assertEquals(ids, ids((Table) language.run(program)), written);
      program = "(filter (select (id or x flag at |odd \"name\";|)) " + pair.form + ")";
      assertEquals(ids, ids((Table) language.run(program)), written);
      program = "(count (select (id) :where " + Spelling.quoted(pair.text) + "))";
      assertEquals(new Value.LongNumber(ids.size()), language.run(program), written);
    }
  }

  private static List<String> ids(Table table) {
    return table.rows().stream().map(row -> row.get(0).toString()).toList();
  }

  private static Pair condition(Random random, int depth) {
    int kind = random.nextInt(depth == 0 ? 6 : 9);
    if (kind == 6) {
      Pair inner = condition(random, depth - 1);
      return new Pair("(not " + inner.form + ")", "not (" + inner.text + ")");
    } else if (kind > 6) {
      List<String> forms = new ArrayList<>();
      List<String> texts = new ArrayList<>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        Pair inner = condition(random, depth - 1);
        forms.add(inner.form);
        texts.add("(" + inner.text + ")");
      }
      String word = kind == 7 ? "and" : "or";
      return new Pair(
          "(" + word + " " + String.join(" ", forms) + ")", String.join(" " + word + " ", texts));
    }
    return test(random, kind);
  }

  private static Pair test(Random random, int kind) {
    Pair name = name(random);
    Pair low = literal(random, name);
    Pair high = literal(random, name);
    String comparison = COMPARISONS.get(random.nextInt(COMPARISONS.size()));
    return switch (kind) {
      case 0 ->
          new Pair(
              "(" + comparison + " " + name.form + " " + low.form + ")",
              name.text + comparison + low.text);
      case 1 ->
          new Pair(
              "(" + comparison + " " + low.form + " " + name.form + ")",
              low.text + comparison + name.text);
      case 2 ->
          new Pair(
              "(between " + name.form + " " + low.form + " " + high.form + ")",
              name.text + " between " + low.text + " and " + high.text);
      case 3 ->
          new Pair(
              "(in " + name.form + " (" + low.form + " " + high.form + "))",
              name.text + " in (" + low.text + ", " + high.text + ")");
      case 4 -> new Pair("(nil? " + name.form + ")", name.text + " is null");
      default -> random.nextBoolean() ? like(random) : new Pair("flag", "flag");
    };
  }

  private static Pair like(Random random) {
    String text = TEXTS.get(random.nextInt(TEXTS.size() - 1));
    return new Pair(
        "(like |odd \"name\";| " + Spelling.quoted(text + "%") + ")",
        "\"odd \"\"name\"\";\" like '" + text.replace("'", "''") + "%'");
  }

  private static Pair name(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> new Pair("|odd \"name\";|", "\"odd \"\"name\"\";\"");
      case 1 -> new Pair("or", "\"or\"");
      case 2 -> new Pair("flag", "flag");
      case 3 -> new Pair("at", "at");
      default -> new Pair("x", "x");
    };
  }

  /** A literal for an attribute, as it is or as an expression. */
  private static Pair literal(Random random, Pair name) {
    Pair plain =
        switch (name.form) {
          case "or", "x" -> {
            String number = Double.toString(random.nextInt(40) / 4.0);
            yield new Pair(number, number);
          }
          case "flag" -> {
            String truth = Boolean.toString(random.nextBoolean());
            yield new Pair(truth, truth);
          }
          case "at" -> {
            String time = "1970-01-01T00:00:0" + random.nextInt(10) + "Z";
            yield new Pair("#inst \"" + time + "\"", "timestamp '" + time + "'");
          }
          default -> {
            String text = TEXTS.get(random.nextInt(TEXTS.size()));
            yield new Pair(Spelling.quoted(text), "'" + text.replace("'", "''") + "'");
          }
        };
    return random.nextBoolean()
        ? plain
        : new Pair(",(first (list " + plain.form + "))", plain.text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '^',
      value = {
        "(= ors 1)           ! 32 ! condition/name ! attribute must be declared: ors, nearest=or",
        "(= fla true)        ! 32 ! condition/name ! attribute must be declared: fla, nearest=flag",
        "(= x k)             ! 34 ! condition/name ! attribute must be declared: k, hint: a variable is written with a comma: ,k",
        "(= k 1)             ! 32 ! condition/name ! attribute must be declared: k, hint: a variable is written with a comma: ,k",
        "(= x \"a\")         ! 34 ! condition/type ! literal must suit the type of its attribute: name='x', type=double, literal type=text, literal='a'",
        "(and x (= x 1))     ! 34 ! condition/type ! an attribute that is a condition by itself must be a boolean: name='x', type=double, wanted=boolean",
        "(= x ,nil)          ! 35 ! condition/value ! a literal must not be nil, hint: write (nil? ATTRIBUTE)",
        "(= x nil)           ! 34 ! condition/value ! a literal must not be nil, hint: write (nil? ATTRIBUTE)",
        "(= x ,'(1))         ! 35 ! condition/value ! a literal must be a number, text, timestamp or boolean: type=list, value=(1)",
        "(in x ,5)           ! 36 ! condition/value ! in must have a list: type=long, value=5",
        "(< 0 x 5)           ! 29 ! condition/form ! parts must be 2: parts=3, signature=(< ATTRIBUTE LITERAL), hint: use between",
        "(= x or)            ! 29 ! condition/form ! an attribute must be compared with a literal or ,EXPR: (= x or)",
        "(= x (+ 1 1))       ! 34 ! condition/form ! a literal must be a number, text, timestamp, true, false or ,EXPR: (+ 1 1)",
        "(near x 1)          ! 29 ! condition/form ! condition must be an attribute, a comparison, between, in, like, nil?, not, and, or, true, or a text: (near x 1)",
        "5                   ! 29 ! condition/form ! condition must be an attribute, a comparison, between, in, like, nil?, not, and, or, true, or a text: 5",
        "\"x =\"             ! 29 ! condition/form ! a literal must be a number, a 'text', true, false or timestamp: found=the end, column=4",
        "\"y = 1\"           ! 29 ! condition/name ! attribute must be declared: y",
        "\"x = 1 or\"        ! 29 ! condition/form ! a test must begin with an attribute, a literal, not or (: found=the end, column=9",
      })
  void failuresNameTheirForm(String condition, int column, String code, String message) {
    Language language = Language.over(DATABASE, LanguageOptions.DEFAULT.withArgument("k", 1));
    String program = "(similar (text \"s\" 1) :where " + condition + ")";
    ProgramException failed = assertThrows(ProgramException.class, () -> language.run(program));
    assertEquals("line 1, column " + (column + 1) + ": " + message, failed.getMessage());
    assertEquals(code, failed.code());
  }

  @Test
  void everySeriesAndNone() {
    Language language = Language.over(DATABASE);
    for (String all :
        List.of("true", "(and)", "(not (or))", "(not (in x ()))", "(or true (= x 1))")) {
      assertEquals("60", language.run("(count (select (id) :where " + all + "))").toString(), all);
    }
    for (String none :
        List.of(
            "(not true)", "(or)", "(in x ())", "(in x ,'())", "(and true (not true) (= x 1))")) {
      assertEquals("0", language.run("(count (select (id) :where " + none + "))").toString(), none);
    }
  }
}

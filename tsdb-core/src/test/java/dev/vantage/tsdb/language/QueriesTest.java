package dev.vantage.tsdb.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.condition.InvalidConditionException;
import dev.vantage.tsdb.rows.InvalidSelectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Queries over a few series with attributes, and the requests that they cost. */
class QueriesTest {
  private static final EmbeddedTsdb DATABASE = Tsdb.inMemory(QueryExamples.SETTINGS, 1);

  private static Stream<String> examples() {
    return QueryExamples.examples();
  }

  @BeforeAll
  static void insert() {
    QueryExamples.insert(DATABASE);
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void haveTheirValues(String example) {
    String[] sides = example.split(" => ");
    Language language = Language.over(DATABASE);
    if (sides[1].matches("[a-z]+(/[a-z-]+)? [0-9]+( :?[a-z]+)?")) {
      String[] expected = sides[1].split(" ");
      ProgramException failed = assertThrows(ProgramException.class, () -> language.run(sides[0]));
      assertEquals(expected[0], failed.code(), failed.getMessage());
      assertEquals(Integer.parseInt(expected[1]), failed.column(), failed.getMessage());
      assertEquals(expected.length > 2 ? expected[2] : "", failed.hint().orElse(""));
    } else {
      assertEquals(sides[1], QueryExamples.shown(language.run(sides[0])));
    }
  }

  @Test
  void lagsOfOneDistanceAreOpposite() {
    Language language = Language.over(DATABASE);
    long lag = lag(language, "(distance \"s01\" \"s02\")");
    assertEquals(lag, lag(language, "(distance (series \"s01\") \"s02\")"));
    assertEquals(lag, lag(language, "(distance \"s01\" (series \"s02\"))"));
  }

  private static long lag(Language language, String program) {
    return ((Value.LongNumber) ((Value.RecordValue) language.run(program)).fields().get("lag"))
        .value();
  }

  @Test
  void aSpentBudgetIsNoted() {
    Table table =
        (Table)
            Language.over(DATABASE).run("(similar \"s01\" :budget-distances 0 :budget-ms 1000)");
    assertEquals(1, table.notes().size());
    assertEquals("complete within distance", table.notes().get(0).replaceAll(" [0-9.E-]+$", ""));
  }

  @Test
  void rowsBeyondTheStandardLimitAreNoted() {
    LanguageOptions few = LanguageOptions.DEFAULT.withLimit(Limit.ROWS, 10);
    Table table = (Table) Language.over(DATABASE, few).run("(select (id))");
    assertEquals(10, table.rows().size());
    assertEquals(List.of("10 of more rows, the most of a program"), table.notes());
  }

  @Test
  void countsAreOfAllRowsOrFail() {
    LanguageOptions few = LanguageOptions.DEFAULT.withLimit(Limit.ROWS, 10);
    Language language = Language.over(DATABASE, few);
    assertEquals("30", language.run("(count (select (id)))").toString());
    assertEquals("3", language.run("(count (select (band (count)) :group-by (band)))").toString());
    for (String select :
        List.of("(select (id (count)) :group-by (id))", "(select (id) :order-by (id))")) {
      ProgramException failed =
          assertThrows(ProgramException.class, () -> language.run("(count " + select + ")"));
      assertEquals("limit/rows", failed.code());
      assertEquals(8, failed.column());
    }
  }

  /** Counts the calls of a database. */
  private static Tsdb counting(List<String> calls) {
    return (Tsdb)
        Proxy.newProxyInstance(
            Tsdb.class.getClassLoader(),
            new Class<?>[] {Tsdb.class},
            (proxy, method, arguments) -> {
              calls.add(method.getName());
              try {
                return method.invoke(DATABASE, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** A database behind a socket names neither the broken rule nor the place in a condition. */
  private static Tsdb vague() {
    return (Tsdb)
        Proxy.newProxyInstance(
            Tsdb.class.getClassLoader(),
            new Class<?>[] {Tsdb.class},
            (proxy, method, arguments) -> {
              try {
                return method.invoke(DATABASE, arguments);
              } catch (InvocationTargetException e) {
                String message = String.valueOf(e.getCause().getMessage());
                if (e.getCause() instanceof InvalidSelectException) {
                  throw new InvalidSelectException(InvalidSelectException.Rule.COLUMNS, message);
                } else if (e.getCause() instanceof InvalidConditionException) {
                  throw new InvalidConditionException(message, 1);
                }
                throw e.getCause();
              }
            });
  }

  @ParameterizedTest
  @CsvSource({
    "(select (id (count))), select/grouping",
    "(select (id) :order-by (n)), select/order",
    "(select ((mean band))), type",
    "(select (nope)), condition/name",
    "(select (id) :where (= n true)), condition/type",
    "(select (id) :where (= m 1)), condition/name",
    "(count (select (id) :where (= m 1))), condition/name",
    "(similar \"s01\" :where (= n true)), condition/type",
  })
  void refusalsOverASocketHaveTheSameCodes(String program, String code) {
    ProgramException failed =
        assertThrows(ProgramException.class, () -> Language.over(vague()).run(program));
    assertEquals(code, failed.code());
    assertEquals(
        assertThrows(ProgramException.class, () -> Language.over(DATABASE).run(program))
            .getMessage(),
        failed.getMessage());
  }

  @ParameterizedTest
  @MethodSource("plans")
  void aPlanIsOneRequest(String line) {
    String[] sides = line.split(" => ");
    List<String> calls = new ArrayList<>();
    Language.over(counting(calls)).run(sides[0]);
    assertEquals(List.of(sides[1].split(" ")), calls);
  }

  private static Stream<String> plans() {
    return """
        (similar "s01" :where (= band "g") :select (band)) => search
        (similar '("s01" "s02") :k 2) => searchAll
        (select (band (count)) :from (similar "s01" :k 9 :where (< n 20)) :group-by (band)) => search
        (-> (similar "s01" :k 9) (filter (= band "g")) (extend (m (* 2 n))) (order-by m) (take 2)) => search
        (select (band) :from (within "s01" 1000) :where (= band "g")) => search
        (count (select (id) :where (= band "g"))) => count
        (first (select (id) :where (= band "g"))) => select
        (take 3 (select (id n))) => select
        (select (id) :from (select (id n) :where (< n 5)) :where (> n 2)) => select
        (distance "s01" "s02") => search
        (list (attributes) (attributes) (filter (select (id band) :where (= band "g")) (= band "g"))) => attributeTypes select
        """
        .lines();
  }

  /** A step around a search gives the same as a step around its table. */
  @ParameterizedTest
  @MethodSource("nestings")
  void plansGiveWhatStepsGive(String line) {
    String[] sides = line.split(" => ");
    Language language = Language.over(DATABASE);
    assertEquals(
        QueryExamples.shown(language.run(sides[1])), QueryExamples.shown(language.run(sides[0])));
  }

  private static Stream<String> nestings() {
    return """
        (select (id band) :from (similar "s01" :k 9) :where (= band "g")) => (let ((t (similar "s01" :k 9 :select (band)))) (select (id band) :from t :where (= band "g")))
        (select (id) :from (within "s01" 1000) :where (and (= band "g") (< n 9))) => (let ((t (within "s01" 1000 :select (band n)))) (select (id) :from t :where (and (= band "g") (< n 9))))
        (select (id) :from (within "s01" 1000 :where (= band "g")) :where (< distance 0.5)) => (let ((t (within "s01" 1000 :where (= band "g")))) (select (id) :from t :where (< distance 0.5)))
        (count (select (id) :where (= band "g"))) => (let ((t (select (id) :where (= band "g")))) (count t))
        (first (select (id n) :order-by ((desc n)))) => (let ((t (select (id n) :order-by ((desc n))))) (first t))
        (take 4 (select (band (sum n)) :group-by (band))) => (let ((t (select (band (sum n)) :group-by (band)))) (take 4 t))
        (order-by (filter (similar "s01" :k 9) (< n 20)) (desc n)) => (let ((t (similar "s01" :k 9 :select (n)))) (let ((u (filter t (< n 20)))) (order-by u (desc n))))
        """
        .lines();
  }

  @Test
  void searchesAndRequestsAreLimited() {
    LanguageOptions few = LanguageOptions.DEFAULT.withLimit(Limit.SEARCHES, 3);
    assertEquals(
        "limit/searches",
        assertThrows(
                ProgramException.class,
                () ->
                    Language.over(DATABASE, few)
                        .run("(similar '(\"s01\" \"s02\" \"s03\" \"s04\"))"))
            .code());
    LanguageOptions one = LanguageOptions.DEFAULT.withLimit(Limit.REQUESTS, 1);
    assertEquals(
        "limit/requests",
        assertThrows(
                ProgramException.class,
                () ->
                    Language.over(DATABASE, one)
                        .run("(define (similar-to x) (similar \"s01\")) (map similar-to '(1 2))"))
            .code());
  }
}

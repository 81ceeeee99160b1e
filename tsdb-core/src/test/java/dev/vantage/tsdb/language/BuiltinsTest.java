package dev.vantage.tsdb.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each builtin, by programs and their values. */
class BuiltinsTest {
  private static final EmbeddedTsdb DATABASE = Tsdb.inMemory(Settings.DEFAULT, 1);
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2024-05-01T20:15:00.1234567Z"), ZoneOffset.UTC);

  /** A program, and its value or the code of its failure. */
  private static final String EXAMPLES =
      """
      (list (+) (+ 1 2) (+ 1 2.5) (- 5) (- 5 1 1) (- 0.0) (*) (* 2 3) (* 2 0.5)) => (0 3 3.5 -5 3 -0.0 1 6 1.0)
      (- -9223372036854775808) => number/overflow
      (* 1e200 1e200) => number/overflow
      (list (/ 1 4) (/ 6 3) (quotient -7 2) (modulo -7 2) (modulo 7 -2)) => (0.25 2.0 -3 1 -1)
      (quotient -9223372036854775808 -1) => number/overflow
      (quotient 1 0) => number/zero
      (modulo 1 0) => number/zero
      (list (abs -3) (abs -0.5) (min 3 1.5 2) (max 3 1.5) (min 4)) => (3 0.5 1.5 3 4)
      (list (round 2.5) (round 3.5) (round -2.4) (floor -2.5) (ceiling -2.5) (round 7)) => (2 4 -2 -3 -2 7)
      (round 1e30) => number/overflow
      (list (sqrt 4) (exp 0) (log 1) (log 8 2) (pow 2 10)) => (2.0 1.0 0.0 3.0 1024.0)
      (log 0) => number/domain
      (log 8 0) => number/domain
      (log 8 -2) => number/domain
      (log 8 1) => number/domain
      (list (+ 9223372036854775807 1 0.5) (* 9223372036854775807 2 0.5) (- 0 -9223372036854775808 0.5)) => (9.223372036854776E18 9.223372036854776E18 9.223372036854776E18)
      (+ 9223372036854775807 1 "a") => type
      (list 2e23 1e23 8.41e21 2.0 4.9e-324 -1e22 123456789.125 0.1) => (2.0E23 1.0E23 8.41E21 2.0 4.9E-324 -1.0E22 1.23456789125E8 0.1)
      (list (= 1 1.0) (= 9007199254740993 9007199254740992.0) (= -0.0 0) (= '(1 (2)) '(1.0 (2))) (= "a" 'a) (= 1 1 2)) => (true false true true false false)
      (list (= + +) (= (lambda () 1) (lambda () 1)) (= (record :a 1 :b 2) (record :b 2.0 :a 1)) (= nil false)) => (true false true false)
      (list (!= 1 2) (!= 1 1.0) (< 0 1 2.5) (< 0 2 1) (<= 1 1 2) (> 3 2 1) (>= 2 2 3)) => (true false true false true true false)
      (list (< "a" "b") (< "\\u{ffff}" "\\u{10000}") (< false true) (< #inst "2024-05-01" #inst "2024-05-02")) => (true true true true)
      (list (< 9223372036854775807 9223372036854775808.0) (> 9007199254740993 9007199254740992.0)) => (true true)
      (< 1 "a") => type
      (< '(1) '(2)) => type
      (list (not nil) (not 0)) => (true false)
      (map (lambda (f) (f nil)) (list nil? boolean? number? text? timestamp? list? record? table? series? function?)) => (true false false false false false false false false false)
      (list (boolean? true) (number? 1) (text? "a") (timestamp? (now)) (list? '()) (record? (record)) (function? not)) => (true true true true true true true)
      (text "a" 1 0.5 nil :k 'x '("b" 2) (now)) => "a10.5nil:kx(\\"b\\" 2)2024-05-01T20:15:00.123456Z"
      (list (text-length "a\\u{1F31F}") (upper "a\\u00df") (lower "AB")) => (2 "ASS" "ab")
      (list (starts-with? "abc" "ab") (ends-with? "abc" "bc") (contains? "abc" "x") (contains? '(1 2.0) 2) (contains? '() 1)) => (true true false true false)
      (list (split "a, b,, c" ", ") (split "" "x") (join '("a" "b") "-") (join '() "-")) => (("a" "b," "c") ("") "a-b" "")
      (split "a" "") => type
      (join '(1) "a") => type
      (list (number "42") (number "-1e3") (number "x") (number "1 ")) => (42 -1000.0 nil nil)
      (seconds #inst "2024-05-01T00:00:00Z" #inst "2024-05-01T00:01:00.5Z") => 60.5
      (= (now) (now)) => true
      (list (count '(1 2)) (count "a\\u{1F31F}") (count nil) (empty? '()) (first '(1 2)) (first '()) (last '(1 2)) (rest '(1 2 3)) (rest '())) => (2 2 0 true 1 nil 2 (2 3) ())
      (list (nth '(1 2) 1) (nth '(1 2) 5 :none)) => (2 :none)
      (nth '(1) 1) => value/index
      (nth '(1) -1) => value/index
      (list (take 2 '(1 2 3)) (take '(1 2 3) 5) (drop 1 '(1 2 3)) (drop '(1) 2)) => ((1 2) (1 2 3) (2 3) ())
      (take -1 '(1)) => value/index
      (list (reverse '(1 2 3)) (distinct '(1 2 1.0 "a" "a" nil nil (1) (1)))) => ((3 2 1) (1 2 "a" nil (1)))
      (list (concat) (concat '(1) '(2 3)) (range 3) (range 1 3) (range 5 0 -2) (range 3 1)) => (() (1 2 3) (0 1 2) (1 2) (5 3 1) ())
      (range 0 1 0) => number/zero
      (list (take '(1 2) 1) (take 1 '(1 2)) (drop '(1 2) 1)) => ((1) (1) (2))
      (take 1.0 '(1)) => type
      (take nil 1) => type
      (range 9007199254740993 9007199254740995) => (9007199254740993 9007199254740994)
      (range 9223372036854775800 9223372036854775807 5) => (9223372036854775800 9223372036854775805)
      (range -9223372036854775807 -9223372036854775808 -1) => (-9223372036854775807)
      (range -9223372036854775808 9223372036854775807 9223372036854775807) => (-9223372036854775808 -1 9223372036854775806)
      (range 9223372036854775807 -9223372036854775808 -9223372036854775808) => (9223372036854775807 -1)
      (range -9223372036854775808 9223372036854775807) => limit/rows
      (count (distinct (map (lambda (x) (* x 4294967297)) (range 20000)))) => 20000
      (list (map + '(1 2) '(10 20 30)) (keep (lambda (x) (> x 1)) '(1 2 3)) (reduce + 0 '(1 2 3)) (any? not '(1 nil)) (every? not '(1 nil)) (apply max '(1 3 2))) => ((11 22) (2 3) 6 true false 3)
      (map 5 '()) => type
      (list (sort '(3 nil 1 2.5)) (sort '("b" "a")) (sort-by - '(1 3 2)) (sort '())) => ((1 2.5 3 nil) ("a" "b") (3 2 1) ())
      (sort '(1 "a")) => type
      (sort '((1))) => type
      (list (min-by abs '(-2 1 -1)) (max-by abs '(-2 1 2)) (min-by abs '()) (max-by (lambda (x) nil) '(7 8))) => (1 -2 nil 7)
      (group even '(1 2 3)) => name/unknown
      (group (lambda (x) (modulo x 2)) '(1 2 3)) => ({:key 1 :rows (1 3)} {:key 0 :rows (2)})
      (list (record :a 1 :b 2 :a 3) (get (record :a 1) :a) (get (record :a 1) :b 5) (get nil :a) (names (record :a 1 :b 2)) (with (record :a 1) :b 2 :a 3)) => ({:a 3 :b 2} 1 5 nil (:a :b) {:a 3 :b 2})
      (get (record :a 1) :b) => value/name
      (record :a) => call/arity
      """;

  private static Stream<String> examples() {
    return EXAMPLES.lines();
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void haveTheirValues(String example) {
    String[] sides = example.split(" => ");
    Language language = Language.over(DATABASE, LanguageOptions.DEFAULT.withClock(CLOCK));
    if (sides[1].matches("[a-z]+(/[a-z]+)?") && !sides[1].matches("true|false|nil")) {
      ProgramException failed = assertThrows(ProgramException.class, () -> language.run(sides[0]));
      assertEquals(sides[1], failed.code());
    } else {
      ValuePrinter printer = new ValuePrinter(10_000);
      printer.data(language.run(sides[0]));
      assertEquals(sides[1], printer.toString());
    }
  }

  /** A builtin that no example calls or passes on is not tested. */
  @Test
  void everyBuiltinIsInAnExample() {
    Set<String> used =
        Stream.concat(examples(), QueryExamples.examples())
            .flatMap(line -> Arrays.stream(line.split("[\\s()']+")))
            .collect(Collectors.toSet());
    Set<String> missing = new TreeSet<>();
    Builtins.all().stream()
        .map(Builtin::name)
        .filter(one -> !used.contains(one))
        .forEach(missing::add);
    assertEquals(Set.of(), missing);
  }
}

package dev.vantage.tsdb.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluatorTest {
  private static final EmbeddedTsdb DATABASE = Tsdb.inMemory(Settings.DEFAULT, 1);

  private final Language language = Language.over(DATABASE);

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  private String value(String program) {
    ValuePrinter printer = new ValuePrinter(10_000);
    printer.data(language.run(program));
    return printer.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '^',
      value = {
        "                                         ! nil",
        "(define x 5) x                           ! 5",
        "(define (f a b) (+ a b)) (f 1 2)         ! 3",
        "(def f (func (a . rest) rest)) (f 1 2 3) ! (2 3)",
        "((lambda all all) 1)                     ! error syntax/token",
        "(let ((a 1) (b (+ a 1))) (list a b))     ! (1 2)",
        "(let ((a 1)) (let ((a 2)) a))            ! 2",
        "(let ((a 1)) (let ((a 2)) a) a)          ! 1",
        "(let ())                                 ! nil",
        "(if nil 1 2)                             ! 2",
        "(if 0 1 2)                               ! 1",
        "(if false 1)                             ! nil",
        "(cond (false 1) (nil 2) (else 3 4))      ! 4",
        "(cond (false 1))                         ! nil",
        "(and) (and 1 2)                          ! 2",
        "(and 1 nil (/ 1 0))                      ! nil",
        "(or)                                     ! nil",
        "(or false 7 (/ 1 0))                     ! 7",
        "(begin 1 2 3)                            ! 3",
        "(begin)                                  ! nil",
        "'(a :b \"c\" (1 . 2))                    ! (a :b \"c\" (1 |.| 2))",
        "(-> 10 (- 3) (- 2) abs)                  ! 5",
        "(->> 10 (- 3) list)                      ! (-7)",
        "(:b (record :a 1 :b 2))                  ! 2",
        "(:c (record :a 1) 9)                     ! 9",
        "(:c nil)                                 ! nil",
        "(map :a (list (record :a 1)))            ! (1)",
        "(define (g) (h)) (define (h) 4) (g)      ! 4",
        "(define a 1) (define (g) a) (define a 2) (g) ! 2",
        "(((lambda (x) (lambda (y) (list x y))) 1) 2) ! (1 2)",
        "(define (count-to n) (let ((f (lambda (i) (* i n)))) (map f (range n)))) (count-to 3) ! (0 3 6)",
        "(define (even n) (if (= n 0) true (odd (- n 1)))) (define (odd n) (if (= n 0) false (even (- n 1)))) (even 100001) ! false",
        "(define (loop n) (cond ((= n 0) :end) (else (and true (or false (begin 1 (let ((m (- n 1))) (loop m)))))))) (loop 50000) ! :end",
      })
  void formsHaveTheirValues(String program, String value) {
    if (value.startsWith("error ")) {
      ProgramException failed = assertThrows(ProgramException.class, () -> value(program));
      assertEquals(value.substring(6), failed.code());
    } else {
      assertEquals(value, value(program == null ? "" : program));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '^',
      value = {
        "(reduc 1)         ! 2 ! name/unknown  ! name must be defined: reduc, nearest=reduce",
        "(+ 1 coun)        ! 6 ! name/unknown  ! name must be defined: coun, nearest=count",
        "(define if 1)     ! 9 ! name/reserved ! the name of a form cannot be bound: if",
        "(lambda (let) 1)  ! 10 ! name/reserved ! the name of a form cannot be bound: let",
        "(list if)         ! 7 ! name/reserved ! the name of a form must begin a list: if",
        "(list (5 6))      ! 7 ! call/function ! only a function can be called: 5",
        "()                ! 1 ! call/function ! only a function can be called: (), hint: write '()",
        "(if 1)            ! 1 ! call/arity ! arguments must be 2 to 3: arguments=1, signature=(if TEST THEN [ELSE])",
        "(abs 1 2)         ! 1 ! call/arity ! arguments must be 1: arguments=2, signature=(abs n)",
        "(define (f a) a) (f) ! 18 ! call/arity ! arguments must be 1: arguments=0, signature=(f a)",
        "(define (f a . b) a) (f) ! 22 ! call/arity ! arguments must be at least 1: arguments=0, signature=(f a . b)",
        "(:a)              ! 1 ! call/arity ! arguments must be 1 to 2: arguments=0, signature=(:a record [default])",
        "(:bc (record :b 1)) ! 6 ! value/name ! record must have the name: :bc, nearest=:b",
        "(list (define a 1)) ! 7 ! syntax/token ! define must be at the top level",
        "(list ,a)         ! 7 ! syntax/token ! , must be in a condition",
        "(lambda (a a) 1)  ! 12 ! syntax/token ! parameters must have different names: found=a",
        "(+ 1 \"a\")       ! 6 ! type ! value must be a number: type=text, value=\"a\"",
        "(< 1 2 \"a\")     ! 8 ! type ! value must be comparable with long: type=text, value=\"a\"",
        "(+ 9223372036854775807 1) ! 24 ! number/overflow ! result must fit a long: last argument=1",
        "(/ 1 0)           ! 6 ! number/zero ! divisor must not be 0: divisor=0",
        "(sqrt -1)         ! 7 ! number/domain ! result must be finite and real: argument=-1",
        "(map (lambda (x) (/ 1 x)) '(1 0)) ! 23 ! number/zero ! divisor must not be 0: divisor=0",
      })
  void failuresNameTheirFormAndRule(String program, int column, String code, String message) {
    ProgramException failed = assertThrows(ProgramException.class, () -> language.run(program));
    assertEquals("line 1, column " + column + ": " + message, failed.getMessage());
    assertEquals(code, failed.code());
  }

  @Test
  void hintsAreTheNearestNames() {
    ProgramException failed = assertThrows(ProgramException.class, () -> language.run("(reduc 1)"));
    assertEquals("reduce", failed.hint().orElseThrow());
  }

  @Test
  void nothingRunsIfALaterFormIsMalformed() {
    assertThrows(ProgramException.class, () -> language.run("(define a 1) (if)"));
    assertEquals(
        "name/unknown", assertThrows(ProgramException.class, () -> language.run("a")).code());
  }

  @Test
  void definitionsPersistInASession() {
    language.run("(define (twice x) (* 2 x))");
    assertEquals("8", value("(twice 4)"));
    assertEquals(List.of("twice"), language.definitions());
    assertEquals(
        List.of(new Value.LongNumber(2), new Value.LongNumber(4)),
        language.runAll("(twice 1) (define b 2) (twice b)"));
  }

  @Test
  void hidingABuiltinIsNotedOnce() {
    language.run("(define (double x) (+ x x)) (define count 3)");
    assertEquals(List.of("a binding of count hides the builtin of that name"), language.notes());
    language.run("(define count 4)");
    assertEquals(List.of(), language.notes());
    assertEquals("4", value("count"));
    assertEquals("(5 2)", value("(let ((period 5)) (list period ((lambda (first) first) 2)))"));
    assertEquals(
        List.of(
            "a binding of period hides the builtin of that name",
            "a binding of first hides the builtin of that name"),
        language.notes());
  }

  @Test
  void argumentsAreBound() {
    LanguageOptions options =
        LanguageOptions.DEFAULT.withArgument("k", 5).withArgument("s", "a").withArgument("r", 0.5);
    assertEquals("(5 \"a\" 0.5)", Language.over(DATABASE, options).run("(list k s r)").toString());
    LanguageOptions reserved = LanguageOptions.DEFAULT.withArgument("if", 5);
    assertThrows(InvalidRequestException.class, () -> Language.over(DATABASE, reserved));
  }

  @Test
  void everyFormAndBuiltinIsInTheReference() {
    List<Language.Entry> reference = Language.reference();
    assertTrue(reference.size() > 60);
    for (Language.Entry entry : reference) {
      assertTrue(
          entry.signature().contains(entry.name().equals("unquote") ? "," : entry.name()),
          entry.name());
      assertTrue(entry.help().length() > 5, entry.name());
    }
  }
}

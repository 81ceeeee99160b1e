package dev.vantage.tsdb.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.DeadlineExceededException;
import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
  private static final EmbeddedTsdb DATABASE = Tsdb.inMemory(Settings.DEFAULT, 1);
  private static final long SMALL_STACK = 512 << 10; // bytes

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  private static ProgramException failure(LanguageOptions options, String program) {
    return assertThrows(
        ProgramException.class, () -> Language.over(DATABASE, options).run(program));
  }

  private static LanguageOptions with(Limit limit, long most) {
    return LanguageOptions.DEFAULT.withLimit(limit, most);
  }

  /**
   * Each function is called with large values, which it refuses, until a limit ends the program.
   */
  @Test
  void everyFunctionRefusesLargeValuesOrStopsAtALimit() {
    LanguageOptions options =
        with(Limit.STEPS, 50_000).withLimit(Limit.MEMORY, 8 << 20).withLimit(Limit.TEXT, 20_000);
    String large =
        "(define xs (range 9000)) (define s (reduce (lambda (a i) (text a a)) \"ab\" (range 10)))"
            + " (define t (table (map (lambda (i) (record :id (text i) :n i)) (range 500))))";
    for (Builtin builtin : Builtins.all()) {
      for (String arguments :
          List.of("", "xs", "s", "t", "xs xs", "s s", "t t", "t :n", "+ xs", "+ 0 xs", "9000 xs")) {
        String program =
            large
                + " (define (again) (begin ("
                + builtin.name()
                + " "
                + arguments
                + ") (again))) (again)";
        ProgramException failed = failure(options, program);
        assertTrue(
            failed.code().matches("(limit|call|type|value|number|host|database)(/.*)?"),
            () -> program + ": " + failed.getMessage());
      }
    }
  }

  @Test
  void everyLimitEndsAProgramUnderItsCode() {
    assertEquals("limit/program", failure(with(Limit.PROGRAM, 5), "(+ 1 2)").code());
    assertEquals("limit/nesting", failure(with(Limit.NESTING, 2), "(+ 1 (+ 1 (+ 1 1)))").code());
    assertEquals(
        "limit/nesting",
        failure(with(Limit.NESTING, 9), "(-> 1 " + "abs ".repeat(20) + ")").code());
    assertEquals(
        "limit/nesting",
        failure(LanguageOptions.DEFAULT, "(reduce (lambda (a x) (list a)) 1 (range 201))").code());
    assertEquals(
        "limit/depth", failure(LanguageOptions.DEFAULT, "(define (f n) (+ 1 (f n))) (f 0)").code());
    assertEquals(
        "limit/memory",
        failure(with(Limit.MEMORY, 1 << 24), "(map (lambda (x) (range 100000)) (range 100000))")
            .code());
    assertEquals("limit/memory", failure(with(Limit.MEMORY, 1000), "(range 1000)").code());
    assertEquals("limit/rows", failure(LanguageOptions.DEFAULT, "(range 1000001)").code());
    assertEquals(
        "limit/rows",
        failure(LanguageOptions.DEFAULT, "(range -9223372036854775808 9223372036854775807)")
            .code());
    assertEquals(
        "limit/text",
        failure(LanguageOptions.DEFAULT, "(define (f s) (f (text s s))) (f \"ab\")").code());
  }

  @Test
  void stepsEndALoopThatTakesNoDepth() {
    ProgramException failed =
        failure(
            with(Limit.STEPS, 1_000_000).withHint(Limit.STEPS, "--steps N"),
            "(define (f n) (f (+ n 1))) (f 0)");
    assertEquals("limit/steps", failed.code());
    assertEquals(
        "line 1, column 18: steps must be at most 1000000: steps=1000001, hint: --steps N",
        failed.getMessage());
  }

  /** Shared parts make values that are exponentially long when they are written out. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(= (f 100 1) (f 100 1))",
        "(text (f 100 1))",
        "(distinct (list (f 100 1) (f 100 1)))"
      })
  void sharedPartsAreCountedEachTime(String program) {
    String define = "(define (f n x) (if (= n 0) x (f (- n 1) (list x x)))) ";
    String code = failure(with(Limit.STEPS, 1_000_000), define + program).code();
    assertTrue(code.equals("limit/steps") || code.equals("limit/text"), code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(define (f n) (+ 1 (f n))) (f 0)",
        "(define (f n) (map (lambda (x) (reduce (lambda (a y) (+ a (first (map f (list n))))) 0 '(1))) '(1))) (f 0)",
        "(define (f n) (sort-by (lambda (x) (min-by f (list n))) '(1 2))) (f 0)",
        "(define (f n) (apply f (list (apply f (list n))))) (f 0)",
        "(define (f n) (let ((a (if (cond ((and (or (begin 1 (f n))))))  1))) a)) (f 0)",
        "(define (f n) (+ 1 DEEP)) (f 0)",
      })
  void depthHoldsOnASmallStack(String program) throws InterruptedException {
    String deep = "(+ 1 ".repeat(150) + "(f n)" + ")".repeat(150);
    CompletableFuture<Object> outcome = new CompletableFuture<>();
    Runnable run =
        () -> {
          try {
            outcome.complete(Language.over(DATABASE).run(program.replace("DEEP", deep)));
          } catch (Throwable e) {
            outcome.complete(e);
          }
        };
    Thread thread = new Thread(null, run, "small stack", SMALL_STACK);
    thread.start();
    thread.join();
    ProgramException failed = (ProgramException) outcome.join();
    assertEquals("limit/depth", failed.code());
    assertTrue(failed.getMessage().contains("depth must be at most 500"), failed.getMessage());
  }

  @Test
  void deepFormsCompileOnASmallStack() throws InterruptedException {
    String program = "(list ".repeat(199) + ")".repeat(199);
    String lambdas = "(lambda (x) ".repeat(99) + "1" + ")".repeat(99);
    CompletableFuture<Object> outcome = new CompletableFuture<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                Language.over(DATABASE).run(lambdas);
                outcome.complete(Language.over(DATABASE).run(program).toString());
              } catch (Throwable e) {
                outcome.complete(e);
              }
            },
            "small stack",
            SMALL_STACK);
    thread.start();
    thread.join();
    assertEquals("(".repeat(199) + ")".repeat(199), outcome.join());
  }

  @Test
  void aStackThatRaisedLimitsOverflowIsALimit() {
    LanguageOptions deep =
        with(Limit.DEPTH, Integer.MAX_VALUE).withLimit(Limit.NESTING, Integer.MAX_VALUE);
    assertEquals("limit/depth", failure(deep, "(define (f n) (+ 1 (f n))) (f 0)").code());
  }

  @Test
  void timeEndsAProgram() {
    AtomicLong nanos = new AtomicLong();
    LanguageOptions options =
        LanguageOptions.DEFAULT
            .withTimeout(Duration.ofSeconds(1))
            .withNanoTime(() -> nanos.addAndGet(Duration.ofMillis(10).toNanos()));
    DeadlineExceededException failed =
        assertThrows(
            DeadlineExceededException.class,
            () -> Language.over(DATABASE, options).run("(define (f) (f)) (f)"));
    assertEquals("program must end in time: timeout=1000 ms", failed.getMessage());
  }

  @Test
  void smallLimitsHoldToTheStep() {
    for (int most : new int[] {0, 1, 5, 1023, 1024, 1025, 5000}) {
      String program = "(count (range " + (most + 1) + "))";
      ProgramException failure = failure(with(Limit.STEPS, most), program);
      assertEquals("limit/steps", failure.code(), program);
    }
    assertEquals("1", Language.over(DATABASE, with(Limit.STEPS, 1)).run("1").toString());
  }

  /** Thirty lists that share their parts have a billion parts when they are written out. */
  @Test
  void anAnswerCountsAsItIsWrittenOut() {
    String program = "(define (f n x) (if (= n 0) x (f (- n 1) (list x x)))) (f %d 1)";
    assertEquals("limit/memory", failure(LanguageOptions.DEFAULT, program.formatted(60)).code());
    assertEquals("limit/memory", failure(LanguageOptions.DEFAULT, program.formatted(30)).code());
    assertEquals("((1 1) (1 1))", Language.over(DATABASE).run(program.formatted(2)).toString());
  }

  @Test
  void anInterruptEndsAProgramAndLeavesTheSession() {
    Language language = Language.over(DATABASE);
    language.run("(define a 1)");
    Thread.currentThread().interrupt();
    ProgramException failed;
    try {
      failed = assertThrows(ProgramException.class, () -> language.run("(define (f) (f)) (f)"));
    } finally {
      assertTrue(Thread.interrupted());
    }
    assertEquals("interrupted", failed.code());
    assertEquals("1", language.run("a").toString());
  }
}

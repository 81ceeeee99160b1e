package dev.vantage.tsdb.language;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Programs that nobody wrote give a value or fail as programs do, on a small stack. */
class RandomProgramsTest {
  private static final int PROGRAMS = 4_000;
  private static final long SMALL_STACK = 512 << 10; // bytes
  private static final LanguageOptions SMALL =
      LanguageOptions.DEFAULT
          .withLimit(Limit.STEPS, 50_000)
          .withLimit(Limit.MEMORY, 4 << 20)
          .withLimit(Limit.ROWS, 10_000)
          .withLimit(Limit.TEXT, 10_000)
          .withLimit(Limit.SEARCHES, 20);

  private static final List<String> ATOMS =
      List.of(
          "0",
          "1",
          "-1",
          "2.5",
          "9223372036854775807",
          "-9223372036854775808",
          "1e308",
          "5e-324",
          "\"\"",
          "\"s1\"",
          "\"a\\u{1F31F}\"",
          "nil",
          "true",
          "false",
          ":id",
          ":n",
          ":points",
          ":k",
          "'()",
          "'(1 2 3)",
          "'(\"s1\" \"s2\")",
          "(range 100)",
          "(range 9999)",
          "(record :id \"s1\" :n 1)",
          "(similar \"s1\" :select (n band))",
          "(select (id n band))",
          "(now)",
          "x",
          "f",
          "id",
          "n",
          "(lambda (x) x)",
          "(lambda all all)",
          "+",
          "list",
          "map",
          "(series \"s1\")",
          "band");

  private static EmbeddedTsdb stars() {
    EmbeddedTsdb database = Tsdb.inMemory(Settings.DEFAULT.withLength(8).withVantagePoints(2), 1);
    Random random = new Random(3);
    for (int i = 0; i < 12; i++) {
      database.insert(
          new SeriesEntry(
              "s" + i,
              TimeSeries.ofValues(random.doubles(8).toArray()),
              Attributes.none().with("n", i).with("band", i % 2 == 0 ? "g" : "r")));
    }
    return database;
  }

  @Test
  void endAsProgramsDo() throws InterruptedException {
    check(PROGRAMS);
  }

  @Tag("soak")
  @Test
  void manyEndAsProgramsDo() throws InterruptedException {
    check(1000 * PROGRAMS);
  }

  private static void check(int programs) throws InterruptedException {
    Random random = Seeds.random("RandomProgramsTest");
    List<String> names = new ArrayList<>();
    Language.reference().forEach(entry -> names.add(entry.name()));
    CompletableFuture<String> failure = new CompletableFuture<>();
    try (EmbeddedTsdb database = stars()) {
      Runnable run =
          () -> {
            for (int i = 0; i < programs && !failure.isDone(); i++) {
              String program = program(random, names);
              try {
                Language.over(database, SMALL).run(program).toString();
              } catch (ProgramException e) {
                // A program may fail.
              } catch (RuntimeException | Error e) {
                failure.complete(e + " in " + program);
              }
            }
            failure.complete("");
          };
      Thread thread = new Thread(null, run, "small stack", SMALL_STACK);
      thread.start();
      thread.join();
    }
    assertEquals("", failure.join());
  }

  private static String program(Random random, List<String> names) {
    return "(define (f x) " + form(random, names, 3) + ") " + form(random, names, 4);
  }

  private static String form(Random random, List<String> names, int depth) {
    if (depth == 0 || random.nextInt(4) == 0) {
      return ATOMS.get(random.nextInt(ATOMS.size()));
    }
    StringBuilder form = new StringBuilder("(");
    form.append(random.nextInt(12) == 0 ? "f" : names.get(random.nextInt(names.size())));
    for (int i = random.nextInt(4); i > 0; i--) {
      form.append(' ').append(form(random, names, depth - 1));
    }
    return form.append(')').toString();
  }
}

package dev.vantage.tsdb.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.language.Language;
import dev.vantage.tsdb.language.LanguageOptions;
import dev.vantage.tsdb.language.Limit;
import dev.vantage.tsdb.language.ProgramException;
import dev.vantage.tsdb.language.QueryExamples;
import dev.vantage.tsdb.language.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program gives over a socket what it gives in a process, wherever it runs. */
class ClientProgramsTest {
  @Test
  void programsGiveTheSameOverASocket(@TempDir Path directory) throws IOException {
    try (ServerProcess server =
            ServerProcess.start(directory.resolve("db"), QueryExamples.SETTINGS);
        TsdbClient client = TsdbClient.connect(server.address(), ClientOptions.DEFAULT);
        Tsdb embedded = Tsdb.inMemory(QueryExamples.SETTINGS, 1)) {
      QueryExamples.insert(client);
      QueryExamples.insert(embedded);
      assertEquals(
          String.join("\n", QueryExamples.outcomes(embedded)),
          String.join("\n", QueryExamples.outcomes(client)));
    }
  }

  @Test
  void programsGiveTheSameInAServer(@TempDir Path directory) throws IOException {
    try (ServerProcess server =
            ServerProcess.start(directory.resolve("db"), QueryExamples.SETTINGS);
        TsdbClient client = TsdbClient.connect(server.address(), ClientOptions.DEFAULT);
        Tsdb embedded = Tsdb.inMemory(QueryExamples.SETTINGS, 1)) {
      QueryExamples.insert(client);
      QueryExamples.insert(embedded);
      LanguageOptions limits = LanguageOptions.DEFAULT.withLimit(Limit.ROWS, 100_000);
      assertEquals(
          String.join(
              "\n", QueryExamples.answers(program -> Language.over(embedded, limits).run(program))),
          String.join(
              "\n",
              QueryExamples.answers(program -> client.evaluate(program, LanguageOptions.DEFAULT))));
    }
  }

  @Test
  void argumentsAndLimitsReachTheServer(@TempDir Path directory) throws IOException {
    try (ServerProcess server =
            ServerProcess.start(directory.resolve("db"), QueryExamples.SETTINGS);
        TsdbClient client = TsdbClient.connect(server.address(), ClientOptions.DEFAULT)) {
      QueryExamples.insert(client);
      Value series = new Value.SeriesValue("", client.get("s01").series());
      Value given =
          Value.ListValue.of(
              List.of(
                  new Value.LongNumber(Long.MIN_VALUE),
                  new Value.DoubleNumber(-0.0),
                  new Value.Text("a\"\u00e4\ud83d\ude00"),
                  Value.Nil.NIL,
                  Value.Bool.TRUE,
                  Value.RecordValue.of(Map.of("x y", new Value.DoubleNumber(5)))));
      LanguageOptions options =
          LanguageOptions.DEFAULT
              .withArgument("given", given)
              .withArgument("drawn", series)
              .withLimit(Limit.STEPS, 1000);
      assertEquals(given, client.evaluate("given", options));
      assertEquals(
          new Value.Text("s01"), client.evaluate("(:id (first (similar drawn :k 1)))", options));
      ProgramException stopped =
          assertThrows(
              ProgramException.class, () -> client.evaluate("(map text (range 1000))", options));
      assertEquals("limit/steps", stopped.code());
      assertThrows(
          InvalidRequestException.class,
          () ->
              client.evaluate("1", LanguageOptions.DEFAULT.withLimit(Limit.STEPS, Long.MAX_VALUE)));
      assertThrows(
          InvalidRequestException.class,
          () -> client.evaluate("a", options.withArgument("a", new Value.Keyword("k"))));
    }
  }
}

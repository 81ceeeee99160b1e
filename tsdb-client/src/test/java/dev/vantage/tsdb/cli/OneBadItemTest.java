package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.OpenOptions.Access;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.client.ClientOptions;
import dev.vantage.tsdb.client.ServerProcess;
import dev.vantage.tsdb.client.TsdbClient;
import dev.vantage.tsdb.format.FileFormat;
import dev.vantage.tsdb.format.ReadOptions;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A batch of 100 series with one bad series at any position: 99 are stored, and the bad one is
 * named.
 */
class OneBadItemTest {
  private static final int BATCH = 100;

  /** From one place of the bad series to the next; the first and the last place are among them. */
  private static final int STEP = 9;

  private static final Settings SETTINGS = Settings.DEFAULT.withLength(8).withVantagePoints(1);
  private static final String TAKEN = "taken";
  private static final String FACT = "n";

  /** More than a frame of the server holds. */
  private static final int LARGE_POINTS = 20_000;

  @TempDir private Path directory;

  /** What may be wrong with a series. */
  private enum Badness {
    CONSTANT,
    BAD_ID,
    TAKEN_ID,
    BAD_ATTRIBUTE,
    LONG_ATTRIBUTE,
    TOO_LARGE;

    String row(String id) {
      return switch (this) {
        case CONSTANT -> row(id, "1", "7\t7\t7");
        case BAD_ID -> row("x".repeat(300), "1", "1\t2\t3");
        case TAKEN_ID -> row(TAKEN, "1", "1\t2\t3");
        case BAD_ATTRIBUTE -> row(id, "one", "1\t2\t3");
        case LONG_ATTRIBUTE -> row(id, "1".repeat(70_000), "1\t2\t3");
        case TOO_LARGE ->
            row(
                id,
                "1",
                IntStream.range(0, LARGE_POINTS)
                    .mapToObj(i -> i % 7 + ".123456789")
                    .collect(Collectors.joining("\t")));
      };
    }

    static String row(String id, String fact, String values) {
      return id + "\t" + fact + "\t" + values + "\n";
    }
  }

  @Test
  @Tag("long")
  void inADatabaseOfThisProcess() throws IOException {
    inADatabaseOfThisProcess(STEP);
  }

  @Test
  @Tag("soak")
  void everywhereInADatabaseOfThisProcess() throws IOException {
    inADatabaseOfThisProcess(1);
  }

  private void inADatabaseOfThisProcess(int step) throws IOException {
    OpenOptions options = OpenOptions.DEFAULT.withAccess(Access.CREATE).withSettings(SETTINGS);
    try (Tsdb database = Tsdb.open(directory.resolve("db"), options)) {
      check(
          database,
          List.of(
              Badness.CONSTANT,
              Badness.BAD_ID,
              Badness.TAKEN_ID,
              Badness.BAD_ATTRIBUTE,
              Badness.LONG_ATTRIBUTE),
          step);
    }
  }

  @Test
  @Tag("long")
  void behindAServer() throws IOException {
    behindAServer(STEP);
  }

  @Test
  @Tag("soak")
  void everywhereBehindAServer() throws IOException {
    behindAServer(1);
  }

  private void behindAServer(int step) throws IOException {
    OpenOptions options = OpenOptions.DEFAULT.withAccess(Access.CREATE).withSettings(SETTINGS);
    Tsdb.open(directory.resolve("served"), options).close();
    try (ServerProcess server =
            ServerProcess.start(directory.resolve("served"), 0, "--max-frame", "128KiB");
        Tsdb client = TsdbClient.connect(server.address(), ClientOptions.DEFAULT)) {
      check(client, List.of(Badness.values()), step);
    }
  }

  private static void check(Tsdb database, List<Badness> kinds, int step) throws IOException {
    database.insert(new SeriesEntry(TAKEN, TimeSeries.ofValues(1, 2, 4)));
    database.declareAttribute(FACT, AttributeValue.Type.LONG);
    ReadOptions options =
        ReadOptions.defaults().withId("1").withAttributeColumns(Map.of(FACT, "2"));
    ImportAttributes attributes = ImportAttributes.declared(database, Optional.empty(), options);
    for (Badness kind : kinds) {
      for (int bad = 0; bad < BATCH; bad += step) {
        StringWriter err = new StringWriter();
        ImportSink sink = new ImportSink(database, IfExists.FAIL, new PrintWriter(err));
        sink.complete(attributes);
        byte[] file = file(kind, bad).getBytes(StandardCharsets.UTF_8);
        FileFormat.WIDE.read(new ByteArrayInputStream(file), "rows.tsv", "rows", options, sink);
        sink.flush();
        String named = err + sink.takenInWords();
        assertEquals("imported 99, replaced 0, refused 1", sink.summary(), named);
        assertTrue(named.contains("rows.tsv:" + (bad + 1) + ": "), named);
        assertEquals(1, named.lines().count(), named);
      }
    }
  }

  private static String file(Badness kind, int bad) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < BATCH; i++) {
      String id = kind + "-" + bad + "-" + i;
      rows.append(
          i == bad ? kind.row(id) : Badness.row(id, "" + i, i + "\t" + bad + "\t" + (i + bad + 1)));
    }
    return rows.toString();
  }
}

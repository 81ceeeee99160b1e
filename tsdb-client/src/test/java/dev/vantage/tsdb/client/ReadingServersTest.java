package dev.vantage.tsdb.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.IdTakenException;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.ReadOnlyException;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.UnknownIdException;
import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.condition.InvalidConditionException;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One server that writes and two that read, over one database: what is written is soon read. */
@Tag("long")
class ReadingServersTest {
  private static final Settings SETTINGS = Settings.DEFAULT.withLength(64).withVantagePoints(3);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir private Path temporary;

  private final List<Tsdb> readers = new ArrayList<>();
  private Tsdb writer;

  private static SeriesEntry entry(int number) {
    double[] values = new Random(number).doubles(40, -1, 1).toArray();
    Attributes attributes =
        Attributes.none()
            .with("number", (long) number)
            .with("parity", number % 2 == 0 ? "even" : "odd");
    return new SeriesEntry("s" + number, TimeSeries.ofValues(values), attributes);
  }

  @Test
  void inADirectory() throws Exception {
    serve(temporary.resolve("db").toString());
  }

  @Test
  void inPostgres() throws Exception {
    PostgresServer postgres = PostgresServer.shared();
    serve(postgres.url(postgres.createDatabase()));
  }

  private void serve(String place) throws Exception {
    OpenOptions create = OpenOptions.DEFAULT.withAccess(OpenOptions.Access.CREATE);
    Tsdb.open(place, create.withSettings(SETTINGS)).close();
    Path log = temporary.resolve("log");
    try (ServerProcess one = ServerProcess.start(place, log, 0);
        ServerProcess two = ServerProcess.start(place, log, 0, "--read-only");
        ServerProcess three =
            ServerProcess.start(place, log, 0, "--read-only", "--refresh", "50ms");
        TsdbClient first = TsdbClient.connect(one.address(), ClientOptions.DEFAULT);
        TsdbClient second = TsdbClient.connect(two.address(), ClientOptions.DEFAULT);
        TsdbClient third = TsdbClient.connect(three.address(), ClientOptions.DEFAULT)) {
      writer = first;
      readers.addAll(List.of(second, third));
      whatIsWrittenIsRead();
      writesAreRefused();
    }
    String said = Files.readString(log);
    assertFalse(said.contains("\tat "), said);
  }

  /** Waits until all readers agree with the writer, and prints how long that took. */
  private void await(String what, Predicate<Tsdb> holds) {
    assertTrue(holds.test(writer), what);
    long begin = System.nanoTime();
    for (Tsdb reader : readers) {
      while (!holds.test(reader)) {
        if (System.nanoTime() - begin > PATIENCE.toNanos()) {
          fail("not read after " + PATIENCE + ": " + what);
        }
        Thread.yield();
      }
    }
    System.out.printf("%s: read after %d ms%n", what, (System.nanoTime() - begin) / 1_000_000);
  }

  private void awaitSameAnswers(String what, String id, Query query) {
    SearchResult expected = writer.search(query.about(id));
    assertFalse(expected.neighbors().isEmpty());
    await(what, tsdb -> tsdb.search(query.about(id)).neighbors().equals(expected.neighbors()));
  }

  private void whatIsWrittenIsRead() {
    writer.declareAttribute("observed", AttributeValue.Type.TIMESTAMP);
    await(
        "a type",
        tsdb -> tsdb.attributeTypes().declared().get("observed") == AttributeValue.Type.TIMESTAMP);
    writer.insert(entry(0));
    await("one series", tsdb -> tsdb.ids(IdQuery.first(10)).equals(List.of("s0")));
    List<SeriesEntry> many = new ArrayList<>();
    for (int number = 1; number < 200; number++) {
      many.add(entry(number));
    }
    writer.insertAll(many);
    await("many series", tsdb -> tsdb.stats().series() == 200);
    Condition even = Condition.parse("parity = 'even' and number >= 100");
    await("their attributes", tsdb -> tsdb.ids(IdQuery.first(1000).where(even)).size() == 50);
    Query query = Query.like("any").nearest(7).where("parity = 'even' and number >= 100");
    awaitSameAnswers("a search", "s1", query);

    String nearest = writer.search(query.about("s1")).neighbors().get(0).id();
    List<String> vantagePoints = writer.stats().vantagePoints();
    String added = vantagePoints.contains(nearest) ? "s1" : nearest;
    assertFalse(vantagePoints.contains(added));
    writer.addVantagePoint(added);
    await(
        "a vantage point",
        tsdb -> tsdb.stats().vantagePoints().equals(writer.stats().vantagePoints()));
    awaitSameAnswers("a search with it", "s1", query);

    String deleted =
        writer.search(query.about("s2")).neighbors().stream()
            .map(neighbor -> neighbor.id())
            .filter(id -> !writer.stats().vantagePoints().contains(id))
            .findFirst()
            .orElseThrow();
    writer.delete(deleted);
    await("a removal", tsdb -> !tsdb.ids(IdQuery.first(1000)).contains(deleted));
    await("a removal in searches", tsdb -> tsdb.stats().series() == 199);
    awaitSameAnswers("a search without it", "s2", query);
    readers.forEach(
        reader ->
            assertThrows(UnknownIdException.class, () -> reader.search(query.about(deleted))));

    // Changes from odd to even: the series now satisfies a condition that it did not satisfy.
    SeriesEntry twin =
        new SeriesEntry(
            "s151",
            entry(2).series(),
            Attributes.none().with("parity", "even").with("number", 151L).with("extra", 1.5));
    writer.put(twin);
    await("a replacement", tsdb -> tsdb.get("s151").equals(twin));
    assertEquals("s151", writer.search(query.about("s2")).neighbors().get(0).id());
    awaitSameAnswers("a search that finds it", "s2", query);
    awaitSameAnswers(
        "a search by a new attribute", "s2", Query.like("any").nearest(2).where("extra > 1"));

    writer.setAttributes(
        "s151",
        AttributeChanges.setting(Attributes.none().with("parity", "odd")).without(Set.of("extra")));
    await("other attributes", tsdb -> tsdb.get("s151").equals(writer.get("s151")));
    awaitSameAnswers("a search that finds it no more", "s2", query);
    awaitSameAnswers(
        "a search by other attributes", "s2", Query.like("any").nearest(2).where("extra is null"));
  }

  private void writesAreRefused() {
    for (Tsdb reader : readers) {
      assertTrue(reader.stats().readOnly());
      assertThrows(ReadOnlyException.class, () -> reader.insert(entry(1000)));
      assertThrows(ReadOnlyException.class, () -> reader.put(entry(3)));
      assertThrows(ReadOnlyException.class, () -> reader.delete("s3"));
      assertThrows(ReadOnlyException.class, () -> reader.addVantagePoint("s3"));
      assertThrows(
          ReadOnlyException.class, () -> reader.setAttributes("s3", AttributeChanges.none()));
      assertThrows(
          ReadOnlyException.class,
          () -> reader.declareAttribute("more", AttributeValue.Type.DOUBLE));
      Query unknown = Query.like("any").nearest(1).where("more > 1");
      assertThrows(InvalidConditionException.class, () -> reader.search(unknown.about("s3")));
    }
    assertFalse(writer.stats().readOnly());
    assertThrows(IdTakenException.class, () -> writer.insert(entry(3)));
  }
}

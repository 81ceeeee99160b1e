package dev.vantage.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.engine.ScanModel;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.RandomSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches that are stored in many parts. */
class BulkInsertTest {
  private static final int LENGTH = 8;
  private static final Settings SETTINGS = Settings.DEFAULT.withLength(LENGTH).withVantagePoints(4);

  /** Ids come again, some times are no phases, and vantage points are replaced on the way. */
  private static List<SeriesEntry> entries(int count, List<String> vantagePoints, Random random) {
    RandomSeries series = new RandomSeries(random.nextLong(), LENGTH);
    List<SeriesEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int kind = random.nextInt(1000);
      String id =
          random.nextInt(10_000) == 0 && !vantagePoints.isEmpty()
              ? vantagePoints.get(random.nextInt(vantagePoints.size()))
              : "s" + (kind < 5 ? random.nextInt(count) : i);
      TimeSeries points =
          kind > 990 ? TimeSeries.of(new double[] {0, 5}, new double[] {1, 2}) : series.next();
      entries.add(new SeriesEntry(id, points));
    }
    return entries;
  }

  private static String text(InsertOutcome outcome) {
    return outcome.id()
        + " "
        + outcome.created()
        + " "
        + outcome.failure().map(failure -> failure.getClass().getName()).orElse("");
  }

  @ParameterizedTest(name = "replace={0}")
  @ValueSource(booleans = {false, true})
  void equalsInsertingInSmallBatches(boolean replace) {
    Random random = Seeds.random("bulk");
    ScanModel model = new ScanModel(SETTINGS);
    try (EmbeddedTsdb bulk = Tsdb.inMemory(SETTINGS, 2);
        EmbeddedTsdb small = Tsdb.inMemory(SETTINGS, 2)) {
      for (int round = 0; round < 2; round++) {
        List<SeriesEntry> entries =
            entries(14_000 * (round + 1), bulk.stats().vantagePoints(), random);
        List<String> expected = new ArrayList<>();
        for (int from = 0; from < entries.size(); from += 100) {
          List<SeriesEntry> some = entries.subList(from, Math.min(entries.size(), from + 100));
          insertAll(small, some, replace).forEach(outcome -> expected.add(text(outcome)));
        }
        List<InsertOutcome> outcomes = insertAll(bulk, entries, replace);
        assertEquals(expected, outcomes.stream().map(BulkInsertTest::text).toList());
        for (int i = 0; i < entries.size(); i++) {
          if (outcomes.get(i).failure().isEmpty()) {
            model.put(entries.get(i).id(), entries.get(i).series());
          }
        }
      }
      assertTrue(model.size() > 27_000, "size=" + model.size());
      assertEquals(model.size(), bulk.stats().series());
      assertEquals(List.of(), bulk.verify(Progress.NONE).problems());
      for (int round = 0; round < 5; round++) {
        String id = model.anyId(random);
        for (Query query : List.of(Query.like("any").nearest(10), Query.like("any").within(0.2))) {
          assertEquals(model.similar(id, query), bulk.search(query.about(id)).neighbors());
          assertEquals(model.similar(id, query), small.search(query.about(id)).neighbors());
        }
      }
    }
  }

  private static List<InsertOutcome> insertAll(
      Tsdb database, List<SeriesEntry> entries, boolean replace) {
    return replace ? database.putAll(entries) : database.insertAll(entries);
  }
}

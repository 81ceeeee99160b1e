package dev.vantage.tsdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.condition.Filter;
import dev.vantage.tsdb.condition.InvalidConditionException;
import dev.vantage.tsdb.engine.prepare.SeriesPreparer;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue.LongValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.testkit.RandomSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The queries of one call share what is bound, and get the answers they get alone. */
class QueryBinderTest {
  private static final int LENGTH = 32;
  private static final Settings SETTINGS = Settings.DEFAULT.withLength(LENGTH);
  private static final List<String> CONDITIONS =
      List.of("kind = 1", "(kind = 1)", "1 = kind", "kind > 1", "kind in (0, 2)");

  private static QueryBinder binder() {
    return new QueryBinder(
        AttributeTypes.of(Map.of("kind", Type.LONG)),
        new SeriesPreparer(
            SettingsCodec.metric(SettingsCodec.complete(SETTINGS)), SETTINGS.resampling()),
        Deadline.after(Optional.empty(), System::nanoTime));
  }

  @Test
  void bindsEachDistinctConditionOnce() {
    QueryBinder binder = binder();
    Set<Filter> bound = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int round = 0; round < 10; round++) {
      for (String condition : CONDITIONS) {
        Query query = Query.like("a").where(condition);
        bound.add(binder.bind(query).request().where().orElseThrow());
      }
    }
    assertEquals(3, bound.size(), bound.toString());
    assertEquals(Optional.empty(), binder.bind(Query.like("a")).request().where());
  }

  @Test
  void refusesAWrongConditionEachTime() {
    QueryBinder binder = binder();
    Query wrong = Query.like("a").where("kind = 'x'");
    assertThrows(InvalidConditionException.class, () -> binder.bind(wrong));
    assertThrows(InvalidConditionException.class, () -> binder.bind(wrong));
  }

  @Test
  void answersABatchOfConditionsAsOneByOne() {
    RandomSeries series = new RandomSeries(Seeds.random("batch of conditions").nextLong(), LENGTH);
    try (Tsdb database = Tsdb.inMemory(SETTINGS, 2)) {
      List<SeriesEntry> entries = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        Attributes attributes = Attributes.of(Map.of("kind", new LongValue(i % 4)));
        entries.add(new SeriesEntry("s" + i, series.next(), attributes));
      }
      database.insertAll(entries);
      List<Query> queries = new ArrayList<>();
      for (String condition : CONDITIONS) {
        queries.add(Query.like("s7").nearest(3).where(condition));
        queries.add(Query.like(series.next()).nearest(3).where(condition));
      }
      List<List<Neighbor>> together =
          database.searchAll(queries).stream().map(SearchResult::neighbors).toList();
      assertEquals(
          queries.stream().map(query -> database.search(query).neighbors()).toList(), together);
    }
  }
}

package dev.vantage.tsdb.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.Budget;
import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.condition.Filter;
import dev.vantage.tsdb.condition.RandomConditions;
import dev.vantage.tsdb.index.AttributeLoad;
import dev.vantage.tsdb.index.FilledIndex;
import dev.vantage.tsdb.index.IndexState;
import dev.vantage.tsdb.index.IndexUpdate;
import dev.vantage.tsdb.index.LiveOrdinals;
import dev.vantage.tsdb.index.MissingAttributesException;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.testkit.RandomSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Columns of attributes select the same series as the filter, row by row. */
class SelectionTest {
  private static final int CONDITIONS = 10_000;
  private static final int MAX_DEPTH = 6;

  /** More than a chunk of the columns, and not a multiple of a page. */
  private static final int MANY = 4357;

  private final List<Map<String, AttributeValue>> rows = new ArrayList<>();

  /** The first keys are those of the first rows. */
  private void fill(FilledIndex filled, RandomConditions source, RandomSeries series, int count) {
    for (int i = 0; i < count; i++) {
      Map<String, AttributeValue> row = source.nextRow();
      rows.add(row);
      filled.putAll(
          Map.of(row.get(AttributeTypes.ID).toString(), filled.row(series.nextSamples())));
    }
  }

  private static void loadAttributes(FilledIndex filled, List<Map<String, AttributeValue>> rows) {
    AttributeLoad load = new AttributeLoad(filled.index);
    for (int i = 0; i < rows.size(); i++) {
      Map<String, AttributeValue> values = new HashMap<>(rows.get(i));
      values.remove(AttributeTypes.ID);
      load.set(i + 1L, values);
    }
    load.publish();
  }

  private int assertSelects(FilledIndex filled, Filter filter) {
    SearchRequest request =
        new SearchRequest(
            1, Double.POSITIVE_INFINITY, true, Optional.of(filter), Budget.UNLIMITED, () -> {});
    IndexState state = filled.index.state();
    LiveOrdinals selected = new Selections(filled.index.pool()).select(state, request).live();
    int count = 0;
    for (int ordinal : state.live().toArray()) {
      Map<String, AttributeValue> row = rows.get((int) state.directory().key(ordinal) - 1);
      boolean matches = filter.matches(name -> Optional.ofNullable(row.get(name)));
      assertEquals(matches, selected.contains(ordinal), filter + " of " + row);
      count += matches ? 1 : 0;
    }
    assertEquals(count, selected.count(), filter.toString());
    return count;
  }

  @Test
  void agreesWithTheFilterOnManyConditions() {
    Random random = Seeds.random("selection");
    RandomConditions source = new RandomConditions(random);
    try (FilledIndex filled = new FilledIndex(8, 1, 4, 2)) {
      fill(filled, source, new RandomSeries(random.nextLong(), 8), 70);
      loadAttributes(filled, rows);
      int partial = 0;
      for (int i = 0; i < CONDITIONS; i++) {
        String text = source.nextCondition(random.nextInt(MAX_DEPTH + 1));
        int count = assertSelects(filled, Condition.parse(text).bind(source.types()));
        partial += count > 0 && count < rows.size() ? 1 : 0;
      }
      assertTrue(partial > CONDITIONS / 2, "conditions that tell rows apart: " + partial);
    }
  }

  @Test
  void agreesOverSeveralChunksAndInAnyOrderOfTheIndex() {
    Random random = Seeds.random("selection");
    RandomConditions source = new RandomConditions(random);
    try (FilledIndex filled = new FilledIndex(8, 1, 4, 2)) {
      fill(filled, source, new RandomSeries(random.nextLong(), 8), MANY);
      loadAttributes(filled, rows);
      for (int i = 0; i < 200; i++) {
        String text = source.nextCondition(random.nextInt(MAX_DEPTH + 1));
        assertSelects(filled, Condition.parse(text).bind(source.types()));
      }
    }
  }

  /** Attributes that a failed update left are not those of the next series. */
  @Test
  void anAddedSeriesHasItsOwnAttributesAlone() {
    Filter filter =
        Condition.parse("period is null and type = 'c'")
            .bind(
                AttributeTypes.noneDeclared()
                    .with("period", AttributeValue.Type.DOUBLE)
                    .with("type", AttributeValue.Type.TEXT));
    try (FilledIndex filled = new FilledIndex(8, 1, 4, 2)) {
      Random random = new Random(1);
      RandomSeries series = new RandomSeries(1, 8);
      fill(filled, new RandomConditions(random), series, 5);
      loadAttributes(filled, List.of(Map.of(), Map.of(), Map.of(), Map.of(), Map.of()));
      double[] row = filled.row(series.nextSamples());
      IndexUpdate dropped = IndexUpdate.of(filled.index);
      dropped.setAttributes(
          dropped.add("dropped", 6, row), Map.of("period", new AttributeValue.DoubleValue(1)));
      IndexUpdate update = IndexUpdate.of(filled.index);
      int added = update.add("added", 6, row);
      update.setAttributes(added, Map.of("type", new AttributeValue.TextValue("c")));
      update.setDistances(added, filled.index.distances(row));
      update.publish();
      SearchRequest request =
          new SearchRequest(9, 2, true, Optional.of(filter), Budget.UNLIMITED, () -> {});
      List<Neighbor> hits = filled.searcher.search(row, request).neighbors();
      assertEquals(List.of("added"), hits.stream().map(Neighbor::id).toList());
    }
  }

  @Test
  void asksForAttributesThatAreNotThere() {
    try (FilledIndex filled = new FilledIndex(8, 1, 4, 2)) {
      fill(filled, new RandomConditions(new Random(1)), new RandomSeries(1, 8), 5);
      assertThrows(
          MissingAttributesException.class, () -> assertSelects(filled, Filter.Constant.TRUE));
      loadAttributes(filled, rows);
      assertEquals(5, assertSelects(filled, Filter.Constant.TRUE));
    }
  }
}

package dev.vantage.tsdb.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.condition.RandomConditions;
import dev.vantage.tsdb.rows.InvalidSelectException;
import dev.vantage.tsdb.rows.RandomSelects;
import dev.vantage.tsdb.rows.Rows;
import dev.vantage.tsdb.rows.Select;
import dev.vantage.tsdb.rows.SlowSelect;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.DoubleValue;
import dev.vantage.tsdb.series.AttributeValue.TextValue;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Checks that random selects give the rows of the definition, to the last bit. */
public final class SelectAgreement {
  private static final int MAX_ROWS = 60;
  private static final int SELECTS_PER_STORE = 200;

  private final Random random;
  private final RandomConditions source;
  private final List<Map<String, AttributeValue>> rows = new ArrayList<>();

  private SelectAgreement(Random random) {
    this.random = random;
    source = new RandomConditions(random);
  }

  /** Checks some selects on new stores, which are filled with random series and then closed. */
  public static void check(Supplier<Store> stores, int selects, Random random) {
    int compared = 0;
    for (int done = 0; done < selects; done += SELECTS_PER_STORE) {
      try (Store store = stores.get()) {
        compared += new SelectAgreement(random).checkOn(store);
      }
    }
    assertTrue(compared > selects / 2, "selects without overflow: " + compared);
  }

  private int checkOn(Store store) {
    store.apply(change());
    AttributeTypes types = store.attributeTypes();
    RandomSelects selects = new RandomSelects(random, source, types);
    int compared = 0;
    for (int i = 0; i < SELECTS_PER_STORE; i++) {
      Select select = selects.next();
      Rows expected;
      try {
        expected = SlowSelect.of(select, types, rows);
      } catch (InvalidSelectException e) {
        InvalidSelectException found =
            assertThrows(InvalidSelectException.class, () -> store.select(select, () -> {}));
        assertEquals(e.rule(), found.rule(), select::toString);
        continue;
      }
      Rows found = store.select(select, () -> {});
      assertEquals(SlowSelect.text(expected), SlowSelect.text(found), select::toString);
      assertEquals(expected, found, select::toString);
      compared++;
    }
    return compared;
  }

  /** Series with random attributes, all in one change. */
  private Change change() {
    List<IndexedSeries> added = new ArrayList<>();
    Instant moment = Instant.parse("2024-05-01T00:00:00.000001Z");
    int count = random.nextInt(MAX_ROWS);
    for (long key = 1; key <= count; key++) {
      Map<String, AttributeValue> row = new TreeMap<>(source.nextRow());
      String id = row.get(AttributeTypes.ID).toString();
      row.keySet().removeIf(AttributeTypes::isBuiltIn);
      row.computeIfPresent("period", (name, value) -> random.nextBoolean() ? gaussian() : value);
      TimeSeries points = TimeSeries.ofValues(random.nextInt(3), 3, random.nextInt(3));
      added.add(
          new IndexedSeries(key, new SeriesEntry(id, points, Attributes.of(row)), new double[0]));
      Map<String, AttributeValue> all =
          new HashMap<>(PointSummary.of(points, Optional.of(moment)).with(Attributes.of(row)));
      all.put(AttributeTypes.ID, new TextValue(id));
      rows.add(all);
    }
    return new Change(
        List.of(),
        source.types().declared(),
        added,
        Optional.of(moment),
        List.of(),
        Optional.empty(),
        List.of());
  }

  private AttributeValue gaussian() {
    return new DoubleValue(random.nextGaussian());
  }
}

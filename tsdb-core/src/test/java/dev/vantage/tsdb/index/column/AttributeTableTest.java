package dev.vantage.tsdb.index.column;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.condition.DoubleFilter;
import dev.vantage.tsdb.condition.Filter;
import dev.vantage.tsdb.condition.LongFilter;
import dev.vantage.tsdb.condition.TextFilter;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.BooleanValue;
import dev.vantage.tsdb.series.AttributeValue.DoubleValue;
import dev.vantage.tsdb.series.AttributeValue.LongValue;
import dev.vantage.tsdb.series.AttributeValue.TextValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.testkit.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Columns of attributes keep their values, under old and new ordinals, in little memory. */
class AttributeTableTest {
  private static final int ORDINALS = 9000;

  private final Random random = Seeds.random("attribute table");

  private Map<String, AttributeValue> someValues() {
    Map<String, AttributeValue> values = new HashMap<>();
    if (random.nextInt(3) == 0) {
      values.put("double", new DoubleValue(random.nextInt(9)));
    }
    if (random.nextInt(3) == 0) {
      values.put("long", new LongValue(random.nextInt(9)));
    }
    if (random.nextInt(50) == 0) {
      values.put("text", new TextValue("t" + random.nextInt(9)));
    }
    if (random.nextInt(900) == 0) {
      values.put("truth", new BooleanValue(random.nextBoolean()));
    }
    return values;
  }

  private static void assertHolds(
      AttributeTable table, Map<Integer, Map<String, AttributeValue>> all) {
    for (String name : List.of("double", "long", "text", "truth")) {
      AttributeValues column = table.column(name).orElseThrow();
      for (int ordinal = 0; ordinal < ORDINALS + 100; ordinal++) {
        Map<String, AttributeValue> values = all.getOrDefault(ordinal, Map.of());
        assertEquals(values.containsKey(name), column.has(ordinal), name + " of " + ordinal);
      }
    }
    DoubleValues doubles = (DoubleValues) table.column("double").orElseThrow();
    LongValues longs = (LongValues) table.column("long").orElseThrow();
    TextValues texts = (TextValues) table.column("text").orElseThrow();
    for (int chunk = 0; chunk <= ORDINALS / Pages.CHUNK + 1; chunk++) {
      long[] five = full();
      doubles.keep((DoubleFilter) filter("double = 5"), chunk, five);
      assertMask(all, "double", new DoubleValue(5), chunk, five);
      long[] six = full();
      longs.keep((LongFilter) filter("long = 6"), chunk, six);
      assertMask(all, "long", new LongValue(6), chunk, six);
      long[] text = full();
      Runnable inTime = () -> {};
      TextFilter seven = (TextFilter) filter("text = 't7'");
      texts.keep(texts.accepted(seven, inTime), chunk, text, inTime);
      assertMask(all, "text", new TextValue("t7"), chunk, text);
    }
  }

  private static Filter filter(String condition) {
    AttributeTypes types =
        AttributeTypes.of(Map.of("double", Type.DOUBLE, "long", Type.LONG, "text", Type.TEXT));
    return Condition.parse(condition).bind(types);
  }

  private static long[] full() {
    long[] mask = new long[Pages.CHUNK / Long.SIZE];
    Arrays.fill(mask, -1);
    return mask;
  }

  private static void assertMask(
      Map<Integer, Map<String, AttributeValue>> all,
      String name,
      AttributeValue wanted,
      int chunk,
      long[] mask) {
    for (int i = 0; i < Pages.CHUNK; i++) {
      int ordinal = chunk * Pages.CHUNK + i;
      boolean kept = (mask[i / Long.SIZE] & 1L << i) != 0;
      boolean is = wanted.equals(all.getOrDefault(ordinal, Map.of()).get(name));
      assertEquals(is, kept, name + " of " + ordinal);
    }
  }

  @Test
  void holdsWhatWasSetAndPacked() {
    AttributeTable table = new AttributeTable();
    Map<Integer, Map<String, AttributeValue>> all = new TreeMap<>();
    for (int i = 0; i < 2 * ORDINALS; i++) {
      // Half of them are set twice, as after an abandoned update.
      int ordinal = i < ORDINALS ? i : random.nextInt(ORDINALS);
      Map<String, AttributeValue> values = someValues();
      table.set(ordinal, values);
      all.put(ordinal, values);
    }
    assertHolds(table, all);
    List<Integer> order =
        new ArrayList<>(IntStream.range(0, ORDINALS).filter(i -> i % 3 != 0).boxed().toList());
    Collections.shuffle(order, random);
    Map<Integer, Map<String, AttributeValue>> packed = new TreeMap<>();
    for (int i = 0; i < order.size(); i++) {
      packed.put(i, all.get(order.get(i)));
    }
    assertHolds(table.packed(order.stream().mapToInt(Integer::intValue).toArray()), packed);
    assertHolds(table, all);
  }

  @Test
  void rareAttributesTakeLittleMemory() {
    AttributeTable table = new AttributeTable();
    for (int i = 0; i < 1000; i++) {
      table.set(8 * i, Map.of("rare" + i, new LongValue(i)));
    }
    assertTrue(table.bytes() < 1000 * 1200, "bytes=" + table.bytes());
  }
}

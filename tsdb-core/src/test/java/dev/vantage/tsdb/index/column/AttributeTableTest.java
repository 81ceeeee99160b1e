package dev.vantage.tsdb.index.column;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
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
import java.util.Optional;
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
  void aCopyChangesAndTheOriginalStays() {
    AttributeTable table = new AttributeTable();
    Map<Integer, Map<String, AttributeValue>> all = new TreeMap<>();
    for (int ordinal = 0; ordinal < ORDINALS / 2; ordinal++) {
      all.put(ordinal, ordinal == 0 ? ofEachColumn() : someValues());
      table.set(ordinal, all.get(ordinal));
    }
    int published = ORDINALS / 2;
    for (int round = 0; round < 6; round++) {
      Map<Integer, Map<String, AttributeValue>> changed = new TreeMap<>(all);
      AttributeTable copy = table.copy();
      int end = published + random.nextInt(70);
      for (int i = 0; i < 300; i++) {
        boolean isNew = end > published && random.nextInt(4) == 0;
        int ordinal =
            isNew ? published + random.nextInt(end - published) : random.nextInt(published);
        changed.put(ordinal, someValues());
        if (isNew) {
          copy.set(ordinal, changed.get(ordinal));
        } else {
          copy.replace(ordinal, changed.get(ordinal));
        }
      }
      assertHoldsUpTo(published, table, all);
      assertHoldsUpTo(end, copy, changed);
      if (random.nextInt(3) > 0) { // else the update is abandoned
        for (int ordinal = published; ordinal < end; ordinal++) {
          changed.computeIfAbsent(ordinal, absent -> Map.of());
          copy.set(ordinal, changed.get(ordinal));
        }
        table = copy;
        all = changed;
        published = end;
      }
    }
    for (int ordinal = published; ordinal < ORDINALS + 100; ordinal++) {
      table.set(ordinal, Map.of()); // clears what abandoned updates have left
    }
    assertHolds(table, all);
  }

  private static Map<String, AttributeValue> ofEachColumn() {
    return Map.of(
        "double", new DoubleValue(5),
        "long", new LongValue(6),
        "text", new TextValue("t7"),
        "truth", new BooleanValue(true));
  }

  /** Compares the values of ordinals below an end. */
  private static void assertHoldsUpTo(
      int end, AttributeTable table, Map<Integer, Map<String, AttributeValue>> all) {
    for (String name : List.of("double", "long", "text", "truth")) {
      AttributeValues column = table.column(name).orElseThrow();
      for (int ordinal = 0; ordinal < end; ordinal++) {
        Optional<AttributeValue> expected =
            Optional.ofNullable(all.getOrDefault(ordinal, Map.of()).get(name));
        if (all.containsKey(ordinal)) {
          assertEquals(expected, column.value(ordinal), name + " of " + ordinal);
        }
      }
    }
  }

  @Test
  void aChangeCopiesLittle() {
    AttributeTable table = new AttributeTable();
    for (int ordinal = 0; ordinal < ORDINALS; ordinal++) {
      table.set(ordinal, Map.of("double", new DoubleValue(1), "text", new TextValue("same")));
    }
    AttributeValues texts = table.column("text").orElseThrow();
    AttributeTable copy = table.copy();
    copy.replace(7, Map.of("double", new DoubleValue(2), "text", new TextValue("same")));
    assertSame(texts, copy.column("text").orElseThrow());
    assertNotSame(table.column("double"), copy.column("double"));
    assertEquals(table.bytes(), copy.bytes());
  }

  @Test
  void textsThatNoSeriesHasAnyMoreAreDropped() {
    AttributeTable table = new AttributeTable();
    table.set(0, Map.of("text", new TextValue("first")));
    table.set(1, Map.of("text", new TextValue("stays")));
    long bytes = table.bytes();
    for (int i = 0; i < 5000; i++) {
      AttributeTable copy = table.copy();
      copy.replace(0, Map.of("text", new TextValue("text " + i)));
      copy.dropUnusedTexts(2, () -> new int[] {0, 1});
      table = copy;
    }
    AttributeValues texts = table.column("text").orElseThrow();
    assertEquals(Optional.of(new TextValue("text 4999")), texts.value(0));
    assertEquals(Optional.of(new TextValue("stays")), texts.value(1));
    assertTrue(table.bytes() < bytes + 1500 * 150, "bytes=" + table.bytes());
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

package dev.vantage.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.vantage.tsdb.engine.AttributeTyping;
import dev.vantage.tsdb.engine.SettingsCodec;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.InvalidAttributeException;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.store.Change;
import dev.vantage.tsdb.store.MemoryStore;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limits on attributes, and the cost of many attributes. */
class AttributeLimitsTest {
  private static final Settings SETTINGS =
      Settings.DEFAULT.withLength(64).withMultiplier(5).withVantagePoints(2);
  private static final OpenOptions OPTIONS = OpenOptions.DEFAULT.withSettings(SETTINGS);
  private static final TimeSeries SERIES = TimeSeries.ofValues(1, 5, 2, 3);
  private static final AttributeLimits NONE =
      new AttributeLimits(Integer.MAX_VALUE, Integer.MAX_VALUE);

  @TempDir private Path directory;

  private static Attributes attributes(int count) {
    Map<String, AttributeValue> values = new HashMap<>();
    for (int i = 0; i < count; i++) {
      values.put("name" + i, new AttributeValue.LongValue(i));
    }
    return Attributes.of(values);
  }

  @Test
  void aSeriesHasNoMoreThanItsLimit() {
    try (EmbeddedTsdb database = Tsdb.inMemory(SETTINGS, 1)) {
      InvalidAttributeException refused =
          assertThrows(
              InvalidAttributeException.class,
              () -> database.insert(new SeriesEntry("a", SERIES, attributes(40_000))));
      assertEquals(
          "attribute count of a series must be <= 1000: attributes=40000", refused.getMessage());
      assertEquals(AttributeTypes.noneDeclared(), database.attributeTypes());
      database.insert(new SeriesEntry("a", SERIES, attributes(1000)));
      assertEquals(1000, database.get("a").attributes().asMap().size());
    }
  }

  @Test
  void aDatabaseThatHasMoreStillWorks() {
    try (EmbeddedTsdb database = Tsdb.open(directory, OPTIONS.withAttributeLimits(NONE))) {
      database.insert(new SeriesEntry("a", SERIES, attributes(3000)));
    }
    OpenOptions strict = OPTIONS.withAttributeLimits(new AttributeLimits(5, 10));
    try (EmbeddedTsdb database = Tsdb.open(directory, strict)) {
      Query query = Query.like("any").nearest(1).where("name2999 = 2999 and name4 >= 0");
      assertEquals("a", database.search(query.about(SERIES)).neighbors().get(0).id());
      assertEquals(3000, database.get("a").attributes().asMap().size());
      assertEquals(List.of(), database.verify(Progress.NONE).problems());
      database.put(new SeriesEntry("b", SERIES, attributes(5)));
      database.declareAttribute("name7", Type.LONG);
      InvalidAttributeException refused =
          assertThrows(
              InvalidAttributeException.class, () -> database.declareAttribute("new", Type.LONG));
      assertEquals(
          "attribute count of a database must be <= 10: attributes=3001", refused.getMessage());
      assertThrows(
          InvalidAttributeException.class,
          () -> database.insert(new SeriesEntry("c", SERIES, attributes(6))));
      assertEquals(
          List.of(true, false),
          database
              .insertAll(
                  List.of(
                      new SeriesEntry("d", SERIES, attributes(1)),
                      new SeriesEntry("e", SERIES, Attributes.none().with("other", true))))
              .stream()
              .map(InsertOutcome::created)
              .toList());
    }
  }

  @Test
  void limitsAreNotNegative() {
    assertThrows(InvalidRequestException.class, () -> new AttributeLimits(-1, 1));
    assertThrows(InvalidRequestException.class, () -> new AttributeLimits(1, -1));
  }

  /**
   * Measures allocated bytes: code that copies all attributes for each name allocates sixteen times
   * as much for four times as many.
   */
  private static void assertLinear(Consumer<Attributes> work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] bytes = new long[2];
    for (int i = 0; i < 2; i++) {
      Attributes attributes = attributes(i == 0 ? 2000 : 8000);
      work.accept(attributes); // objects that are created only once
      long before = threads.getCurrentThreadAllocatedBytes();
      work.accept(attributes);
      bytes[i] = threads.getCurrentThreadAllocatedBytes() - before;
    }
    assertTrue(bytes[1] < 8 * bytes[0], () -> "bytes=" + bytes[0] + " and " + bytes[1]);
  }

  private static AttributeTypes types(Attributes attributes) {
    AttributeTyping declarations = new AttributeTyping(AttributeTypes.noneDeclared(), NONE);
    declarations.accept(attributes);
    return declarations.types();
  }

  @Test
  void declaringManyIsLinear() {
    assertLinear(
        attributes -> assertEquals(attributes.asMap().size(), types(attributes).declared().size()));
  }

  @Test
  void storingManyIsLinear() {
    assertLinear(
        attributes -> {
          MemoryStore store = new MemoryStore(SettingsCodec.properties(SETTINGS));
          store.apply(Change.declaring(types(attributes).declared()));
        });
  }
}

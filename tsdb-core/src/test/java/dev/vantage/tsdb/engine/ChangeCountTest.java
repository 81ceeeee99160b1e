package dev.vantage.tsdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.IdTakenException;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.UnknownIdException;
import dev.vantage.tsdb.VantagePointException;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The count changes exactly when an answer can change. */
class ChangeCountTest {
  private static final Settings SETTINGS = Settings.DEFAULT.withLength(16).withVantagePoints(1);
  private static final TimeSeries SERIES = TimeSeries.ofValues(1, 2, 3);

  private static AttributeChanges changes(long n) {
    return AttributeChanges.setting(Attributes.none().with("n", n));
  }

  /** Runs an action, and checks whether the count grows. */
  private static void assertCounts(boolean counts, Tsdb database, Runnable work) {
    long before = database.changeCount().orElseThrow();
    work.run();
    long after = database.changeCount().orElseThrow();
    assertEquals(counts, after > before, () -> "before=" + before + ", after=" + after);
  }

  @Test
  void everyWriteCounts() {
    try (Tsdb database = Tsdb.inMemory(SETTINGS, 1)) {
      assertCounts(true, database, () -> database.insert("a", SERIES));
      assertCounts(true, database, () -> database.insert("b", SERIES));
      assertCounts(true, database, () -> database.put(new SeriesEntry("b", SERIES)));
      assertCounts(
          true,
          database,
          () ->
              database.insertAll(
                  List.of(
                      new SeriesEntry("c", SERIES),
                      new SeriesEntry("d", SERIES, Attributes.none().with("n", 1)))));
      assertCounts(true, database, () -> database.setAttributes("b", changes(1)));
      assertCounts(true, database, () -> database.delete("b"));
      assertCounts(true, database, () -> database.addVantagePoint("c"));
      assertCounts(true, database, () -> database.declareAttribute("x", AttributeValue.Type.TEXT));
      // The first vantage point is replaced with everything that it stands for.
      assertCounts(true, database, () -> database.put(new SeriesEntry("a", SERIES)));
      assertCounts(true, database.withTimeout(Duration.ofMinutes(1)), () -> database.delete("d"));
    }
  }

  @Test
  void whatChangesNothingDoesNotCount() {
    try (EmbeddedTsdb database = Tsdb.inMemory(SETTINGS, 1)) {
      database.insert("a", SERIES);
      database.declareAttribute("x", AttributeValue.Type.TEXT);
      assertCounts(false, database, () -> database.declareAttribute("x", AttributeValue.Type.TEXT));
      assertCounts(
          false,
          database,
          () -> assertThrows(IdTakenException.class, () -> database.insert("a", SERIES)));
      assertCounts(
          false,
          database,
          () -> assertThrows(UnknownIdException.class, () -> database.delete("b")));
      assertCounts(
          false,
          database,
          () -> assertThrows(VantagePointException.class, () -> database.addVantagePoint("a")));
      database.setAttributes("a", changes(1));
      assertCounts(false, database, () -> database.setAttributes("a", changes(1)));
      assertCounts(false, database, () -> database.search(Query.like("a").nearest(1)));
      assertCounts(false, database, () -> database.search(Query.like(SERIES).nearest(1)));
      assertCounts(false, database, () -> database.ids(IdQuery.first(1)));
      assertCounts(false, database, database::refresh);
      assertCounts(false, database, database::stats);
    }
  }

  @Test
  void aReaderCountsWhatItTakesUp(@TempDir Path directory) {
    OpenOptions toRead = OpenOptions.DEFAULT.withAccess(OpenOptions.Access.READ_ONLY);
    try (Tsdb writer = Tsdb.open(directory, OpenOptions.DEFAULT.withSettings(SETTINGS))) {
      writer.insert("a", SERIES);
      try (EmbeddedTsdb reader = Tsdb.open(directory, toRead)) {
        assertCounts(false, reader, reader::refresh);
        assertCounts(false, reader, () -> writer.insert("b", SERIES));
        assertCounts(true, reader, reader::refresh);
        writer.put(new SeriesEntry("b", TimeSeries.ofValues(3, 1, 2)));
        assertCounts(true, reader, reader::refresh);
        writer.declareAttribute("x", AttributeValue.Type.TEXT);
        assertCounts(true, reader, reader::refresh);
        writer.setAttributes("b", changes(1));
        assertCounts(true, reader, reader::refresh);
        writer.delete("b");
        assertCounts(true, reader, reader::refresh);
        // All data is read again after a change of the vantage points.
        writer.put(new SeriesEntry("a", TimeSeries.ofValues(3, 1, 2)));
        assertCounts(true, reader, reader::refresh);
        assertCounts(false, reader, reader::refresh);
      }
    }
  }

  @Test
  void aReaderThatRefreshesItselfCountsToo(@TempDir Path directory) {
    OpenOptions toRead =
        OpenOptions.DEFAULT
            .withAccess(OpenOptions.Access.READ_ONLY)
            .withRefresh(Duration.ofMillis(10));
    try (Tsdb writer = Tsdb.open(directory, OpenOptions.DEFAULT.withSettings(SETTINGS))) {
      writer.insert("a", SERIES);
      try (EmbeddedTsdb reader = Tsdb.open(directory, toRead)) {
        OptionalLong before = reader.changeCount();
        writer.insert("b", SERIES);
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (reader.stats().series() < 2 && System.nanoTime() < end) {
          Thread.onSpinWait();
        }
        // The change is counted after it is visible.
        while (reader.changeCount().isEmpty()) {
          Thread.onSpinWait();
        }
        assertTrue(reader.changeCount().getAsLong() > before.getAsLong());
      }
    }
  }

  @Test
  void thereIsNoCountWhileAChangeIsBeingShown() {
    ChangeCount count = new ChangeCount();
    assertEquals(OptionalLong.of(0), count.get());
    count.show(() -> assertEquals(OptionalLong.empty(), count.get()));
    assertEquals(OptionalLong.of(1), count.get());
    assertThrows(
        IllegalStateException.class,
        () ->
            count.show(
                () -> {
                  throw new IllegalStateException("shown in part");
                }));
    assertEquals(OptionalLong.of(2), count.get());
  }

  @Test
  void aClosedDatabaseHasNone() {
    Tsdb database = Tsdb.inMemory(SETTINGS, 1);
    database.close();
    assertThrows(UnavailableException.class, database::changeCount);
  }
}

package dev.vantage.tsdb.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.search.QueryPoint;
import dev.vantage.tsdb.search.SearchRequest;
import dev.vantage.tsdb.search.VantageSearch;
import dev.vantage.tsdb.testkit.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreparedRowsTest {
  private static final int ROW_SIZE = 1024;
  private static final int BLOCK_BYTES = 32 * ROW_SIZE * Double.BYTES;

  /** The row of a series in the storage, known by its key. */
  private static boolean load(long storageKey, double[] row) {
    Arrays.fill(row, storageKey + 1);
    return true;
  }

  private static PreparedRows stored(int count, long room) {
    SeriesDirectory directory = new SeriesDirectory();
    PreparedRows rows =
        new PreparedRows(ROW_SIZE, new RowSource(directory, PreparedRowsTest::load), room);
    for (int ordinal = 0; ordinal < count; ordinal++) {
      directory.set(ordinal, "s" + ordinal, ordinal);
      rows.putStored(ordinal);
    }
    return rows;
  }

  private static void check(PreparedRows.Cursor cursor, int ordinal) {
    cursor.seek(ordinal);
    for (int i = 0; i < ROW_SIZE; i++) {
      assertEquals(ordinal + 1.0, cursor.array()[cursor.offset() + i]);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 5 * BLOCK_BYTES, Long.MAX_VALUE})
  void severalThreadsFindWholeRows(long room) throws Exception {
    int count = 1000;
    int threads = 4;
    PreparedRows rows = stored(count, room);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier start = new CyclicBarrier(threads);
      List<Future<?>> done = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        PreparedRows.Cursor cursor = rows.cursor(new RemovedRows());
        Random random = Seeds.random("thread " + thread);
        done.add(
            pool.submit(
                () -> {
                  start.await(60, TimeUnit.SECONDS);
                  for (int i = 0; i < 3 * count; i++) {
                    // All through the same ordinals, then each its own way.
                    check(cursor, i < count ? i : random.nextInt(count));
                  }
                  return true;
                }));
      }
      for (Future<?> one : done) {
        one.get(120, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
    assertEquals(room == Long.MAX_VALUE, rows.isResident());
    long blocks = (count + 31) / 32;
    assertEquals(Math.min(room, blocks * BLOCK_BYTES), rows.bytes());
  }

  @Test
  void rowsOfAnUpdateThatWasDroppedAreForgotten() {
    for (long room : new long[] {0, Long.MAX_VALUE}) {
      PreparedRows rows = stored(3, room);
      PreparedRows.Cursor cursor = rows.cursor(new RemovedRows());
      double[] dropped = new double[ROW_SIZE];
      Arrays.fill(dropped, 99);
      rows.put(1, dropped);
      cursor.seek(1);
      assertEquals(99, cursor.array()[cursor.offset()]);
      rows.settle();
      rows.putStored(1);
      check(rows.cursor(new RemovedRows()), 1);
    }
  }

  @Test
  void aRowIsReadFromTheStorageOnlyWhenItIsNeeded() {
    Random random = Seeds.random("needed");
    try (FilledIndex filled = new FilledIndex(16, 1, 2, 1)) {
      Map<String, double[]> walks = filled.walks("s", 100, random);
      IndexUpdate update = IndexUpdate.of(filled.index);
      List<double[]> rows = new ArrayList<>();
      walks.forEach((id, row) -> rows.add(update.addStored(id, filled.store(row), row), row));
      var evaluator = filled.metric.evaluator();
      update.loadVantagePoints(
          new int[] {3, 7},
          ordinal ->
              new double[] {
                evaluator.distance(rows.get(3), 0, rows.get(ordinal), 0),
                evaluator.distance(rows.get(7), 0, rows.get(ordinal), 0)
              });
      update.publish();
      assertEquals(2, filled.loads(), "the vantage points");
      SearchRequest all = FilledIndex.nearest(1000);
      assertEquals(100, filled.search(rows.get(5), all).size());
      assertEquals(filled.scan(rows.get(5), all), filled.search(rows.get(5), all));
      assertEquals(100, filled.loads(), "once each");
    }
  }

  /** A search that began before a removal continues. */
  @ParameterizedTest
  @ValueSource(longs = {0, 64 << 10, Long.MAX_VALUE})
  void searchSeesWhatWasRemovedSinceItBegan(long room) {
    Random random = Seeds.random("removed");
    try (FilledIndex filled = new FilledIndex(16, 1, 5, 2, room)) {
      Map<String, double[]> rows = filled.walks("s", 2000, random);
      filled.putAll(rows);
      IndexState before = filled.index.state();
      double[] row = rows.get("s17");
      SearchRequest request = FilledIndex.nearest(1500);
      List<Neighbor> expected = filled.scan(row, request);
      List<String> free =
          rows.keySet().stream().filter(id -> !filled.isVantagePoint(id)).sorted().toList();
      filled.removeAll(free.subList(0, 700));
      Map<String, double[]> others = new HashMap<>();
      filled
          .walks("", 300, random)
          .forEach((id, other) -> others.put(free.get(700 + Integer.parseInt(id)), other));
      filled.putAll(others);
      filled.removeAll(free.subList(700, 1700)); // packs the tables
      assertTrue(filled.index.state().live().end() < 2000, "compacted");
      filled.removeAll(free.subList(1700, 1900));
      SearchResult late =
          new VantageSearch(
                  filled.index, before, before, QueryPoint.uploaded(row), request, System::nanoTime)
              .run();
      assertEquals(expected, late.neighbors());
    }
  }

  @Test
  void aFailedRemovalLeavesNothingBehind() {
    RemovedRows first = new RemovedRows();
    double[] row = {1, 2};
    first.keep(Map.of(1L, row));
    first.keep(Map.of(2L, row));
    double[] found = new double[2];
    assertFalse(first.load(1, found));
    RemovedRows second = first.next();
    second.keep(Map.of(3L, new double[] {3, 4}));
    assertTrue(first.load(3, found));
    assertArrayEquals(new double[] {3, 4}, found);
    assertTrue(first.load(2, found));
    assertArrayEquals(row, found);
    assertFalse(second.load(2, found), "later searches do not see it");
  }

  @Test
  void aRowThatIsNowhereIsNamed() {
    SeriesDirectory directory = new SeriesDirectory();
    directory.set(0, "a", 42);
    PreparedRows rows =
        new PreparedRows(
            ROW_SIZE, new RowSource(directory, (storageKey, row) -> false), Long.MAX_VALUE);
    rows.putStored(0);
    SeriesGoneException gone =
        assertThrows(SeriesGoneException.class, () -> rows.cursor(new RemovedRows()).seek(0));
    assertTrue(gone.getMessage().contains("42"), gone.getMessage());
  }
}

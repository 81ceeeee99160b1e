package dev.vantage.tsdb.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.metric.kernel.KernelCorrelation;
import dev.vantage.tsdb.pool.Coprocessor;
import dev.vantage.tsdb.testkit.RandomSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class FarthestFirstTest {
  private static final int LENGTH = 32;
  private static final Coprocessor ONE = new Coprocessor(1);
  private static final Coprocessor FOUR = new Coprocessor(4);
  private final Metric metric = new KernelCorrelation(LENGTH, 1);
  private final PreparedRows rows =
      new PreparedRows(
          metric.rowSize(),
          new RowSource(new SeriesDirectory(), (storageKey, row) -> false),
          Long.MAX_VALUE);

  @AfterAll
  static void close() {
    ONE.close();
    FOUR.close();
  }

  private int[] fill(int count, long seed) {
    RandomSeries series = new RandomSeries(seed, LENGTH);
    for (int ordinal = 0; ordinal < count; ordinal++) {
      set(ordinal, series.nextSamples());
    }
    return IntStream.range(0, count).toArray();
  }

  private void set(int ordinal, double[] samples) {
    double[] row = new double[metric.rowSize()];
    metric.prepare(samples, row, 0);
    rows.put(ordinal, row);
  }

  private PreparedRows.Cursor cursor() {
    return rows.cursor(new RemovedRows());
  }

  private PreparedRows.Cursor at(int ordinal) {
    PreparedRows.Cursor cursor = cursor();
    cursor.seek(ordinal);
    return cursor;
  }

  private int[] choose(Coprocessor pool, int[] ordinals, int[] chosen, int count, long seed) {
    return new FarthestFirst(this::cursor, metric, pool)
        .choose(ordinals, chosen, count, seed, () -> {});
  }

  @Test
  void choosesDistinctSeriesByTheSeedAlone() {
    Random random = Seeds.random("farthest first");
    int[] all = fill(900, random.nextLong());
    boolean seedsDiffer = false;
    for (int count : new int[] {1, 2, 5, 20, 40}) {
      long seed = random.nextLong();
      int[] chosen = choose(ONE, all, new int[0], count, seed);
      assertEquals(count, Arrays.stream(chosen).distinct().count());
      assertArrayEquals(chosen, choose(FOUR, all, new int[0], count, seed), "four threads");
      seedsDiffer |= !Arrays.equals(chosen, choose(ONE, all, new int[0], count, seed + 1));
      int[] more = choose(FOUR, all, chosen, count + 3, seed);
      assertArrayEquals(chosen, Arrays.copyOf(more, count), "those given come first");
      assertEquals(count + 3, Arrays.stream(more).distinct().count());
    }
    assertTrue(seedsDiffer);
  }

  @Test
  void takesTheFarthestWhereTheSampleIsEverything() {
    int[] all = fill(100, Seeds.random("gonzalez").nextLong());
    int[] chosen = choose(FOUR, all, new int[0], 10, 5);
    for (int next = 1; next < chosen.length; next++) {
      int[] before = Arrays.copyOf(chosen, next);
      double greatest =
          Arrays.stream(all).mapToDouble(ordinal -> nearest(before, ordinal)).max().orElseThrow();
      assertEquals(greatest, nearest(before, chosen[next]));
    }
  }

  private double nearest(int[] chosen, int ordinal) {
    Metric.Evaluator evaluator = metric.evaluator();
    PreparedRows.Cursor stored = at(ordinal);
    return Arrays.stream(chosen)
        .mapToObj(this::at)
        .mapToDouble(
            query ->
                evaluator.distance(query.array(), query.offset(), stored.array(), stored.offset()))
        .min()
        .orElseThrow();
  }

  @Test
  void takesDuplicatesOnlyWhenNothingElseIsLeft() {
    Random random = Seeds.random("duplicates");
    double[][] kinds = new double[7][];
    Arrays.setAll(kinds, kind -> random.doubles(LENGTH).toArray());
    int[] all = IntStream.range(0, 140).toArray();
    for (int ordinal : all) {
      set(ordinal, kinds[ordinal % 7]);
    }
    for (long seed = 0; seed < 20; seed++) {
      int[] chosen = choose(FOUR, all, new int[0], 12, seed);
      assertEquals(12, Arrays.stream(chosen).distinct().count());
      assertEquals(7, Arrays.stream(chosen).limit(7).map(o -> o % 7).distinct().count());
    }
  }

  @Test
  void takesAllWhereThereAreTooFew() {
    int[] all = fill(5, 3);
    int[] chosen = choose(FOUR, all, new int[0], 20, 1);
    assertArrayEquals(all, Arrays.stream(chosen).sorted().toArray());
    assertArrayEquals(new int[0], choose(ONE, new int[0], new int[0], 20, 1));
  }
}

package dev.vantage.tsdb.index;

import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.pool.Coprocessor;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;

/**
 * Chooses series that are far from each other: each next series is the farthest from the chosen
 * series (Gonzalez, "Clustering to minimize the maximum intercluster distance", 1985,
 * doi:10.1016/0304-3975(85)90224-5), on a random sample. A seed and the same series give the same
 * choice.
 */
final class FarthestFirst {
  /** The sample holds this many series for each one to be chosen. */
  private static final int SAMPLE_FACTOR = 25;

  private final Supplier<PreparedRows.Cursor> rows;
  private final Metric metric;
  private final Coprocessor pool;

  /**
   * Creates a chooser.
   *
   * @param rows creates a cursor for each thread
   */
  FarthestFirst(Supplier<PreparedRows.Cursor> rows, Metric metric, Coprocessor pool) {
    this.rows = rows;
    this.metric = metric;
    this.pool = pool;
  }

  /**
   * Chooses series.
   *
   * @param checkpoint called regularly on the pool; an exception of it ends the work
   */
  int[] choose(int[] ordinals, int[] chosen, int count, long seed, Runnable checkpoint) {
    Random random = new Random(seed);
    int[] sample = sample(without(ordinals, chosen), SAMPLE_FACTOR * count, random);
    double[] nearest = new double[sample.length];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    for (int ordinal : chosen) {
      shorten(nearest, sample, ordinal, checkpoint);
    }
    int size = chosen.length;
    int[] result = Arrays.copyOf(chosen, Math.min(count, chosen.length + sample.length));
    while (size < result.length) {
      int farthest = size == 0 ? random.nextInt(sample.length) : greatest(nearest);
      result[size++] = sample[farthest];
      shorten(nearest, sample, sample[farthest], checkpoint);
      nearest[farthest] = Double.NEGATIVE_INFINITY;
    }
    return result;
  }

  /**
   * Chooses one more series from known distances.
   *
   * @param distance the distance of an ordinal to the nearest chosen series
   * @return the chosen ordinals, then the farthest of a sample of the others, if there are any
   */
  static int[] withFarthest(int[] ordinals, int[] chosen, long seed, IntToDoubleFunction distance) {
    int size = SAMPLE_FACTOR * (chosen.length + 1);
    int[] sample = sample(without(ordinals, chosen), size, new Random(seed));
    if (sample.length == 0) {
      return chosen.clone();
    }
    int[] result = Arrays.copyOf(chosen, chosen.length + 1);
    result[chosen.length] = sample[greatest(Arrays.stream(sample).mapToDouble(distance).toArray())];
    return result;
  }

  private static int[] without(int[] ordinals, int[] left) {
    int[] sorted = left.clone();
    Arrays.sort(sorted);
    return Arrays.stream(ordinals).filter(o -> Arrays.binarySearch(sorted, o) < 0).toArray();
  }

  private static int[] sample(int[] ordinals, int size, Random random) {
    int[] shuffled = ordinals.clone();
    int drawn = Math.min(size, shuffled.length);
    for (int i = 0; i < drawn; i++) {
      int other = i + random.nextInt(shuffled.length - i);
      int ordinal = shuffled[other];
      shuffled[other] = shuffled[i];
      shuffled[i] = ordinal;
    }
    return Arrays.copyOf(shuffled, drawn);
  }

  private void shorten(double[] nearest, int[] sample, int chosen, Runnable checkpoint) {
    pool.forEach(
        sample.length,
        32,
        (from, to) -> {
          checkpoint.run();
          Metric.Evaluator evaluator = metric.evaluator();
          PreparedRows.Cursor far = rows.get();
          PreparedRows.Cursor cursor = rows.get();
          far.seek(chosen);
          for (int i = from; i < to; i++) {
            cursor.seek(sample[i]);
            double distance =
                evaluator.distance(far.array(), far.offset(), cursor.array(), cursor.offset());
            nearest[i] = Math.min(nearest[i], distance);
          }
        });
  }

  /** Returns the first index of the greatest number. */
  static int greatest(double[] numbers) {
    int best = 0;
    for (int i = 1; i < numbers.length; i++) {
      if (numbers[i] > numbers[best]) {
        best = i;
      }
    }
    return best;
  }
}

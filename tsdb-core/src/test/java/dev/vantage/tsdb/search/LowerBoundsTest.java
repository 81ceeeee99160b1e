package dev.vantage.tsdb.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.index.VantageTable;
import dev.vantage.tsdb.index.table.DoubleRows;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.metric.kernel.KernelCorrelation;
import dev.vantage.tsdb.pool.Coprocessor;
import dev.vantage.tsdb.series.Resampling;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.testkit.RandomSeries;
import dev.vantage.tsdb.testkit.RandomSeries.Kind;
import dev.vantage.tsdb.testkit.Seeds;
import dev.vantage.tsdb.testkit.SharedData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No bound may exceed a distance, because a series that a bound rules out is never found. The seed
 * is in the name of a test; {@code -Dtsdb.seed=N} replaces it.
 */
class LowerBoundsTest {
  private static final Coprocessor POOL = new Coprocessor(2);
  private static final int[] VANTAGE_POINTS = {1, 2, 5, 20, 40};

  /** The number of copies, shifted copies and disturbed copies of one series at the end. */
  private static final int ALIKE = 14;

  @AfterAll
  static void close() {
    POOL.close();
  }

  /** Series with all distances between them. */
  private static final class Measured {
    private final Metric metric;
    private final double[][] distances;

    Measured(Metric metric, List<double[]> samples) {
      this.metric = metric;
      double[][] rows = new double[samples.size()][metric.rowSize()];
      for (int i = 0; i < rows.length; i++) {
        metric.prepare(samples.get(i), rows[i], 0);
      }
      distances = new double[rows.length][rows.length];
      POOL.forEach(
          rows.length,
          4,
          (from, to) -> {
            Metric.Evaluator evaluator = metric.evaluator();
            for (int i = from; i < to; i++) {
              for (int j = 0; j < rows.length; j++) {
                distances[i][j] = evaluator.distance(rows[i], 0, rows[j], 0);
              }
            }
          });
    }

    int size() {
      return distances.length;
    }

    VantageTable table(int[] vantagePoints) {
      DoubleRows table = new DoubleRows(vantagePoints.length);
      for (int ordinal = 0; ordinal < size(); ordinal++) {
        table.set(ordinal, toVantagePoints(vantagePoints, ordinal), 0);
      }
      return new VantageTable(
          vantagePoints, table, IntStream.range(0, size()).toArray(), metric, POOL);
    }

    double[] toVantagePoints(int[] vantagePoints, int ordinal) {
      return Arrays.stream(vantagePoints).mapToDouble(v -> distances[v][ordinal]).toArray();
    }

    /** Checks every pair; the shares of the distances that the n-simplex bounds are, in order. */
    double[] check(int[] vantagePoints) {
      VantageTable table = table(vantagePoints);
      double error = metric.squaredDistanceError();
      double[] shares = new double[size() * size()];
      int measured = 0;
      for (int q = 0; q < size(); q++) {
        LowerBounds bounds = new LowerBounds(table, toVantagePoints(vantagePoints, q), error, 0);
        for (int x = 0; x < size(); x++) {
          double distance = distances[q][x];
          double simplex = bounds.squaredBound(x);
          if (!(simplex <= distance * distance + error)) {
            throw new AssertionError(
                "n-simplex: bound=" + simplex + ", exact=" + distance * distance + pair(q, x));
          }
          double reach = bounds.annulusReach(distance);
          double triangle = greatestDifference(vantagePoints, q, x);
          if (!(triangle <= reach)) {
            throw new AssertionError(
                "triangle: bound=" + triangle + ", reach=" + reach + pair(q, x));
          }
          if (distance > 1e-3) {
            shares[measured++] = Math.sqrt(simplex) / distance;
          }
        }
      }
      double[] sorted = Arrays.copyOf(shares, measured);
      Arrays.sort(sorted);
      return sorted;
    }

    /** The greatest difference between the distances of two series to one vantage point. */
    private double greatestDifference(int[] vantagePoints, int q, int x) {
      return Arrays.stream(vantagePoints)
          .mapToDouble(v -> Math.abs(distances[v][q] - distances[v][x]))
          .max()
          .orElse(0);
    }

    private String pair(int q, int x) {
      return ", query=" + q + ", series=" + x + ", " + metric.spec();
    }

    /** For every number of vantage points: the first ones, random ones, and ones all alike. */
    void checkAll(Random random) {
      int[] shuffled = IntStream.range(0, size()).toArray();
      for (int i = size() - 1; i > 0; i--) {
        int other = random.nextInt(i + 1);
        int ordinal = shuffled[i];
        shuffled[i] = shuffled[other];
        shuffled[other] = ordinal;
      }
      for (int count : VANTAGE_POINTS) {
        check(IntStream.range(0, count).toArray());
        check(Arrays.copyOf(shuffled, count));
        check(IntStream.range(size() - Math.min(count, 3 * ALIKE), size()).toArray());
      }
      check(new int[0]);
    }
  }

  static Stream<Arguments> collections() {
    long seed = Seeds.seed("lower bounds");
    List<Arguments> cases = new ArrayList<>();
    for (double multiplier : new double[] {0.5, 1, 10, 100, 300}) {
      for (int length : new int[] {8, 64, 256}) {
        cases.add(Arguments.of(multiplier, length, seed++));
      }
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "multiplier {0}, length {1}, seed {2}")
  @MethodSource("collections")
  void noBoundExceedsADistance(double multiplier, int length, long seed) {
    Metric metric = new KernelCorrelation(length, multiplier);
    List<List<Kind>> collections = new ArrayList<>();
    collections.add(List.of(Kind.values()));
    collections.add(List.of(Kind.DISTURBED)); // chains of near duplicates
    collections.add(List.of(Kind.NOISE));
    collections.add(List.of(Kind.BUMP));
    collections.add(List.of(Kind.TONE, Kind.SPIKE, Kind.ALTERNATING));
    collections.add(List.of(Kind.SHIFTED, Kind.COPY, Kind.NEARLY_CONSTANT));
    Random random = new Random(seed);
    for (List<Kind> kinds : collections) {
      RandomSeries series = new RandomSeries(random.nextLong(), length);
      new Measured(metric, samples(series, kinds, 60, random)).checkAll(random);
    }
  }

  private static List<double[]> samples(
      RandomSeries series, List<Kind> kinds, int count, Random random) {
    List<double[]> samples = new ArrayList<>();
    samples.add(series.nextSamples(Kind.WALK));
    while (samples.size() < count) {
      samples.add(series.nextSamples(kinds.get(random.nextInt(kinds.size()))));
    }
    double[] first = samples.get(0);
    for (int i = 1; i <= ALIKE; i++) {
      int shift = i;
      double scale = Math.pow(10, -i);
      samples.add(first.clone());
      double[] shifted = new double[first.length];
      Arrays.setAll(shifted, t -> first[(t + shift) % first.length]);
      samples.add(shifted);
      samples.add(
          Arrays.stream(first).map(value -> value + scale * random.nextGaussian()).toArray());
    }
    return samples;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 10, 100, 300})
  void noBoundExceedsADistanceBetweenStars(double multiplier) throws IOException {
    Metric metric = new KernelCorrelation(64, multiplier);
    checkReal(metric, SharedData.lightCurves(30));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 10, 100, 300})
  void noBoundExceedsADistanceBetweenOutlines(double multiplier) throws IOException {
    Metric metric = new KernelCorrelation(256, multiplier);
    checkReal(metric, SharedData.ts("ArrowHead_TEST").subList(0, 100));
  }

  private static void checkReal(Metric metric, List<SeriesEntry> entries) {
    assertTrue(entries.size() >= 100, "series=" + entries.size());
    List<double[]> samples =
        entries.stream()
            .map(entry -> Resampling.PERIODIC.resample(entry.series(), metric.length()))
            .toList();
    new Measured(metric, samples).checkAll(new Random(1));
  }

  /** A bound of 0 would pass every other test here. */
  @Test
  void boundsAreUseful() {
    RandomSeries series = new RandomSeries(8, 64);
    List<double[]> bumps =
        IntStream.range(0, 300).mapToObj(i -> series.nextSamples(Kind.BUMP)).toList();
    Measured measured = new Measured(new KernelCorrelation(64, 1), bumps);
    double[] medians = new double[VANTAGE_POINTS.length];
    for (int i = 0; i < medians.length; i++) {
      double[] shares = measured.check(IntStream.range(0, VANTAGE_POINTS[i]).toArray());
      medians[i] = shares[shares.length / 2];
    }
    // The medians are 0.549, 0.785, 0.971, 0.9992 and 0.9997.
    double[] least = {0.5, 0.7, 0.95, 0.99, 0.99};
    for (int i = 0; i < medians.length; i++) {
      assertTrue(medians[i] > least[i], Arrays.toString(medians));
    }
  }

  /** A computed distance may be short of the true one, and the bound is on the true one. */
  @Test
  void reachesCoverTheErrorOfTheMetric() {
    double error = 0x1p-40;
    Metric metric = new KernelCorrelation(8, 1);
    LowerBounds bounds = new LowerBounds(VantageTable.empty(metric, POOL), new double[0], error, 0);
    for (double limit : new double[] {0, 0x1p-20, 0.5, Math.sqrt(2)}) {
      assertTrue(bounds.squaredReach(limit) >= limit * limit + error, "limit=" + limit);
      double reach = Math.sqrt(limit * limit + error) + 2 * Math.sqrt(error);
      assertTrue(bounds.annulusReach(limit) >= reach, "limit=" + limit);
    }
    double unlimited = Double.POSITIVE_INFINITY;
    assertEquals(unlimited, bounds.squaredReach(unlimited));
    assertEquals(unlimited, bounds.annulusReach(unlimited));
  }

  /** Where one of the two is a vantage point, its distance is known, and the bound reaches it. */
  @Test
  void boundsToVantagePointsAreTight() {
    RandomSeries series = new RandomSeries(9, 64);
    List<double[]> walks =
        IntStream.range(0, 80).mapToObj(i -> series.nextSamples(Kind.WALK)).toList();
    Measured measured = new Measured(new KernelCorrelation(64, 10), walks);
    int[] vantagePoints = IntStream.range(0, 20).toArray();
    VantageTable table = measured.table(vantagePoints);
    for (int q = 20; q < 80; q++) {
      LowerBounds bounds =
          new LowerBounds(
              table,
              measured.toVantagePoints(vantagePoints, q),
              measured.metric.squaredDistanceError(),
              0);
      for (int v = 0; v < 20; v++) {
        double distance = measured.distances[v][q];
        assertEquals(distance * distance, bounds.squaredBound(v), 1e-4);
        assertEquals(distance, bounds.queryDistance(v));
      }
    }
  }
}

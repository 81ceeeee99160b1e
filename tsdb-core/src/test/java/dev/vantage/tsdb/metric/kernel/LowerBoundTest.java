package dev.vantage.tsdb.metric.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.metric.LowerBound;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.series.Resampling;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.testkit.RandomSeries;
import dev.vantage.tsdb.testkit.Seeds;
import dev.vantage.tsdb.testkit.SharedData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each bound of the metric is a lower bound on the distance, and is tight on the series it is
 * designed for.
 */
@Tag("long")
class LowerBoundTest {
  private static final int LANES = LowerBound.Evaluator.LANES;

  /** The evaluators in plain Java and in vectors. */
  private static final List<LowPassMaker> MAKERS =
      List.of(ScalarLowPass::new, LowPassChoice.vector().orElseThrow());

  private static final class Series {
    private final Metric metric;
    private final List<double[]> rows = new ArrayList<>();
    private final List<float[]> sketches = new ArrayList<>();

    Series(Metric metric) {
      this.metric = metric;
    }

    void add(double[] samples) {
      double[] row = new double[metric.rowSize()];
      metric.prepare(samples, row, 0);
      float[] sketch = new float[metric.sketchSize() + 2];
      metric.sketch(row, 0, sketch, 1);
      rows.add(row);
      sketches.add(Arrays.copyOfRange(sketch, 1, 1 + metric.sketchSize()));
    }

    /** Returns all evaluators of a bound. */
    List<LowerBound.Evaluator> evaluators(LowerBound bound, int query) {
      float[] sketch = sketches.get(query);
      return bound instanceof LowPassBound lowPass
          ? MAKERS.stream().map(maker -> lowPass.evaluator(sketch, maker)).toList()
          : List.of(bound.evaluator(sketch));
    }

    /** Computes the bounds of a query on all series, several at a time. */
    float[] bounds(LowerBound bound, LowerBound.Evaluator evaluator, int query) {
      float[] all = new float[sketches.size()];
      int stride = LANES + 3;
      float[] lanes = new float[bound.sketchSize() * stride];
      float[] found = new float[stride];
      int size = 1 + query % LANES;
      int first = query % 4;
      for (int from = 0; from < all.length; from += size) {
        int count = Math.min(size, all.length - from);
        for (int lane = 0; lane < count; lane++) {
          for (int i = 0; i < bound.sketchSize(); i++) {
            lanes[i * stride + first + lane] = sketches.get(from + lane)[i];
          }
        }
        evaluator.squaredLowerBounds(lanes, stride, first, first + count, found);
        System.arraycopy(found, first, all, from, count);
      }
      return all;
    }

    double distance(int a, int b) {
      return metric.evaluator().distance(rows.get(a), 0, rows.get(b), 0);
    }

    void check() {
      Metric.Evaluator exact = metric.evaluator();
      for (LowerBound bound : metric.lowerBounds()) {
        for (int q = 0; q < rows.size(); q++) {
          for (LowerBound.Evaluator evaluator : evaluators(bound, q)) {
            float[] lower = bounds(bound, evaluator, q);
            for (int x = 0; x < lower.length; x++) {
              double distance = exact.distance(rows.get(q), 0, rows.get(x), 0);
              double most = distance * distance + metric.squaredDistanceError();
              String kind = evaluator.getClass().getSimpleName() + ", " + bound.name();
              String pair = kind + ": query=" + q + ", series=" + x + ", distance=" + distance;
              assertFalse(Float.isNaN(lower[x]), pair);
              assertTrue(lower[x] <= most, pair);
            }
          }
        }
      }
    }
  }

  @ParameterizedTest(name = "length {0}, multiplier {1}")
  @CsvSource({
    "64, 0.001",
    "64, 1",
    "64, 10",
    "64, 100",
    "64, 300",
    "128, 0.5",
    "128, 1",
    "128, 3",
    "128, 10",
    "128, 30",
    "128, 100",
    "128, 300",
    "1024, 0.5",
    "1024, 1",
    "1024, 10",
    "1024, 100",
    "1024, 300",
    "4096, 1",
    "4096, 10"
  })
  void neverExceedsTheDistance(int length, double multiplier) {
    long seed = Seeds.seed("length " + length + ", multiplier " + multiplier);
    RandomSeries random = new RandomSeries(seed, length);
    Series series = new Series(new KernelCorrelation(length, multiplier));
    for (int i = 0; i < (length > 1024 ? 40 : 150); i++) {
      series.add(random.nextSamples());
    }
    series.check();
  }

  /**
   * Tests nearly all of the tail in one frequency at the edges of levels, and almost none of it.
   */
  @ParameterizedTest(name = "multiplier {0}")
  @ValueSource(doubles = {0.5, 1, 10, 100, 300})
  void neverExceedsTheDistanceOfFewTones(double multiplier) {
    int length = 256;
    int[] frequencies = {1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 64, 127, 128};
    int[] others = {1, 8, 9, 16, 33, 128};
    double[] weights = {1, 1e-1, 1e-4, 1e-8};
    Series series = new Series(new KernelCorrelation(length, multiplier));
    for (int frequency : frequencies) {
      for (int other : others) {
        for (double weight : weights) {
          double[] samples = new double[length];
          double step = 2 * Math.PI / length;
          Arrays.setAll(
              samples,
              t -> Math.cos(step * frequency * t) + weight * Math.cos(step * other * t + weight));
          series.add(samples);
        }
      }
    }
    series.check();
  }

  @ParameterizedTest(name = "multiplier {0}")
  @ValueSource(doubles = {0.5, 1, 10, 100, 300})
  void neverExceedsTheDistanceOfStarsAndOutlines(double multiplier) throws IOException {
    Series series = new Series(new KernelCorrelation(256, multiplier));
    List<SeriesEntry> entries = new ArrayList<>(SharedData.lightCurves(20));
    entries.addAll(SharedData.ts("ArrowHead_TEST").subList(0, 60));
    for (SeriesEntry entry : entries) {
      series.add(Resampling.PERIODIC.resample(entry.series(), 256));
    }
    series.check();
  }

  @ParameterizedTest(name = "multiplier {0}")
  @CsvSource({"1, 0.998", "10, 0.995"})
  void lowPassIsTheDistanceWhereHighFrequenciesAreAbsent(double multiplier, double share) {
    int length = 1024;
    Series series = new Series(new KernelCorrelation(length, multiplier));
    series.add(smooth(length, 3, 0.2));
    series.add(smooth(length, 5, 0.7));
    double distance = series.distance(0, 1);
    for (LowerBound bound : series.metric.lowerBounds()) {
      if (bound instanceof LowPassBound) {
        for (LowerBound.Evaluator evaluator : series.evaluators(bound, 0)) {
          float lower = series.bounds(bound, evaluator, 0)[1];
          assertTrue(
              lower > share * distance * distance,
              bound.name() + ": bound=" + lower + ", exact=" + distance * distance);
        }
      }
    }
  }

  private static double[] smooth(int length, int frequency, double weight) {
    double[] samples = new double[length];
    Arrays.setAll(
        samples,
        t -> {
          double angle = 2 * Math.PI * t / samples.length;
          return Math.sin(angle) + weight * Math.cos(frequency * angle);
        });
    return samples;
  }

  /** Noise above a level is nearly orthogonal to everything, and costs the bound little. */
  @ParameterizedTest(name = "multiplier {0}")
  @ValueSource(doubles = {1, 10})
  void lowPassIsTightThroughNoise(double multiplier) {
    int length = 1024;
    Random random = new Random(5);
    Series series = new Series(new KernelCorrelation(length, multiplier));
    for (double[] samples : List.of(smooth(length, 3, 0.2), smooth(length, 5, 0.7))) {
      for (int t = 0; t < length; t++) {
        samples[t] += 0.3 * random.nextGaussian();
      }
      series.add(samples);
    }
    double distance = series.distance(0, 1);
    for (LowerBound bound : series.metric.lowerBounds()) {
      if (bound instanceof LowPassBound && bound.sketchSize() > 40) {
        for (LowerBound.Evaluator evaluator : series.evaluators(bound, 0)) {
          double lower = Math.sqrt(series.bounds(bound, evaluator, 0)[1]);
          assertTrue(
              lower > 0.9 * distance, bound.name() + ": bound=" + lower + ", exact=" + distance);
        }
      }
    }
  }

  /** Lines at different frequencies, also above the sketch, correlate with nothing. */
  @Test
  void powerSpectrumTellsTonesApart() {
    int length = 1024;
    Series series = new Series(new KernelCorrelation(length, 10));
    double step = 2 * Math.PI / length;
    for (int frequency : new int[] {5, 60, 300}) {
      double[] samples = new double[length];
      Arrays.setAll(samples, t -> Math.sin(step * frequency * t));
      series.add(samples);
    }
    LowerBound power =
        series.metric.lowerBounds().stream()
            .filter(bound -> bound.name().equals("power_spectrum"))
            .findFirst()
            .orElseThrow();
    for (int q = 0; q < 3; q++) {
      float[] lower = series.bounds(power, series.evaluators(power, q).get(0), q);
      for (int x = 0; x < 3; x++) {
        double distance = series.distance(q, x);
        assertEquals(q == x ? 0 : distance * distance, Math.max(0, lower[x]), 0.01);
      }
    }
  }

  @Test
  void theyComeInTheOrderOfWhatTheyLookAt() {
    for (int length : new int[] {8, 32, 64, 128, 256, 512, 1024, 65_536}) {
      List<LowerBound> bounds = new KernelCorrelation(length, 1).lowerBounds();
      for (LowerBound bound : bounds) {
        assertTrue(bound.cost() <= 0.5, bound.name() + " " + bound.cost());
      }
      Comparator<LowerBound> order =
          Comparator.comparingInt(LowerBound::sketchSize).thenComparingDouble(LowerBound::cost);
      assertEquals(bounds.stream().sorted(order).toList(), bounds);
      assertEquals(length < 64, bounds.isEmpty());
    }
  }
}

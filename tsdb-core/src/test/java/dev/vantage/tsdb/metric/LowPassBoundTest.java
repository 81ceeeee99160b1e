package dev.vantage.tsdb.metric;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.RandomSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every level is a lower bound on the distance, and on smooth series a tight one. */
class LowPassBoundTest {

  @ParameterizedTest(name = "length {0}, multiplier {1}")
  @CsvSource({
    "128, 0.5", "128, 1", "128, 10", "128, 100", "128, 300",
    "1024, 0.5", "1024, 1", "1024, 10", "1024, 100", "1024, 300",
    "4096, 1", "4096, 10"
  })
  void neverExceedsTheDistance(int length, double multiplier) {
    long seed = Long.getLong("tsdb.seed", 1234);
    System.out.println("seed=" + seed);
    Metric metric = new KernelCorrelation(length, multiplier);
    List<double[]> rows = rows(metric, new RandomSeries(seed, length), length > 1024 ? 40 : 120);
    Metric.Evaluator exact = metric.evaluator();
    for (LowerBound level : metric.lowerBounds()) {
      LowerBound.Evaluator bound = level.evaluator();
      for (double[] x : rows) {
        for (double[] y : rows) {
          double distance = exact.distance(x, 0, y, 0);
          double limit = distance * distance + metric.squaredDistanceError();
          double lower = bound.squaredLowerBound(x, 0, y, 0);
          assertTrue(lower <= limit, () -> "cost=" + level.cost() + ": " + lower + " > " + limit);
        }
      }
    }
  }

  private static List<double[]> rows(Metric metric, RandomSeries series, int count) {
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] row = new double[metric.rowSize()];
      metric.prepare(series.nextSamples(), row, 0);
      rows.add(row);
    }
    return rows;
  }

  @ParameterizedTest(name = "multiplier {0}")
  @CsvSource({"1", "10"})
  void isTheDistanceWhereHighFrequenciesAreAbsent(double multiplier) {
    int length = 1024;
    Metric metric = new KernelCorrelation(length, multiplier);
    double[] x = smooth(metric, 3, 0.2);
    double[] y = smooth(metric, 5, 0.7);
    double distance = metric.evaluator().distance(x, 0, y, 0);
    for (LowerBound level : metric.lowerBounds()) {
      double bound = level.evaluator().squaredLowerBound(x, 0, y, 0);
      assertTrue(
          bound > 0.98 * distance * distance,
          "cost=" + level.cost() + ", bound=" + bound + ", exact=" + distance * distance);
    }
  }

  private static double[] smooth(Metric metric, int frequency, double weight) {
    double[] samples = new double[metric.length()];
    Arrays.setAll(
        samples,
        t -> {
          double angle = 2 * Math.PI * t / samples.length;
          return Math.sin(angle) + weight * Math.cos(frequency * angle);
        });
    double[] row = new double[metric.rowSize()];
    metric.prepare(samples, row, 0);
    return row;
  }
}

package dev.vantage.tsdb.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.testkit.RandomSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The registered distances, with default parameters, have the properties that they declare. */
class MetricClaimsTest {
  private static final int LENGTH = 32;
  private static final int SERIES = 60;

  private final Random random = Seeds.random("claims of metrics");
  private final RandomSeries series = new RandomSeries(random.nextLong(), LENGTH);

  static Set<String> names() {
    return Metrics.providers().keySet();
  }

  private static Metric metric(String name) {
    return Metrics.create(new MetricSpec(name, Map.of()), LENGTH);
  }

  private static double[] row(Metric metric, double[] samples) {
    double[] row = new double[metric.rowSize()];
    metric.prepare(samples, row, 0);
    assertNotEquals(0, row[0], "first number of a row");
    return row;
  }

  private static double distance(Metric metric, double[] x, double[] y) {
    return metric.evaluator().distance(x, 0, y, 0);
  }

  @ParameterizedTest
  @MethodSource("names")
  void parametersAreComplete(String name) {
    MetricSpec spec = metric(name).spec();
    assertEquals(name, spec.name());
    assertEquals(spec, Metrics.create(spec, LENGTH).spec());
  }

  @ParameterizedTest
  @MethodSource("names")
  void triangleInequalityHoldsWhereItIsClaimed(String name) {
    Metric metric = metric(name);
    if (!metric.geometry().hasTriangleInequality()) {
      return;
    }
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < SERIES; i++) {
      rows.add(row(metric, series.nextSamples()));
    }
    double slack = 3 * Math.sqrt(metric.squaredDistanceError());
    for (double[] x : rows) {
      assertEquals(0, distance(metric, x, x));
      for (double[] y : rows) {
        double direct = distance(metric, x, y);
        assertEquals(direct, distance(metric, y, x), slack + 1e-12 * direct + 1e-14);
        for (double[] z : rows) {
          double detour = distance(metric, x, z) + distance(metric, z, y);
          double most = detour * (1 + 2 * metric.relativeDistanceError()) + slack;
          assertTrue(direct <= most, "direct=" + direct + ", detour=" + detour);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void whatIsInvariantChangesNoDistance(String name) {
    Metric metric = metric(name);
    for (Invariance invariance : metric.invariances()) {
      for (int i = 0; i < SERIES; i++) {
        double[] other = row(metric, series.nextSamples());
        double[] samples = series.nextSamples(RandomSeries.Kind.WALK);
        double before = distance(metric, row(metric, samples), other);
        double after = distance(metric, row(metric, changed(samples, invariance)), other);
        double tolerance = 1e-9 * Math.max(1, before * before);
        assertEquals(before * before, after * after, tolerance, name + " " + invariance);
      }
    }
  }

  private static double[] changed(double[] samples, Invariance invariance) {
    double[] changed = new double[samples.length];
    for (int t = 0; t < samples.length; t++) {
      changed[t] =
          switch (invariance) {
            case CIRCULAR_SHIFT -> samples[(t + 5) % samples.length];
            case REVERSAL -> samples[samples.length - 1 - t];
            case SCALE -> 3 * samples[t];
            case OFFSET -> samples[t] + 7;
          };
    }
    return changed;
  }
}

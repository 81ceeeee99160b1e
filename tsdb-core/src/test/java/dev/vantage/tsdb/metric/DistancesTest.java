package dev.vantage.tsdb.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.testkit.RandomSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every distance, with several parameters and lengths, against slow and obvious loops. */
class DistancesTest {
  private static final int SERIES = 24;
  private static final double[] SCALES = {1e-20, 1, 1e9};

  private final Random random = Seeds.random("distances");

  /** The distances that are tried. */
  public static List<MetricSpec> specs() {
    List<MetricSpec> specs = new ArrayList<>();
    for (String scaling : List.of("z", "none")) {
      for (MetricSpec spec :
          List.of(
              new MetricSpec("euclidean", Map.of()),
              new MetricSpec("phase-invariant", Map.of()),
              new MetricSpec("phase-invariant", Map.of("reversal", "true")),
              new MetricSpec("msm", Map.of()),
              new MetricSpec("msm", Map.of("cost", "0.05")),
              new MetricSpec("twe", Map.of()),
              new MetricSpec("twe", Map.of("stiffness", "0.5", "penalty", "0")),
              new MetricSpec("erp", Map.of()),
              new MetricSpec("erp", Map.of("gap", "-1.5")),
              new MetricSpec("dtw", Map.of()),
              new MetricSpec("dtw", Map.of("window", "0")),
              new MetricSpec("dtw", Map.of("window", "8")))) {
        specs.add(spec.with("standardise", scaling));
      }
    }
    return specs;
  }

  /** Series of all kinds; those that are not standardised have very different scales. */
  private List<double[]> samples(MetricSpec spec, int length) {
    RandomSeries series = new RandomSeries(random.nextLong(), length);
    boolean scaled = spec.parameters().get("standardise").equals("none");
    double scale = scaled ? SCALES[random.nextInt(SCALES.length)] : 1;
    List<double[]> all = new ArrayList<>();
    for (int i = 0; i < SERIES; i++) {
      double[] samples = series.nextSamples();
      double own = scaled && random.nextInt(4) == 0 ? 100 * scale : scale;
      double greatest = Arrays.stream(samples).map(Math::abs).max().orElseThrow();
      for (int t = 0; scaled && t < length; t++) {
        samples[t] *= own / greatest;
      }
      all.add(samples);
    }
    if (scaled) {
      all.add(new double[length]);
      double[] constant = new double[length];
      Arrays.fill(constant, 3 * scale);
      all.add(constant);
    }
    return all;
  }

  private static double[] row(Metric metric, double[] samples) {
    double[] row = new double[metric.rowSize() + 2];
    metric.prepare(samples, row, 2);
    assertTrue(row[2] != 0, "first number of a row");
    return row;
  }

  @ParameterizedTest
  @MethodSource("specs")
  void agreeWithLoops(MetricSpec spec) {
    for (int length : new int[] {8, 32, 64}) {
      Metric metric = Metrics.create(spec, length);
      List<double[]> samples = samples(metric.spec(), length);
      List<double[]> rows = samples.stream().map(one -> row(metric, one)).toList();
      SlowDistances slow = new SlowDistances(metric.spec());
      Metric.Evaluator evaluator = metric.evaluator();
      for (int i = 0; i < rows.size(); i++) {
        for (int j = 0; j < rows.size(); j++) {
          double expected = slow.distance(samples.get(i), samples.get(j));
          double found = evaluator.distance(rows.get(i), 2, rows.get(j), 2);
          double size = slow.size(samples.get(i)) + slow.size(samples.get(j));
          assertEquals(expected, found, 1e-9 * expected + 1e-12 * size, spec::toString);
          if (i == j) {
            assertEquals(0, found);
          }
          checkLimits(evaluator, rows.get(i), rows.get(j), found);
        }
      }
    }
  }

  /** A limit changes no bit of a distance within it. */
  private void checkLimits(Metric.Evaluator evaluator, double[] x, double[] y, double distance) {
    double scale = random.nextInt(3) == 0 ? 1 : 2 * random.nextDouble();
    for (double limit : new double[] {distance, scale * distance, Math.nextDown(distance), 0}) {
      double found = evaluator.distance(x, 2, y, 2, limit);
      if (distance <= limit) {
        assertEquals(distance, found);
      } else {
        assertTrue(found > limit, () -> "limit=" + limit + ", found=" + found);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void lowerBoundsHold(MetricSpec spec) {
    for (int length : new int[] {32, 256}) {
      Metric metric = Metrics.create(spec, length);
      List<double[]> rows =
          samples(metric.spec(), length).stream().map(one -> row(metric, one)).toList();
      int lanes = rows.size();
      float[] sketches = new float[Math.max(1, metric.sketchSize() * lanes)];
      List<float[]> own = new ArrayList<>();
      for (int lane = 0; lane < lanes; lane++) {
        float[] sketch = new float[metric.sketchSize()];
        metric.sketch(rows.get(lane), 2, sketch, 0);
        own.add(sketch);
        for (int j = 0; j < sketch.length; j++) {
          sketches[j * lanes + lane] = sketch[j];
        }
      }
      for (LowerBound bound : metric.lowerBounds()) {
        float[] found = new float[lanes];
        for (int query = 0; query < lanes; query++) {
          bound.evaluator(own.get(query)).squaredLowerBounds(sketches, lanes, 1, lanes, found);
          for (int lane = 1; lane < lanes; lane++) {
            double distance = metric.evaluator().distance(rows.get(query), 2, rows.get(lane), 2);
            double most =
                distance * distance * (1 + 4 * metric.relativeDistanceError())
                    + metric.squaredDistanceError();
            assertFalse(Float.isNaN(found[lane]));
            assertTrue(
                found[lane] <= Math.nextUp((float) most),
                bound.name() + ": bound=" + found[lane] + ", square=" + most + ", " + spec);
          }
        }
      }
    }
  }
}

package dev.vantage.tsdb.metric.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.series.InvalidSeriesException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelCorrelationTest {

  @Test
  void givesTheReferenceNumbers() throws IOException {
    JsonNode golden;
    try (InputStream in = getClass().getResourceAsStream("/golden/metric.json")) {
      golden = new ObjectMapper().readTree(in);
    }
    int checked = 0;
    for (JsonNode pair : golden.get("pairs")) {
      double[] x = samples(golden, pair.get("x").asText());
      double[] y = samples(golden, pair.get("y").asText());
      for (JsonNode expected : pair.get("by_multiplier")) {
        KernelCorrelation metric =
            new KernelCorrelation(x.length, expected.get("multiplier").asDouble());
        double similarity = 1 - square(distance(metric, x, y)) / 2;
        assertEquals(expected.get("similarity").asDouble(), similarity, 1e-9, pair.toString());
        assertEquals(pair.get("best_shift").asInt(), lag(metric, x, y), pair.toString());
        checked++;
      }
    }
    assertTrue(checked > 20, "checked=" + checked);
  }

  private static double[] samples(JsonNode golden, String name) {
    JsonNode numbers = golden.get("series_raw").get(name);
    double[] samples = new double[numbers.size()];
    Arrays.setAll(samples, t -> numbers.get(t).asDouble());
    return samples;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 1, 10, 100, 300})
  void staysWithinItsErrorBound(double multiplier) {
    NaiveKernelCorrelation naive = new NaiveKernelCorrelation(multiplier);
    Random random = new Random(5);
    for (int length : new int[] {8, 64, 512}) {
      KernelCorrelation metric = new KernelCorrelation(length, multiplier);
      for (int round = 0; round < 20; round++) {
        double[] x = randomSamples(random, length);
        double[] y = round % 2 == 0 ? randomSamples(random, length) : nearly(x, random);
        double expected = naive.similarity(x, y);
        double actual = 1 - square(distance(metric, x, y)) / 2;
        // The naive sum rounds as well, so the whole bound is granted to the difference.
        assertEquals(expected, actual, metric.squaredDistanceError(), "length=" + length);
      }
    }
  }

  @Test
  void ignoresShiftScaleAndOffset() {
    int length = 128;
    KernelCorrelation metric = new KernelCorrelation(length, 10);
    double[] x = randomSamples(new Random(1), length);
    double[] y = new double[length];
    for (int t = 0; t < length; t++) {
      y[(t + 17) % length] = 3 * x[t] - 400;
    }
    assertEquals(0, square(distance(metric, x, y)), metric.squaredDistanceError());
    assertEquals(17, lag(metric, x, y));
    assertEquals(0, distance(metric, x, x), 0, "a series is exactly 0 from itself");
  }

  @Test
  void takesSamplesOfAnyScale() {
    int length = 64;
    KernelCorrelation metric = new KernelCorrelation(length, 1);
    double[] x = randomSamples(new Random(2), length);
    for (double scale : new double[] {1e-300, 4.9e-324 * (1L << 40), 1e-10, 1e10, 1e300, 1.7e308}) {
      double[] y = Arrays.stream(x).map(value -> value * scale).toArray();
      // A denormal has 40 bits here, which limits the accuracy of the distance.
      assertEquals(0, distance(metric, x, y), 1e-7, "scale=" + scale);
    }
    double[] farFromZero = Arrays.stream(x).map(value -> 1 + value * 0x1p-30).toArray();
    assertTrue(distance(metric, x, farFromZero) < 1e-6);
  }

  @Test
  void refusesAConstant() {
    double[] constant = new double[16];
    Arrays.fill(constant, 0.1);
    assertThrows(
        InvalidSeriesException.class,
        () -> new KernelCorrelation(16, 1).prepare(constant, new double[16], 0));
  }

  static double[] randomSamples(Random random, int length) {
    return random.doubles(length, -1, 1).toArray();
  }

  private static double[] nearly(double[] x, Random random) {
    return Arrays.stream(x).map(value -> value + 1e-6 * random.nextDouble()).toArray();
  }

  private static double distance(Metric metric, double[] x, double[] y) {
    return metric.evaluator().distance(row(metric, x), 0, row(metric, y), 0);
  }

  private static int lag(Metric metric, double[] x, double[] y) {
    return metric.evaluator().bestLag(row(metric, x), 0, row(metric, y), 0);
  }

  private static double[] row(Metric metric, double[] samples) {
    double[] row = new double[metric.rowSize()];
    metric.prepare(samples, row, 0);
    return row;
  }

  private static double square(double number) {
    return number * number;
  }
}

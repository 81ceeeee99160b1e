package dev.vantage.tsdb.metric.elastic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.metric.MetricSpec;
import dev.vantage.tsdb.metric.Metrics;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.testkit.RandomSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlignmentTest {
  private static final int LENGTH = 32;
  private final Random random = Seeds.random("alignments");

  /** Under DTW the squared differences along the path are the squared distance. */
  @Test
  void theCostOfThePathIsTheDistance() {
    RandomSeries series = new RandomSeries(random.nextLong(), LENGTH);
    Metric metric = Metrics.create(new MetricSpec("dtw", Map.of("window", "5")), LENGTH);
    for (int round = 0; round < 200; round++) {
      double[] x = row(metric, series.nextSamples());
      double[] y = row(metric, series.nextSamples());
      int[] path = metric.evaluator().alignment(x, 0, y, 0);
      double sum = 0;
      for (int at = 0; at < path.length; at += 2) {
        double apart =
            x[ElasticMetric.SAMPLES + path[at]] - y[ElasticMetric.SAMPLES + path[at + 1]];
        sum += apart * apart;
      }
      double distance = metric.evaluator().distance(x, 0, y, 0);
      assertEquals(distance, Math.sqrt(sum), 1e-9 * distance);
    }
  }

  private static double[] row(Metric metric, double[] samples) {
    double[] row = new double[metric.rowSize()];
    metric.prepare(samples, row, 0);
    return row;
  }

  @ParameterizedTest
  @ValueSource(strings = {"dtw", "msm", "twe", "erp"})
  void aSeriesMatchesItselfSampleBySample(String name) {
    RandomSeries series = new RandomSeries(random.nextLong(), LENGTH);
    Metric metric = Metrics.create(new MetricSpec(name, Map.of()), LENGTH);
    double[] x = row(metric, series.nextSamples(RandomSeries.Kind.WALK));
    int[] diagonal = new int[2 * LENGTH];
    for (int t = 0; t < 2 * LENGTH; t++) {
      diagonal[t] = t / 2;
    }
    assertArrayEquals(diagonal, metric.evaluator().alignment(x, 0, x, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dtw", "msm", "twe", "erp"})
  void stepsGoOnByOne(String name) {
    RandomSeries series = new RandomSeries(random.nextLong(), LENGTH);
    Metric metric = Metrics.create(new MetricSpec(name, Map.of()), LENGTH);
    for (int round = 0; round < 100; round++) {
      double[] x = row(metric, series.nextSamples());
      double[] y = row(metric, series.nextSamples());
      int[] path = metric.evaluator().alignment(x, 0, y, 0);
      assertEquals(LENGTH - 1, path[path.length - 2]);
      assertEquals(LENGTH - 1, path[path.length - 1]);
      for (int at = 2; at < path.length; at++) {
        assertTrue(path[at] - path[at - 2] == 0 || path[at] - path[at - 2] == 1);
      }
    }
  }

  @Test
  void answersAreNotTooLarge() {
    RandomSeries series = new RandomSeries(random.nextLong(), 1 << 14);
    Settings settings =
        Settings.DEFAULT
            .withLength(1 << 14)
            .withMetric(new MetricSpec("dtw", Map.of("window", "0")));
    try (Tsdb database = Tsdb.inMemory(settings, 1)) {
      database.insert(new SeriesEntry("a", series.next()));
      database.insert(new SeriesEntry("b", series.next()));
      assertEquals(1, database.search(Query.like("a")).neighbors().size());
      assertEquals(
          "length of series to align must be at most 8192: length=16384",
          assertThrows(
                  InvalidRequestException.class, () -> database.search(Query.like("a").aligned()))
              .getMessage());
    }
  }
}

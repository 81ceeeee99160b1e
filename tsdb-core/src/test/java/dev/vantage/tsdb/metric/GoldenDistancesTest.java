package dev.vantage.tsdb.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.testkit.SharedData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoldenDistancesTest {
  private static final int LENGTH = 64;
  private static final double TOLERANCE = 1e-9;

  /** The golden numbers are roots of differences: what should be 0 is up to this. */
  private static final double CANCELLED = 1e-6;

  private final GoldenDistances golden = new GoldenDistances();

  @Test
  void pairsHaveTheirDistances() {
    int checked = 0;
    for (JsonNode pair : golden.pairs()) {
      Metric metric = Metrics.create(GoldenDistances.spec(pair, LENGTH), LENGTH);
      double[] x = row(metric, golden.shape(pair.get("x").asText()));
      double[] y = row(metric, golden.shape(pair.get("y").asText()));
      double expected = pair.get("distance").asDouble();
      double distance = metric.evaluator().distance(x, 0, y, 0);
      if (expected < CANCELLED) {
        assertEquals(0, distance, TOLERANCE, pair::toString);
      } else {
        assertEquals(expected, distance, TOLERANCE, pair::toString);
      }
      assertEquals(distance, metric.evaluator().distance(y, 0, x, 0), TOLERANCE, pair::toString);
      checked++;
    }
    assertEquals(252, checked);
  }

  private static double[] row(Metric metric, double[] samples) {
    double[] row = new double[metric.rowSize()];
    metric.prepare(samples, row, 0);
    return row;
  }

  @Test
  void starsHaveTheirNeighbors() throws IOException {
    List<SeriesEntry> stars = new ArrayList<>();
    for (SeriesEntry entry : SharedData.lightCurves(1000)) {
      if (entry.id().endsWith("_g")) {
        stars.add(entry);
      }
    }
    Map<MetricSpec, EmbeddedTsdb> databases = new HashMap<>();
    int checked = 0;
    for (JsonNode query : golden.queries()) {
      EmbeddedTsdb database =
          databases.computeIfAbsent(
              GoldenDistances.spec(query, LENGTH),
              spec -> {
                Settings settings = Settings.DEFAULT.withLength(LENGTH).withMetric(spec);
                EmbeddedTsdb made = Tsdb.inMemory(settings, 2);
                made.insertAll(stars);
                return made;
              });
      JsonNode expected = query.get("neighbours");
      List<Neighbor> found =
          database
              .search(Query.like(query.get("id").asText() + "_g").nearest(expected.size()))
              .neighbors();
      for (int rank = 0; rank < expected.size(); rank++) {
        JsonNode neighbor = expected.get(rank);
        assertEquals(neighbor.get("id").asText() + "_g", found.get(rank).id(), query::toString);
        assertEquals(neighbor.get("distance").asDouble(), found.get(rank).distance(), TOLERANCE);
      }
      checked++;
    }
    assertEquals(45, checked);
    databases.values().forEach(EmbeddedTsdb::close);
  }
}

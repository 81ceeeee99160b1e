package dev.vantage.tsdb.metric.toy;

import dev.vantage.tsdb.metric.Geometry;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.metric.MetricProvider;
import dev.vantage.tsdb.metric.MetricSpec;
import dev.vantage.tsdb.metric.Standardisation;
import java.util.Map;

/**
 * The Euclidean distance of standardised samples to the power of 1 or 2, not declared Hilbertian.
 * An example of a minimal new distance. The square of the distance does not obey the triangle
 * inequality.
 */
public final class ToyEuclidean implements MetricProvider {
  public static final MetricSpec SPEC = new MetricSpec("toy-euclidean", Map.of("power", "1"));

  @Override
  public String name() {
    return SPEC.name();
  }

  @Override
  public Metric create(int length, Map<String, String> parameters) {
    return new Euclidean(length, Integer.parseInt(parameters.getOrDefault("power", "1").trim()));
  }

  private record Euclidean(int length, int power) implements Metric {
    @Override
    public MetricSpec spec() {
      return SPEC.with("power", Integer.toString(power));
    }

    @Override
    public Geometry geometry() {
      return power == 1 ? Geometry.METRIC_SPACE : Geometry.DISSIMILARITY;
    }

    @Override
    public int rowSize() {
      return length + 1; // samples may be 0
    }

    @Override
    public double squaredDistanceError() {
      return 4.0 * length * length * Math.ulp(1.0);
    }

    @Override
    public void prepare(double[] samples, double[] row, int offset) {
      row[offset] = 1;
      System.arraycopy(Standardisation.standardise(samples), 0, row, offset + 1, length);
    }

    @Override
    public Evaluator evaluator() {
      return (query, queryOffset, stored, storedOffset) -> {
        double sum = 0;
        for (int t = 1; t <= length; t++) {
          double difference = query[queryOffset + t] - stored[storedOffset + t];
          sum += difference * difference;
        }
        return power == 1 ? Math.sqrt(sum) : sum;
      };
    }
  }
}

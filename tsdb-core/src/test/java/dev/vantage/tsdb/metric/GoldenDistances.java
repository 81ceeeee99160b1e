package dev.vantage.tsdb.metric;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Distances and neighbors that were computed independently. */
public final class GoldenDistances {
  private final JsonNode distances = read("distances.json");
  private final JsonNode shapes = read("metric.json").get("series_raw");

  private static JsonNode read(String name) {
    try (InputStream in = GoldenDistances.class.getResourceAsStream("/golden/" + name)) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns pairs of shapes with their distance. */
  public JsonNode pairs() {
    return distances.get("pairs");
  }

  /** Returns queries with their nearest stars. */
  public JsonNode queries() {
    return distances.get("neighbours").get("queries");
  }

  /** Returns the samples of a shape. */
  public double[] shape(String name) {
    JsonNode numbers = shapes.get(name);
    double[] samples = new double[numbers.size()];
    Arrays.setAll(samples, t -> numbers.get(t).asDouble());
    return samples;
  }

  /** Returns the distance that a golden number belongs to; names there contain parameters. */
  public static MetricSpec spec(JsonNode golden, int length) {
    String name = golden.get("distance_name").asText();
    Map<String, String> parameters = new TreeMap<>();
    golden
        .get("parameters")
        .properties()
        .forEach(one -> parameters.put(one.getKey(), one.getValue().asText()));
    if (name.equals("dtw")) {
      parameters.put("window", Integer.toString(length));
    }
    return new MetricSpec(name.replaceAll("-(window-)?[0-9.]+$", ""), parameters);
  }
}

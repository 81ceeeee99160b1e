package dev.vantage.tsdb.protocol.op;

import static dev.vantage.tsdb.protocol.op.PayloadReader.list;
import static dev.vantage.tsdb.protocol.op.PayloadReader.text;
import static dev.vantage.tsdb.protocol.op.PayloadReader.whole;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.CacheStats;
import dev.vantage.tsdb.protocol.Payload;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Asks for the contents and the hit rate of the answer cache. Immutable. */
public record CacheStatistics() implements Request {
  @Override
  public Op op() {
    return Op.CACHE_STATS;
  }

  /**
   * Creates the payload of the response.
   *
   * @param stats the state
   * @return its settings, then {@code items}, {@code bytes}, {@code requests}, {@code hits}, {@code
   *     misses}, {@code hit_rate} and {@code miss_rate} (null without requests), {@code evictions},
   *     {@code interval_ms}, and {@code samples}, oldest first: the same members without the
   *     settings, with a {@code time} and counts since the previous sample
   */
  public static Payload payload(CacheStats stats) {
    ObjectNode node = ConfigureCache.node(stats.settings());
    put(node, stats.items(), stats.bytes(), stats.use());
    node.put("interval_ms", CacheStats.INTERVAL.toMillis());
    ArrayNode samples = node.putArray("samples");
    for (CacheStats.Sample sample : stats.samples()) {
      ObjectNode one = samples.addObject().put("time", sample.time().toString());
      put(one, sample.items(), sample.bytes(), sample.use());
    }
    return Payload.of(node);
  }

  private static void put(ObjectNode node, long items, long bytes, CacheStats.Use use) {
    node.put("items", items);
    node.put("bytes", bytes);
    node.put("requests", use.requests());
    node.put("hits", use.hits());
    node.put("misses", use.misses());
    put(node, "hit_rate", use.hitRate());
    put(node, "miss_rate", use.missRate());
    node.put("evictions", use.evictions());
  }

  private static void put(ObjectNode node, String name, OptionalDouble rate) {
    node.put(name, rate.isPresent() ? (Double) rate.getAsDouble() : null);
  }

  /**
   * Reads the payload of a response.
   *
   * @param payload the payload
   * @return the state
   */
  public static CacheStats answer(JsonNode payload) {
    return PayloadReader.read(payload, CacheStatistics::parse);
  }

  private static CacheStats parse(JsonNode node) {
    List<CacheStats.Sample> samples = new ArrayList<>();
    for (JsonNode sample : list(node.required("samples"))) {
      samples.add(
          new CacheStats.Sample(
              time(text(sample.required("time"))),
              whole(sample.required("items")),
              whole(sample.required("bytes")),
              parseUse(sample)));
    }
    return new CacheStats(
        ConfigureCache.parse(node),
        whole(node.required("items")),
        whole(node.required("bytes")),
        parseUse(node),
        samples);
  }

  private static CacheStats.Use parseUse(JsonNode node) {
    return new CacheStats.Use(
        whole(node.required("requests")),
        whole(node.required("hits")),
        whole(node.required("evictions")));
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("must be a time, found " + text, e);
    }
  }
}

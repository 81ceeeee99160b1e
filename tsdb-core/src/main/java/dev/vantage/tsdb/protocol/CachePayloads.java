package dev.vantage.tsdb.protocol;

import static dev.vantage.tsdb.protocol.PayloadReader.integer;
import static dev.vantage.tsdb.protocol.PayloadReader.list;
import static dev.vantage.tsdb.protocol.PayloadReader.text;
import static dev.vantage.tsdb.protocol.PayloadReader.whole;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.CachePolicy;
import dev.vantage.tsdb.CacheSettings;
import dev.vantage.tsdb.CacheStats;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Writes what is answered about a cache as JSON, and reads it. The methods that read throw {@link
 * ProtocolException} for a payload that is not what the operation answers.
 */
public final class CachePayloads {
  private CachePayloads() {}

  /**
   * How a cache works.
   *
   * @param settings how it works
   * @return {@code {"capacity_mb","policy"}}
   */
  public static ObjectNode of(CacheSettings settings) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("capacity_mb", settings.capacityMb())
        .put("policy", settings.policy().label());
  }

  /**
   * What a cache holds, and how often it has helped.
   *
   * @param stats the state
   * @return its settings, then {@code items}, {@code bytes}, {@code requests}, {@code hits}, {@code
   *     misses}, {@code hit_rate} and {@code miss_rate} (null without requests), {@code evictions},
   *     {@code interval_ms}, and {@code samples}, oldest first: the same but for the settings, with
   *     a {@code time} and counts since the sample before
   */
  public static JsonNode of(CacheStats stats) {
    ObjectNode node = of(stats.settings());
    put(node, stats.items(), stats.bytes(), stats.use());
    node.put("interval_ms", CacheStats.INTERVAL.toMillis());
    ArrayNode samples = node.putArray("samples");
    for (CacheStats.Sample sample : stats.samples()) {
      ObjectNode one = samples.addObject().put("time", sample.time().toString());
      put(one, sample.items(), sample.bytes(), sample.use());
    }
    return node;
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
   * The answer to a clear.
   *
   * @param items how many answers were dropped
   * @return {@code {"dropped"}}
   */
  public static JsonNode cleared(long items) {
    return JsonNodeFactory.instance.objectNode().put("dropped", items);
  }

  /**
   * Reads how a cache works.
   *
   * @param payload the payload of a cache_config
   * @return how it works
   */
  public static CacheSettings settings(JsonNode payload) {
    return PayloadReader.read(payload, CachePayloads::parseSettings);
  }

  /**
   * Reads what a cache holds, and how often it has helped.
   *
   * @param payload the payload of a cache_stats
   * @return the state
   */
  public static CacheStats stats(JsonNode payload) {
    return PayloadReader.read(payload, CachePayloads::parseStats);
  }

  /**
   * Reads the answer to a clear.
   *
   * @param payload the payload of a cache_clear
   * @return how many answers were dropped
   */
  public static long dropped(JsonNode payload) {
    return PayloadReader.read(payload, node -> whole(node.required("dropped")));
  }

  private static CacheSettings parseSettings(JsonNode node) {
    return new CacheSettings(
        integer(node.required("capacity_mb")), CachePolicy.ofLabel(text(node.required("policy"))));
  }

  private static CacheStats parseStats(JsonNode node) {
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
        parseSettings(node),
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

package dev.vantage.tsdb.protocol.op;

import static dev.vantage.tsdb.protocol.op.PayloadReader.counts;
import static dev.vantage.tsdb.protocol.op.PayloadReader.integer;
import static dev.vantage.tsdb.protocol.op.PayloadReader.number;
import static dev.vantage.tsdb.protocol.op.PayloadReader.text;
import static dev.vantage.tsdb.protocol.op.PayloadReader.texts;
import static dev.vantage.tsdb.protocol.op.PayloadReader.whole;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.OpenOptions.Spectra;
import dev.vantage.tsdb.ServerStats;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Stats;
import dev.vantage.tsdb.metric.MetricSpec;
import dev.vantage.tsdb.protocol.Payload;
import dev.vantage.tsdb.series.Resampling;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Asks for the state of the database. Immutable. */
public record Statistics() implements Request {
  @Override
  public Op op() {
    return Op.STATS;
  }

  /**
   * Creates the payload of the response.
   *
   * @param stats the state
   * @return an object of {@code series}, {@code vantage_points} (a list of ids), {@code settings},
   *     {@code metric}, {@code memory}, {@code read_only} and {@code versions}
   */
  public static Payload payload(Stats stats) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("series", stats.series());
    stats.vantagePoints().forEach(node.putArray("vantage_points")::add);
    node.set("settings", of(stats.settings()));
    node.put("metric", stats.settings().metric().name());
    node.putObject("memory")
        .put("index_bytes", stats.memory().indexBytes())
        .put("spectrum_bytes", stats.memory().spectrumBytes())
        .put("spectra", stats.memory().spectra().label());
    node.put("read_only", stats.readOnly());
    node.putObject("versions")
        .put("tsdb", stats.versions().tsdb())
        .put("java", stats.versions().java())
        .put("format", stats.versions().format())
        .put("protocol", stats.versions().protocol());
    stats.server().ifPresent(server -> node.set("server", of(server)));
    return Payload.of(node);
  }

  /**
   * Writes the settings: {@code multiplier} if the distance has one, other parameters under {@code
   * parameters}.
   */
  private static ObjectNode of(Settings settings) {
    Map<String, String> others = new TreeMap<>(settings.metric().parameters());
    String multiplier = others.remove(MetricSpec.MULTIPLIER);
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("length", settings.length());
    if (multiplier != null) {
      node.put("multiplier", Double.parseDouble(multiplier));
    }
    node.put("vantage_points", settings.vantagePoints())
        .put("seed", settings.seed())
        .put("resampling", settings.resampling().label());
    if (!others.isEmpty()) {
      ObjectNode parameters = node.putObject("parameters");
      others.forEach((name, value) -> parameters.set(name, json(value)));
    }
    return node;
  }

  /** Writes numbers and truth values as such; they read back in the same notation. */
  private static JsonNode json(String value) {
    JsonNodeFactory factory = JsonNodeFactory.instance;
    if (value.equals("true") || value.equals("false")) {
      return factory.booleanNode(Boolean.parseBoolean(value));
    }
    try {
      double number = Double.parseDouble(value);
      if (Double.toString(number).equals(value) && Double.isFinite(number)) {
        return factory.numberNode(number);
      }
      return factory.numberNode(Long.parseLong(value));
    } catch (NumberFormatException e) {
      return factory.textNode(value);
    }
  }

  private static ObjectNode of(ServerStats server) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ObjectNode limits = node.putObject("limits");
    server.limits().forEach(limits::put);
    ObjectNode load = node.putObject("load");
    server.load().forEach(load::put);
    return node;
  }

  /**
   * Reads the payload of a response.
   *
   * @param payload the payload
   * @return the state
   */
  public static Stats answer(JsonNode payload) {
    return PayloadReader.read(payload, Statistics::parse);
  }

  private static Stats parse(JsonNode payload) {
    Stats stats =
        Stats.of(
            parseSettings(payload.required("settings"), text(payload.required("metric"))),
            whole(payload.required("series")),
            texts(payload.required("vantage_points")),
            parseMemory(payload.required("memory")),
            parseVersions(payload.required("versions")));
    // Older servers lack this member.
    if (payload.path("read_only").asBoolean(false)) {
      stats = stats.asReadOnly();
    }
    return payload.has("server") ? stats.withServer(parseServer(payload.get("server"))) : stats;
  }

  private static Stats.Memory parseMemory(JsonNode memory) {
    return new Stats.Memory(
        whole(memory.required("index_bytes")),
        whole(memory.required("spectrum_bytes")),
        // A server without this member has all spectra in memory.
        memory.has("spectra") ? Spectra.ofLabel(text(memory.get("spectra"))) : Spectra.MEMORY);
  }

  private static Stats.Versions parseVersions(JsonNode versions) {
    return new Stats.Versions(
        text(versions.required("tsdb")),
        text(versions.required("java")),
        integer(versions.required("format")),
        // A server without this member serves version 1.
        versions.has("protocol") ? integer(versions.get("protocol")) : 1);
  }

  private static ServerStats parseServer(JsonNode server) {
    return new ServerStats(counts(server.required("limits")), counts(server.required("load")));
  }

  private static Settings parseSettings(JsonNode settings, String metric) {
    Map<String, String> parameters = new HashMap<>();
    settings
        .path("parameters")
        .properties()
        .forEach(one -> parameters.put(one.getKey(), one.getValue().asText()));
    if (settings.has(MetricSpec.MULTIPLIER)) {
      double multiplier = number(settings.get(MetricSpec.MULTIPLIER));
      parameters.put(MetricSpec.MULTIPLIER, Double.toString(multiplier));
    }
    return new Settings(
        integer(settings.required("length")),
        new MetricSpec(metric, parameters),
        integer(settings.required("vantage_points")),
        whole(settings.required("seed")),
        Resampling.ofLabel(text(settings.required("resampling"))));
  }
}

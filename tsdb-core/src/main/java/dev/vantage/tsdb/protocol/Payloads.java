package dev.vantage.tsdb.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.SearchReport;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.ServerStats;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Stats;
import dev.vantage.tsdb.condition.InvalidConditionException;
import dev.vantage.tsdb.metric.MetricSpec;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes what is answered as JSON. {@link PayloadReader} reads it. */
public final class Payloads {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Payloads() {}

  /**
   * Tells programs where a request is wrong.
   *
   * @param failure why it is refused
   * @return {@code {"column":N}} for a condition, in chars from 1; else JSON null
   */
  public static JsonNode ofFailure(Throwable failure) {
    return failure instanceof InvalidConditionException condition
        ? JSON.objectNode().put("column", condition.column())
        : JSON.nullNode();
  }

  /** {@return the answer to a ping} */
  public static JsonNode pong() {
    return JSON.textNode("pong");
  }

  /**
   * The answer to a hello.
   *
   * @param role what the client may ask for
   * @return {@code {"access":"read"}} or {@code {"access":"write"}}
   */
  public static JsonNode access(Role role) {
    return JSON.objectNode().put("access", role.label());
  }

  /**
   * The answer to a search.
   *
   * @param result what was found
   * @param explain whether to say what it cost and how far it is complete
   * @return a list of {@code {"id","distance","lag"}}, or with explain an object of such {@code
   *     neighbors} and a {@code report}, whose {@code complete_within} is null where the answer is
   *     exact
   */
  public static JsonNode of(SearchResult result, boolean explain) {
    return Json.tree(writing(result, explain));
  }

  /**
   * The same, to be written.
   *
   * @param result what was found
   * @param explain whether to say what it cost and how far it is complete
   * @return what {@link #of(SearchResult, boolean)} says
   */
  public static Payload writing(SearchResult result, boolean explain) {
    return out -> {
      if (!explain) {
        write(result.neighbors(), out);
        return;
      }
      out.writeStartObject();
      out.writeFieldName("neighbors");
      write(result.neighbors(), out);
      out.writeFieldName("report");
      out.writeTree(of(result.report()));
      out.writeEndObject();
    };
  }

  private static void write(List<Neighbor> neighbors, JsonGenerator out) throws IOException {
    out.writeStartArray();
    for (Neighbor neighbor : neighbors) {
      out.writeStartObject();
      out.writeStringField("id", neighbor.id());
      out.writeNumberField("distance", neighbor.distance());
      out.writeNumberField("lag", neighbor.lag());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static ObjectNode of(SearchReport report) {
    ObjectNode node = JSON.objectNode();
    node.put("candidates", report.candidates());
    node.put("exact_distances", report.exactDistances());
    ObjectNode pruned = node.putObject("pruned");
    report.pruned().forEach(pruned::put);
    node.put("unexamined", report.unexamined());
    node.put("exact", report.exact());
    // JSON has no infinity.
    node.put("complete_within", report.exact() ? null : report.completeWithin());
    node.put("visited", report.visited());
    node.put("vantage_point_distances", report.vantagePointDistances());
    node.put("plan", report.plan().name().toLowerCase(Locale.ROOT));
    node.set("estimate", report.estimate().<JsonNode>map(Payloads::of).orElse(JSON.nullNode()));
    node.put("vantage_points", report.vantagePoints());
    return node;
  }

  private static ObjectNode of(SearchReport.Estimate estimate) {
    return JSON.objectNode()
        .put("annulus_series", estimate.annulusSeries())
        .put("walk_cost", estimate.walkCost())
        .put("scan_cost", estimate.scanCost());
  }

  /**
   * A series as it was inserted.
   *
   * @param entry the series
   * @return {@code {"id","ts":[times,values],"attributes":{...}}}, with {@code period} where it has
   *     one, {@code "evenly_spaced":true} where it was inserted without times, and {@code
   *     "types":{...}} with the types of the attributes that are written as strings and are no
   *     texts
   */
  public static JsonNode of(SeriesEntry entry) {
    return Json.tree(writing(entry));
  }

  /**
   * The same, to be written.
   *
   * @param entry the series
   * @return what {@link #of(SeriesEntry)} says
   */
  public static Payload writing(SeriesEntry entry) {
    return out -> {
      TimeSeries series = entry.series();
      out.writeStartObject();
      out.writeStringField("id", entry.id());
      out.writeArrayFieldStart("ts");
      write(series.times(), out);
      write(series.values(), out);
      out.writeEndArray();
      ObjectNode attributes = JSON.objectNode();
      AttributeJson.put(attributes, entry.attributes());
      for (Map.Entry<String, JsonNode> one : attributes.properties()) {
        out.writeFieldName(one.getKey());
        out.writeTree(one.getValue());
      }
      if (series.period().isPresent()) {
        out.writeNumberField("period", series.period().getAsDouble());
      }
      if (!series.hasTimes()) {
        out.writeBooleanField("evenly_spaced", true);
      }
      out.writeEndObject();
    };
  }

  /**
   * The answer to an insert.
   *
   * @param id the id of the series
   * @param created whether it is new
   * @return {@code {"id","created"}}
   */
  public static JsonNode inserted(String id, boolean created) {
    return JSON.objectNode().put("id", id).put("created", created);
  }

  /**
   * The answer to a delete.
   *
   * @param id the id of the series that is no more
   * @return {@code {"id"}}
   */
  public static JsonNode deleted(String id) {
    return JSON.objectNode().put("id", id);
  }

  /**
   * Ids in order.
   *
   * @param ids the ids
   * @return a list of them
   */
  public static JsonNode ids(List<String> ids) {
    return Json.tree(writing(ids));
  }

  /**
   * The same, to be written.
   *
   * @param ids the ids
   * @return a list of them
   */
  public static Payload writing(List<String> ids) {
    return out -> {
      out.writeStartArray();
      for (String id : ids) {
        out.writeString(id);
      }
      out.writeEndArray();
    };
  }

  /**
   * The answer to a new vantage point.
   *
   * @param id the id of the series
   * @param count how many vantage points there are now
   * @return {@code {"id","vantage_points"}}
   */
  public static JsonNode vantagePointAdded(String id, int count) {
    return JSON.objectNode().put("id", id).put("vantage_points", count);
  }

  /**
   * The attributes of series.
   *
   * @param types their types
   * @return a list of {@code {"name","type","built_in"}}, in order of name
   */
  public static JsonNode of(AttributeTypes types) {
    ArrayNode list = JSON.arrayNode();
    types
        .all()
        .forEach(
            (name, type) ->
                list.addObject()
                    .put("name", name)
                    .put("type", type.label())
                    .put("built_in", AttributeTypes.isBuiltIn(name)));
    return list;
  }

  /**
   * The answer to a declaration.
   *
   * @param name the name of the attribute
   * @param type its type
   * @return {@code {"name","type"}}
   */
  public static JsonNode attributeAdded(String name, AttributeValue.Type type) {
    return JSON.objectNode().put("name", name).put("type", type.label());
  }

  /**
   * The state of a database.
   *
   * @param stats the state
   * @return an object of {@code series}, {@code vantage_points} (a list of ids), {@code settings},
   *     {@code metric}, {@code memory}, {@code read_only} and {@code versions}
   */
  public static JsonNode of(Stats stats) {
    ObjectNode node = JSON.objectNode();
    node.put("series", stats.series());
    node.set("vantage_points", ids(stats.vantagePoints()));
    Settings settings = stats.settings();
    node.set("settings", of(settings));
    node.put("metric", stats.metric());
    node.putObject("memory")
        .put("index_bytes", stats.indexBytes())
        .put("spectrum_bytes", stats.spectrumBytes())
        .put("spectra", stats.spectra().label());
    node.put("read_only", stats.readOnly());
    node.putObject("versions")
        .put("tsdb", stats.version())
        .put("java", stats.javaVersion())
        .put("format", stats.formatVersion());
    stats.server().ifPresent(server -> node.set("server", of(server)));
    return node;
  }

  /** A number {@code multiplier}, where the distance has one; others under {@code parameters}. */
  private static ObjectNode of(Settings settings) {
    Map<String, String> others = new TreeMap<>(settings.metric().parameters());
    String multiplier = others.remove(MetricSpec.MULTIPLIER);
    ObjectNode node = JSON.objectNode().put("length", settings.length());
    if (multiplier != null) {
      node.put("multiplier", Double.parseDouble(multiplier));
    }
    node.put("vantage_points", settings.vantagePoints())
        .put("seed", settings.seed())
        .put("resampling", settings.resampling().label());
    if (!others.isEmpty()) {
      others.forEach(node.putObject("parameters")::put);
    }
    return node;
  }

  private static ObjectNode of(ServerStats server) {
    ObjectNode node = JSON.objectNode();
    ObjectNode limits = node.putObject("limits");
    server.limits().forEach(limits::put);
    ObjectNode load = node.putObject("load");
    server.load().forEach(load::put);
    return node;
  }

  static ArrayNode numbers(double[] numbers) {
    ArrayNode list = JSON.arrayNode(numbers.length);
    for (double number : numbers) {
      list.add(number);
    }
    return list;
  }

  private static void write(double[] numbers, JsonGenerator out) throws IOException {
    out.writeStartArray();
    for (double number : numbers) {
      out.writeNumber(number);
    }
    out.writeEndArray();
  }
}

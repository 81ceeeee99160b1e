package dev.vantage.tsdb.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.OpenOptions.Spectra;
import dev.vantage.tsdb.SearchReport;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.ServerStats;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Stats;
import dev.vantage.tsdb.metric.MetricSpec;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.BooleanValue;
import dev.vantage.tsdb.series.AttributeValue.DoubleValue;
import dev.vantage.tsdb.series.AttributeValue.LongValue;
import dev.vantage.tsdb.series.AttributeValue.TextValue;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.Resampling;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads what {@link Payloads} wrote, back into the same values. Every method throws {@link
 * ProtocolException} for a payload that is not what the operation answers.
 */
public final class PayloadReader {
  private PayloadReader() {}

  /**
   * Reads the answer to a hello.
   *
   * @param payload the payload of a hello
   * @return what the client may ask for
   */
  public static Role access(JsonNode payload) {
    return read(payload, node -> Role.ofLabel(text(node.required("access"))));
  }

  /**
   * Reads the answer to a search.
   *
   * @param payload the payload of a search that was asked to explain
   * @return the neighbors and the report
   */
  public static SearchResult searchResult(JsonNode payload) {
    return read(payload, PayloadReader::parseSearchResult);
  }

  /**
   * Reads a series.
   *
   * @param payload the payload of a get
   * @return the series, as it was inserted
   */
  public static SeriesEntry entry(JsonNode payload) {
    return read(payload, PayloadReader::parseEntry);
  }

  /**
   * Reads the answer to an insert.
   *
   * @param payload the payload of an insert
   * @return whether the series is new
   */
  public static boolean created(JsonNode payload) {
    return read(payload, node -> truth(node.required("created")));
  }

  /**
   * Reads ids.
   *
   * @param payload the payload of an ids
   * @return the ids, in the order sent; unmodifiable
   */
  public static List<String> ids(JsonNode payload) {
    return read(payload, PayloadReader::parseTexts);
  }

  /**
   * Reads the state of a database.
   *
   * @param payload the payload of a stats
   * @return the state
   */
  public static Stats stats(JsonNode payload) {
    return read(payload, PayloadReader::parseStats);
  }

  /**
   * Reads the answer to a new vantage point.
   *
   * @param payload the payload of an add_vantage_point
   * @return how many vantage points there are
   */
  public static int vantagePoints(JsonNode payload) {
    return read(payload, node -> integer(node.required("vantage_points")));
  }

  /**
   * Reads the attributes of series.
   *
   * @param payload the payload of an attributes
   * @return their types
   */
  public static AttributeTypes attributeTypes(JsonNode payload) {
    return read(payload, PayloadReader::parseAttributeTypes);
  }

  static <T> T read(JsonNode payload, Function<JsonNode, T> parse) {
    try {
      return parse.apply(payload);
    } catch (IllegalArgumentException e) {
      throw new ProtocolException(
          "payload must be what the operation answers: problem=" + e.getMessage(), e);
    }
  }

  private static SearchResult parseSearchResult(JsonNode payload) {
    List<Neighbor> neighbors = new ArrayList<>();
    for (JsonNode node : list(payload.required("neighbors"))) {
      neighbors.add(
          new Neighbor(
              text(node.required("id")),
              number(node.required("distance")),
              integer(node.required("lag"))));
    }
    return new SearchResult(neighbors, parseReport(payload.required("report")));
  }

  private static SearchReport parseReport(JsonNode report) {
    JsonNode estimate = report.required("estimate");
    JsonNode completeWithin = report.required("complete_within");
    return new SearchReport(
        SearchReport.Plan.valueOf(text(report.required("plan")).toUpperCase(Locale.ROOT)),
        estimate.isNull() ? Optional.empty() : Optional.of(parseEstimate(estimate)),
        integer(report.required("vantage_points")),
        whole(report.required("vantage_point_distances")),
        whole(report.required("candidates")),
        whole(report.required("visited")),
        counts(report.required("pruned")),
        whole(report.required("exact_distances")),
        whole(report.required("unexamined")),
        completeWithin.isNull() ? Double.POSITIVE_INFINITY : number(completeWithin));
  }

  private static SearchReport.Estimate parseEstimate(JsonNode estimate) {
    return new SearchReport.Estimate(
        whole(estimate.required("annulus_series")),
        number(estimate.required("walk_cost")),
        number(estimate.required("scan_cost")));
  }

  private static Map<String, Long> counts(JsonNode node) {
    Map<String, Long> counts = new LinkedHashMap<>();
    node.properties().forEach(count -> counts.put(count.getKey(), whole(count.getValue())));
    return counts;
  }

  private static SeriesEntry parseEntry(JsonNode payload) {
    JsonNode ts = payload.required("ts");
    double[] values = numbers(ts.required(1));
    boolean evenlySpaced = payload.has("evenly_spaced") && truth(payload.get("evenly_spaced"));
    TimeSeries series =
        evenlySpaced ? TimeSeries.ofValues(values) : TimeSeries.of(numbers(ts.required(0)), values);
    if (payload.has("period")) {
      series = series.foldedBy(number(payload.get("period")));
    }
    return new SeriesEntry(text(payload.required("id")), series, parseAttributes(payload));
  }

  private static Attributes parseAttributes(JsonNode payload) {
    Map<String, AttributeValue> values = new HashMap<>();
    payload
        .required("attributes")
        .properties()
        .forEach(member -> values.put(member.getKey(), attribute(member.getValue())));
    payload
        .path("types")
        .properties()
        .forEach(
            member -> {
              AttributeValue.Type type = AttributeJson.type(text(member.getValue()));
              values.computeIfPresent(
                  member.getKey(), (name, value) -> AttributeJson.as(name, type, value));
            });
    return Attributes.of(values);
  }

  private static AttributeTypes parseAttributeTypes(JsonNode payload) {
    Map<String, AttributeValue.Type> types = new TreeMap<>();
    for (JsonNode node : list(payload)) {
      if (!truth(node.required("built_in"))) {
        types.put(text(node.required("name")), AttributeJson.type(text(node.required("type"))));
      }
    }
    return AttributeTypes.of(types);
  }

  private static AttributeValue attribute(JsonNode value) {
    if (value.isTextual()) {
      return new TextValue(value.textValue());
    }
    if (value.isBoolean()) {
      return new BooleanValue(value.booleanValue());
    }
    return value.isIntegralNumber() ? new LongValue(whole(value)) : new DoubleValue(number(value));
  }

  private static Stats parseStats(JsonNode payload) {
    JsonNode memory = payload.required("memory");
    JsonNode versions = payload.required("versions");
    return new Stats(
        whole(payload.required("series")),
        parseTexts(payload.required("vantage_points")),
        parseSettings(payload.required("settings"), text(payload.required("metric"))),
        text(payload.required("metric")),
        whole(memory.required("index_bytes")),
        whole(memory.required("spectrum_bytes")),
        // A server of before this member has them all in memory.
        memory.has("spectra") ? Spectra.ofLabel(text(memory.get("spectra"))) : Spectra.MEMORY,
        // Nor does it say this one.
        payload.path("read_only").asBoolean(false),
        text(versions.required("tsdb")),
        text(versions.required("java")),
        integer(versions.required("format")),
        payload.has("server") ? Optional.of(parseServer(payload.get("server"))) : Optional.empty());
  }

  private static ServerStats parseServer(JsonNode server) {
    return new ServerStats(counts(server.required("limits")), counts(server.required("load")));
  }

  private static Settings parseSettings(JsonNode settings, String metric) {
    Map<String, String> parameters = new HashMap<>();
    settings
        .path("parameters")
        .properties()
        .forEach(one -> parameters.put(one.getKey(), text(one.getValue())));
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

  private static List<String> parseTexts(JsonNode node) {
    List<String> texts = new ArrayList<>(node.size());
    list(node).forEach(text -> texts.add(text(text)));
    return List.copyOf(texts);
  }

  private static double[] numbers(JsonNode node) {
    double[] numbers = new double[list(node).size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(node.get(i));
    }
    return numbers;
  }

  static JsonNode list(JsonNode node) {
    return check(node, node.isArray(), "an array");
  }

  static String text(JsonNode node) {
    return check(node, node.isTextual(), "a string").textValue();
  }

  private static boolean truth(JsonNode node) {
    return check(node, node.isBoolean(), "a boolean").booleanValue();
  }

  private static double number(JsonNode node) {
    return check(node, node.isNumber(), "a number").doubleValue();
  }

  static long whole(JsonNode node) {
    return check(node, node.canConvertToLong() && node.isIntegralNumber(), "a long").longValue();
  }

  static int integer(JsonNode node) {
    return check(node, node.isInt(), "an int").intValue();
  }

  private static JsonNode check(JsonNode node, boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("must be " + what + ", found " + node.getNodeType());
    }
    return node;
  }
}

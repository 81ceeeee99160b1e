package dev.vantage.tsdb.protocol.op;

import static dev.vantage.tsdb.protocol.op.PayloadReader.counts;
import static dev.vantage.tsdb.protocol.op.PayloadReader.integer;
import static dev.vantage.tsdb.protocol.op.PayloadReader.list;
import static dev.vantage.tsdb.protocol.op.PayloadReader.number;
import static dev.vantage.tsdb.protocol.op.PayloadReader.text;
import static dev.vantage.tsdb.protocol.op.PayloadReader.whole;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.Match;
import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchReport;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.protocol.Payload;
import dev.vantage.tsdb.series.Attributes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The payload of both search operations. Thread-safe. */
public final class SearchAnswer {
  private SearchAnswer() {}

  /**
   * Creates the payload of the response in version 1 of the protocol.
   *
   * @param result the neighbors and the report
   * @param explain whether to include the report: the cost, and how far the answer is complete
   * @return the payload, as {@link #payload(SearchResult, AnswerForm)} describes it
   */
  public static Payload payload(SearchResult result, boolean explain) {
    return payload(result, AnswerForm.of(explain));
  }

  /**
   * Creates the payload of the response.
   *
   * @param result the neighbors and the report
   * @param form the form of the answer
   * @return a list of {@code {"id","distance","lag"}}, with {@code sbd}, {@code reversed} and
   *     {@code alignment} where the distance says them, and with {@code attributes} and {@code
   *     types} as in {@link Get} if attributes were selected; or, with the report or from version 2
   *     of the protocol on, an object of that list as {@code neighbors} and of {@code report},
   *     which is null without explain. {@code complete_within} of the report is null if the answer
   *     is exact
   */
  public static Payload payload(SearchResult result, AnswerForm form) {
    return out -> {
      if (form.version() == 1 && !form.explain()) {
        writeNeighbors(result, out);
        return;
      }
      out.writeStartObject();
      out.writeFieldName("neighbors");
      writeNeighbors(result, out);
      out.writeFieldName("report");
      if (form.explain()) {
        out.writeTree(of(result.report(), form.ignored()));
      } else {
        out.writeNull();
      }
      out.writeEndObject();
    };
  }

  private static void writeNeighbors(SearchResult result, JsonGenerator out) throws IOException {
    out.writeStartArray();
    for (int rank = 0; rank < result.neighbors().size(); rank++) {
      Neighbor neighbor = result.neighbors().get(rank);
      out.writeStartObject();
      out.writeStringField("id", neighbor.id());
      out.writeNumberField("distance", neighbor.distance());
      out.writeNumberField("lag", neighbor.lag());
      if (!result.matches().isEmpty()) {
        MatchJson.write(result.matches().get(rank), out);
      }
      if (!result.attributes().isEmpty()) {
        AttributeJson.write(result.attributes().get(rank), out);
      }
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static ObjectNode of(SearchReport report, List<String> ignored) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
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
    node.set(
        "estimate",
        report
            .estimate()
            .<JsonNode>map(SearchAnswer::of)
            .orElse(JsonNodeFactory.instance.nullNode()));
    node.put("vantage_points", report.vantagePoints());
    if (!ignored.isEmpty()) {
      ignored.forEach(node.putArray("ignored")::add);
    }
    return node;
  }

  private static ObjectNode of(SearchReport.Estimate estimate) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("annulus_series", estimate.annulusSeries())
        .put("walk_cost", estimate.walkCost())
        .put("scan_cost", estimate.scanCost());
  }

  /**
   * Reads the payload of a response.
   *
   * @param payload the payload of a search with explain
   * @param query the query of the request
   * @return the neighbors, their selected attributes, and the report
   */
  public static SearchResult answer(JsonNode payload, Query query) {
    return PayloadReader.read(payload, node -> parse(node, !query.selected().isEmpty()));
  }

  private static SearchResult parse(JsonNode payload, boolean hasAttributes) {
    List<Neighbor> neighbors = new ArrayList<>();
    List<Attributes> attributes = new ArrayList<>();
    List<Match> matches = new ArrayList<>();
    for (JsonNode node : list(payload.required("neighbors"))) {
      neighbors.add(
          new Neighbor(
              text(node.required("id")),
              number(node.required("distance")),
              integer(node.required("lag"))));
      matches.add(MatchJson.read(node));
      if (hasAttributes) {
        attributes.add(AttributeJson.read(node));
      }
    }
    boolean isPlain = matches.stream().allMatch(Match.PLAIN::equals);
    return new SearchResult(
        neighbors,
        attributes,
        isPlain ? List.of() : matches,
        parseReport(payload.required("report")));
  }

  private static SearchReport parseReport(JsonNode report) {
    SearchReport.Builder builder =
        new SearchReport.Builder()
            .plan(SearchReport.Plan.valueOf(text(report.required("plan")).toUpperCase(Locale.ROOT)))
            .vantagePoints(
                integer(report.required("vantage_points")),
                whole(report.required("vantage_point_distances")))
            .candidates(whole(report.required("candidates")))
            .visited(whole(report.required("visited")))
            .exactDistances(whole(report.required("exact_distances")))
            .unexamined(whole(report.required("unexamined")));
    counts(report.required("pruned")).forEach(builder::pruned);
    JsonNode estimate = report.required("estimate");
    if (!estimate.isNull()) {
      builder.estimate(parseEstimate(estimate));
    }
    JsonNode completeWithin = report.required("complete_within");
    return completeWithin.isNull()
        ? builder.exact()
        : builder.completeWithin(number(completeWithin));
  }

  private static SearchReport.Estimate parseEstimate(JsonNode estimate) {
    return new SearchReport.Estimate(
        whole(estimate.required("annulus_series")),
        number(estimate.required("walk_cost")),
        number(estimate.required("scan_cost")));
  }
}

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
import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.SearchReport;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.protocol.Payload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The payload of both search operations. Thread-safe. */
public final class SearchAnswer {
  private SearchAnswer() {}

  /**
   * Creates the payload of the response.
   *
   * @param result the neighbors and the report
   * @param explain whether to include the report: the cost, and how far the answer is complete
   * @return a list of {@code {"id","distance","lag"}}, or with explain an object of that list as
   *     {@code neighbors} and a {@code report}, whose {@code complete_within} is null if the answer
   *     is exact
   */
  public static Payload payload(SearchResult result, boolean explain) {
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
   * @return the neighbors and the report
   */
  public static SearchResult answer(JsonNode payload) {
    return PayloadReader.read(payload, SearchAnswer::parse);
  }

  private static SearchResult parse(JsonNode payload) {
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

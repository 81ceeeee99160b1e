package dev.vantage.tsdb.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.SearchReport;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.protocol.op.SearchAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Formats the results of searches for programs. {@link SimilarTables} does so for people. */
final class SimilarAnswer {
  private static final List<String> HEADER = List.of("id", "distance", "lag");

  /** Of fewer candidates it says nothing that most of them were measured. */
  private static final int LEAST_JUDGED = 100;

  private static final double MOSTLY = 0.5;

  private SimilarAnswer() {}

  /**
   * Formats the answer to one search.
   *
   * @param report whether the JSON document contains the report
   * @param attributes the selected attributes
   */
  static VerbOutput ofOne(SearchResult result, boolean report, List<String> attributes) {
    return VerbOutput.of(
            SearchAnswer.payload(result, report).toTree(),
            new TextTable(header(attributes), rows(result, attributes).iterator()))
        .withWarnings(warnings("", result.report(), report));
  }

  /**
   * Formats the answers to several searches: a list of payloads, and rows that name their query.
   */
  static VerbOutput ofSeveral(
      List<String> ids, List<SearchResult> results, boolean report, List<String> attributes) {
    ArrayNode payloads = JsonNodeFactory.instance.arrayNode();
    List<List<String>> rows = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      String query = ids.get(i);
      SearchResult result = results.get(i);
      payloads.add(SearchAnswer.payload(result, report).toTree());
      rows(result, attributes).map(row -> TextTable.joined(query, row)).forEach(rows::add);
      warnings.addAll(warnings(query + ": ", result.report(), report));
    }
    return VerbOutput.of(
            payloads, TextTable.of(TextTable.joined("query", header(attributes)), rows))
        .withWarnings(warnings);
  }

  private static List<String> header(List<String> attributes) {
    return Stream.concat(HEADER.stream(), attributes.stream()).toList();
  }

  private static Stream<List<String>> rows(SearchResult result, List<String> attributes) {
    return IntStream.range(0, result.neighbors().size())
        .mapToObj(
            rank -> {
              Neighbor neighbor = result.neighbors().get(rank);
              List<String> row = new ArrayList<>();
              row.add(neighbor.id());
              row.add(Double.toString(neighbor.distance()));
              row.add(Integer.toString(neighbor.lag()));
              row.addAll(ShownAttributes.exact(result, rank, attributes));
              return row;
            });
  }

  private static List<String> warnings(String query, SearchReport report, boolean isExplained) {
    if (!report.exact()) {
      return List.of(
          query
              + "the budget was spent: series at distance "
              + rounded(report.completeWithin())
              + " or more may be missing");
    }
    boolean isScan =
        report.candidates() >= LEAST_JUDGED
            && report.exactDistances() > MOSTLY * report.candidates();
    return isExplained && isScan
        ? List.of(
            query
                + "the bounds ruled out little: "
                + report.exactDistances()
                + " of "
                + report.candidates()
                + " series were measured")
        : List.of();
  }

  /** Formats a distance for people. */
  static String rounded(double distance) {
    return String.format(Locale.ROOT, "%.9f", distance);
  }
}

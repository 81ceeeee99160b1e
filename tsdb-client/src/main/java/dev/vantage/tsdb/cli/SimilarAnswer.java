package dev.vantage.tsdb.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.SearchReport;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.protocol.op.SearchAnswer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;

/** Formats the results of searches. */
final class SimilarAnswer {
  private static final List<String> HEADER = List.of("id", "distance", "lag");
  private static final DoubleFunction<String> ROUNDED =
      distance -> String.format(Locale.ROOT, "%.9f", distance);

  private SimilarAnswer() {}

  /**
   * Formats the answer to one search.
   *
   * @param report whether the JSON document contains the report
   * @param explain whether the table is followed by the report
   */
  static VerbOutput ofOne(SearchResult result, boolean report, boolean explain) {
    List<String> notes = new ArrayList<>();
    if (explain) {
      notes.add("");
      notes.addAll(lines(result.report()));
    }
    return VerbOutput.of(
            SearchAnswer.payload(result, report).toTree(),
            new Table(HEADER, rows(result, Double::toString)))
        .readAs(new Table(HEADER, rows(result, ROUNDED)))
        .withNotes(notes)
        .withWarnings(warnings("", result.report()));
  }

  /**
   * Formats the answers to several searches: a list of payloads, and rows that name their query.
   */
  static VerbOutput ofSeveral(
      List<String> ids, List<SearchResult> results, boolean report, boolean explain) {
    ArrayNode payloads = JsonNodeFactory.instance.arrayNode();
    List<String> notes = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      SearchResult result = results.get(i);
      payloads.add(SearchAnswer.payload(result, report).toTree());
      warnings.addAll(warnings(ids.get(i) + ": ", result.report()));
      if (explain) {
        notes.add("");
        notes.add(ids.get(i));
        notes.addAll(lines(result.report()));
      }
    }
    return VerbOutput.of(payloads, table(ids, results, Double::toString))
        .readAs(table(ids, results, ROUNDED))
        .withNotes(notes)
        .withWarnings(warnings);
  }

  private static Table table(
      List<String> ids, List<SearchResult> results, DoubleFunction<String> distance) {
    List<List<String>> all = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      List<String> query = List.of(ids.get(i));
      rows(results.get(i), distance).forEachRemaining(row -> all.add(join(query, row)));
    }
    return Table.of(join(List.of("query"), HEADER), all);
  }

  private static List<String> join(List<String> first, List<String> rest) {
    return Stream.concat(first.stream(), rest.stream()).toList();
  }

  private static Iterator<List<String>> rows(SearchResult result, DoubleFunction<String> distance) {
    return result.neighbors().stream().map(neighbor -> row(neighbor, distance)).iterator();
  }

  private static List<String> row(Neighbor neighbor, DoubleFunction<String> distance) {
    return List.of(
        neighbor.id(), distance.apply(neighbor.distance()), Integer.toString(neighbor.lag()));
  }

  private static List<String> warnings(String query, SearchReport report) {
    return report.exact()
        ? List.of()
        : List.of(
            query
                + "the budget was spent: series at distance "
                + ROUNDED.apply(report.completeWithin())
                + " or more may be missing");
  }

  private static List<String> lines(SearchReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(line("plan", words(report.plan().name())));
    report
        .estimate()
        .ifPresent(
            estimate -> {
              lines.add(line("smallest annulus", estimate.annulusSeries() + " series"));
              lines.add(line("estimated walk cost", number(estimate.walkCost())));
              lines.add(line("estimated scan cost", number(estimate.scanCost())));
            });
    lines.add(line("to vantage points", report.vantagePointDistances()));
    lines.add(line("candidates", report.candidates()));
    lines.add(line("visited", report.visited()));
    report.pruned().forEach((bound, count) -> lines.add(line("pruned by " + words(bound), count)));
    lines.add(line("exact distances", report.exactDistances()));
    lines.add(line("unexamined", report.unexamined()));
    lines.add(
        line(
            "exact",
            report.exact()
                ? "yes"
                : "no, complete within distance " + ROUNDED.apply(report.completeWithin())));
    return lines;
  }

  private static String line(String name, Object value) {
    return String.format(Locale.ROOT, "%-21s%s", name, value);
  }

  private static String words(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String number(double cost) {
    return String.format(Locale.ROOT, "%.0f", cost);
  }
}

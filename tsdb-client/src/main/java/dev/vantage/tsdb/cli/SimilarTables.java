package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.SearchReport;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** Formats the results of searches as tables for people. */
final class SimilarTables {
  private static final List<String> NEIGHBORS = List.of("id", "distance", "lag", "shift");
  private static final List<String> REPORT = List.of("search", "value");
  private static final Set<String> NUMBERS = Set.of("distance", "lag", "shift", "value");

  private final Settings settings;

  SimilarTables(Settings settings) {
    this.settings = settings;
  }

  /** Formats the neighbors of one query. */
  Table neighbors(SearchResult result) {
    return table(NEIGHBORS, neighborRows(result));
  }

  /** Formats the neighbors of several queries, in rows that name their query. */
  Table neighbors(List<String> queries, List<SearchResult> results) {
    return several(NEIGHBORS, queries, results, this::neighborRows);
  }

  /** Formats the cost of one search. */
  static Table report(SearchResult result) {
    return table(REPORT, reportRows(result.report()));
  }

  /** Formats the cost of several searches, in rows that name their query. */
  static Table report(List<String> queries, List<SearchResult> results) {
    return several(REPORT, queries, results, result -> reportRows(result.report()));
  }

  private static Table table(List<String> header, List<List<String>> rows) {
    return new Table(header, NUMBERS, rows.iterator());
  }

  private static Table several(
      List<String> header,
      List<String> queries,
      List<SearchResult> results,
      Function<SearchResult, List<List<String>>> rows) {
    List<List<String>> all = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      String query = queries.get(i);
      rows.apply(results.get(i)).forEach(row -> all.add(Table.joined(query, row)));
    }
    return table(Table.joined("query", header), all);
  }

  private List<List<String>> neighborRows(SearchResult result) {
    return result.neighbors().stream().map(this::row).toList();
  }

  private List<String> row(Neighbor neighbor) {
    return List.of(
        neighbor.id(),
        SimilarAnswer.rounded(neighbor.distance()),
        Integer.toString(neighbor.lag()),
        Shift.text(neighbor.lag(), settings));
  }

  private static List<List<String>> reportRows(SearchReport report) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("plan", words(report.plan().name())));
    report
        .estimate()
        .ifPresent(
            estimate -> {
              rows.add(row("smallest annulus", estimate.annulusSeries()));
              rows.add(List.of("estimated walk cost", cost(estimate.walkCost())));
              rows.add(List.of("estimated scan cost", cost(estimate.scanCost())));
            });
    rows.add(row("to vantage points", report.vantagePointDistances()));
    rows.add(row("candidates", report.candidates()));
    rows.add(row("visited", report.visited()));
    report.pruned().forEach((bound, count) -> rows.add(row("pruned by " + words(bound), count)));
    rows.add(row("exact distances", report.exactDistances()));
    rows.add(row("unexamined", report.unexamined()));
    rows.add(List.of("exact", report.exact() ? "yes" : "no"));
    if (!report.exact()) {
      rows.add(List.of("complete within", SimilarAnswer.rounded(report.completeWithin())));
    }
    return rows;
  }

  private static List<String> row(String name, long count) {
    return List.of(name, Long.toString(count));
  }

  private static String words(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String cost(double cost) {
    return String.format(Locale.ROOT, "%.0f", cost);
  }
}

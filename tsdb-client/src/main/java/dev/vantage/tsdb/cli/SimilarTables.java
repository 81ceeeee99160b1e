package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.SearchReport;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Settings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Formats the results of searches as tables for people. */
final class SimilarTables {
  private static final List<String> NEIGHBORS = List.of("id", "distance", "lag", "shift");
  private static final List<String> REPORT = List.of("search", "value");
  private static final Set<String> NUMBERS = Set.of("distance", "lag", "shift", "value");

  private final Settings settings;
  private final List<String> attributes;
  private final OptionalInt columns;

  /**
   * Creates the tables of a database.
   *
   * @param attributes the selected attributes
   * @param columns the width in characters within which attributes are shown; empty for any width
   */
  SimilarTables(Settings settings, List<String> attributes, OptionalInt columns) {
    this.settings = settings;
    this.attributes = attributes;
    this.columns = columns;
  }

  /** Formats the neighbors of one query. */
  TextTable neighbors(SearchResult result) {
    List<String> shown = shown(NEIGHBORS, neighborRows(result, List.of()), List.of(result));
    return withAttributes(NEIGHBORS, neighborRows(result, shown), List.of(result), shown);
  }

  /** Formats the neighbors of several queries, in rows that name their query. */
  TextTable neighbors(List<String> queries, List<SearchResult> results) {
    List<String> header = TextTable.joined("query", NEIGHBORS);
    List<String> shown =
        shown(header, rows(queries, results, one -> neighborRows(one, List.of())), results);
    return withAttributes(
        header, rows(queries, results, one -> neighborRows(one, shown)), results, shown);
  }

  /** Returns the attributes that fit beside the other columns. */
  private List<String> shown(
      List<String> header, List<List<String>> rows, List<SearchResult> results) {
    if (columns.isEmpty()) {
      return attributes;
    }
    List<List<String>> lines = new ArrayList<>(rows);
    lines.add(header);
    return ShownAttributes.fitting(lines, results, attributes, columns.getAsInt());
  }

  private static TextTable withAttributes(
      List<String> header,
      List<List<String>> rows,
      List<SearchResult> results,
      List<String> attributes) {
    Set<String> numbers = new HashSet<>(NUMBERS);
    numbers.addAll(ShownAttributes.numbers(results, attributes));
    return new TextTable(joined(header, attributes), numbers, rows.iterator());
  }

  private static List<String> joined(List<String> some, List<String> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  /** Formats the cost of one search. */
  TextTable report(SearchResult result) {
    return table(REPORT, reportRows(result.report()));
  }

  /** Formats the cost of several searches, in rows that name their query. */
  TextTable report(List<String> queries, List<SearchResult> results) {
    return table(
        TextTable.joined("query", REPORT),
        rows(queries, results, result -> reportRows(result.report())));
  }

  private static TextTable table(List<String> header, List<List<String>> rows) {
    return new TextTable(header, NUMBERS, rows.iterator());
  }

  /** Returns rows that begin with their query. */
  private static List<List<String>> rows(
      List<String> queries,
      List<SearchResult> results,
      Function<SearchResult, List<List<String>>> rows) {
    List<List<String>> all = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      String query = queries.get(i);
      rows.apply(results.get(i)).forEach(row -> all.add(TextTable.joined(query, row)));
    }
    return all;
  }

  private List<List<String>> neighborRows(SearchResult result, List<String> shown) {
    return IntStream.range(0, result.neighbors().size())
        .mapToObj(
            rank ->
                joined(
                    row(result.neighbors().get(rank)),
                    ShownAttributes.readable(result, rank, shown)))
        .toList();
  }

  private List<String> row(Neighbor neighbor) {
    return List.of(
        neighbor.id(),
        SimilarAnswer.rounded(neighbor.distance()),
        Integer.toString(neighbor.lag()),
        Shift.text(neighbor.lag(), settings));
  }

  private List<List<String>> reportRows(SearchReport report) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("distance", settings.metric().name()));
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

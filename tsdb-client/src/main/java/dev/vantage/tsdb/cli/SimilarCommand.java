package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchReport;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.Payloads;
import dev.vantage.tsdb.series.TimeSeries;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds the series that look like a stored one, or like the one in a file. */
@Command(
    name = "similar",
    description = "Finds the series that look like a stored one, or like the one in a file.")
final class SimilarCommand extends Verb.Reading {
  @Parameters(arity = "0..1", paramLabel = "ID", description = "The id of the stored series.")
  private String id;

  @Mixin private SeriesFile file;

  @Option(
      names = "-k",
      paramLabel = "K",
      description = "The most series to find; 5, or with a radius alone all within it.")
  private Integer k;

  @Option(names = "--radius", paramLabel = "R", description = "The largest distance.")
  private Double radius;

  @Option(
      names = "--where",
      paramLabel = "EXPR",
      description = "A condition on attributes that every answer meets.")
  private String where;

  @Option(names = "--include-self", description = "Lets the stored series be an answer, too.")
  private boolean includeSelf;

  @Option(names = "--explain", description = "Also says what the search cost.")
  private boolean explain;

  private Optional<TimeSeries> uploaded = Optional.empty();

  @Override
  void check() {
    if ((id == null) == !file.isGiven()) {
      throw new UsageException("similar needs either an ID or --file FILE");
    }
    if (id != null && file.hasPeriod()) {
      throw new UsageException("--period belongs to --file; a stored series has its own");
    }
    if (id == null && includeSelf) {
      throw new UsageException("--include-self belongs to an ID; a file is not stored");
    }
    refuseWhere(where);
    query();
    uploaded = id == null ? Optional.of(file.read()) : Optional.empty();
  }

  @Override
  Answer ask(Tsdb database) {
    SearchResult result =
        uploaded.isPresent()
            ? database.similar(uploaded.get(), query())
            : database.similar(id, query());
    return answer(result, explain);
  }

  /** How neighbors are printed. */
  static Answer answer(SearchResult result, boolean explain) {
    Answer answer =
        Answer.of(Payloads.of(result, explain), table(result, Double::toString))
            .readAs(table(result, distance -> String.format(Locale.ROOT, "%.9f", distance)));
    return explain ? answer.withNotes(lines(result.report())) : answer;
  }

  /** Conditions are not part of searches yet. */
  static void refuseWhere(String where) {
    if (where != null) {
      throw new InvalidRequestException("where is not supported: where=" + where);
    }
  }

  private Query query() {
    int most = k != null ? k : radius != null ? Query.UNLIMITED : Query.DEFAULT_K;
    double largest = radius == null ? Double.POSITIVE_INFINITY : radius;
    return new Query(most, largest, includeSelf);
  }

  private static Table table(SearchResult result, DoubleFunction<String> distance) {
    return new Table(
        List.of("id", "distance", "lag"),
        result.neighbors().stream().map(neighbor -> row(neighbor, distance)).iterator());
  }

  private static List<String> row(Neighbor neighbor, DoubleFunction<String> distance) {
    return List.of(
        neighbor.id(), distance.apply(neighbor.distance()), Integer.toString(neighbor.lag()));
  }

  /** What a search cost, in words. */
  static List<String> lines(SearchReport report) {
    return List.of(
        "",
        "candidates               " + report.candidates(),
        "exact distances          " + report.exactDistances(),
        "pruned by triangle       " + report.prunedByTriangle(),
        "pruned by simplex        " + report.prunedBySimplex(),
        "vantage point distances  " + report.vantagePointDistances(),
        "vantage points           " + report.vantagePoints(),
        "plan                     " + report.plan().name().toLowerCase(Locale.ROOT));
  }
}

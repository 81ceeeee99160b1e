package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchReport;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.Payloads;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds neighbors. */
@Command(
    name = "similar",
    mixinStandardHelpOptions = true,
    versionProvider = TsdbCommand.Version.class,
    description = {
      "Finds the series that look like a stored one, or like the one in a file.",
      "Without -k and --radius, the 5 nearest; with --radius alone, all within it."
    },
    sortOptions = false)
final class SimilarCommand extends Verb.Reading {

  /** The series to look for: a stored one, or one in a file. */
  private static final class Sought {
    @Parameters(paramLabel = "ID", description = "The id of a stored series.")
    private String id;

    @ArgGroup(exclusive = false, multiplicity = "1")
    private SeriesFile file;
  }

  @ArgGroup(multiplicity = "1")
  private Sought sought;

  @Option(names = "-k", paramLabel = "K", description = "The most neighbors to find.")
  private Integer k;

  @Option(names = "--radius", paramLabel = "R", description = "The largest distance to accept.")
  private Double radius;

  @Option(
      names = "--include-self",
      description = "Lets the series with the ID be its own neighbor.")
  private boolean includeSelf;

  @Option(
      names = "--where",
      paramLabel = "EXPR",
      description = "A condition on attributes; not supported by this version.")
  private String where;

  @Option(names = "--explain", description = "Says what the search cost.")
  private boolean explain;

  private Query query() {
    if (where != null) {
      throw new InvalidRequestException("where is not supported by this version: where=" + where);
    }
    int most = k != null ? k : radius != null ? Query.UNLIMITED : Query.DEFAULT_K;
    double farthest = radius != null ? radius : Double.POSITIVE_INFINITY;
    return new Query(most, farthest, includeSelf);
  }

  @Override
  void check() {
    query();
  }

  @Override
  Answer ask(Tsdb database) {
    Query query = query();
    SearchResult result =
        sought.id != null
            ? database.similar(sought.id, query)
            : database.similar(sought.file.read(), query);
    return answer(result, explain);
  }

  static Answer answer(SearchResult result, boolean explain) {
    Answer answer =
        Answer.of(Payloads.of(result, explain), table(result, Double::toString))
            .readAs(table(result, distance -> String.format(Locale.ROOT, "%.9f", distance)));
    return explain ? answer.withNotes(notes(result.report())) : answer;
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

  private static List<String> notes(SearchReport report) {
    return List.of(
        "",
        "candidates           " + report.candidates(),
        "exact distances      " + report.exactDistances(),
        "pruned by triangle   " + report.prunedByTriangle(),
        "pruned by n-simplex  " + report.prunedBySimplex(),
        "pruned by low pass   " + report.prunedByLowPass(),
        "to vantage points    " + report.vantagePointDistances(),
        "plan                 " + report.plan().name().toLowerCase(Locale.ROOT).replace('_', ' '));
  }
}

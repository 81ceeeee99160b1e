package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.Budget;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Tsdb;
import java.time.Duration;
import java.util.List;
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
      "Without -k and --radius, the 5 nearest; with --radius alone, all within it.",
      "With several IDs, each row also says which it belongs to, and JSON is a list of answers.",
      "When a budget is spent, the best found so far is printed, and a line on standard error",
      "says from which distance on something may be missing."
    },
    sortOptions = false)
final class SimilarCommand extends Verb.Reading {

  /** The series to look for: a stored one, or one in a file. */
  private static final class Sought {
    @Parameters(paramLabel = "ID", arity = "1..*", description = "The ids of stored series.")
    private List<String> ids;

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
      names = "--budget-distances",
      paramLabel = "N",
      description = "The most exact distances to compute for each query.")
  private Long budgetDistances;

  @Option(
      names = "--budget-ms",
      paramLabel = "M",
      description = "The time to search for each query, in milliseconds.")
  private Double budgetMilliseconds;

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
    return new Query(most, farthest, includeSelf, budget());
  }

  private Budget budget() {
    Budget budget = Budget.UNLIMITED;
    if (budgetDistances != null) {
      budget = budget.withExactDistances(budgetDistances);
    }
    if (budgetMilliseconds != null) {
      if (!Double.isFinite(budgetMilliseconds)) {
        throw new InvalidRequestException(
            "budget of time must be finite: milliseconds=" + budgetMilliseconds);
      }
      budget = budget.withTime(Duration.ofNanos(Math.round(budgetMilliseconds * 1e6)));
    }
    return budget;
  }

  @Override
  void check() {
    query();
  }

  @Override
  Answer ask(Tsdb database) {
    Query query = query();
    boolean report = explain || query.budget().isLimited();
    if (sought.ids == null) {
      return SimilarAnswer.ofOne(database.similar(sought.file.read(), query), report, explain);
    }
    if (sought.ids.size() == 1) {
      return SimilarAnswer.ofOne(database.similar(sought.ids.get(0), query), report, explain);
    }
    return SimilarAnswer.ofSeveral(
        sought.ids, database.similarAll(sought.ids, query), report, explain);
  }
}

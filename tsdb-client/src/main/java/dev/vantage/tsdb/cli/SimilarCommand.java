package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.Budget;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds neighbors. */
@Command(
    name = "similar",
    mixinStandardHelpOptions = true,
    versionProvider = TsdbCommand.Version.class,
    description =
        "Finds the series that look like a stored series, or like the series in a file. "
            + "Without -k and --radius: the 5 nearest; with --radius alone: all within it. "
            + "With several IDs, each row begins with its ID, and JSON is a list of answers. "
            + "When a budget is spent, the best neighbors so far are printed, and a line on "
            + "standard error gives the distance from which neighbors may be missing.",
    footer = {
      "",
      "lag, in samples: the query at sample t is like the answer at t + lag, which",
      "goes on at its beginning after its end; 0 to length - 1. shift is the same as a",
      "part of the period, or of the duration of an interval: above 0 the answer comes",
      "later than the query, below 0 earlier. Without alignment by shifts, both are 0."
    },
    sortOptions = false)
final class SimilarCommand extends Verb.Reading {

  // The ids and the file are not in one exclusive group, because then all ids would have to be
  // adjacent arguments.
  @Parameters(paramLabel = "ID", arity = "0..*", description = "The ids of stored series.")
  private List<String> ids = List.of();

  @Mixin private SeriesFile file;

  @Option(names = "-k", paramLabel = "K", description = "The maximum number of neighbors.")
  private @Nullable Integer k;

  @Option(names = "--radius", paramLabel = "R", description = "The maximum distance of neighbors.")
  private @Nullable Double radius;

  @Option(names = "--include-self", description = "Includes the series ID itself in the answer.")
  private boolean includeSelf;

  @Option(
      names = "--budget-distances",
      paramLabel = "N",
      description = "The maximum number of exact distances for each query.")
  private @Nullable Long budgetDistances;

  @Option(
      names = "--budget-ms",
      paramLabel = "M",
      description = "The maximum time of each query, in milliseconds.")
  private @Nullable Double budgetMilliseconds;

  @Mixin private WhereOption where;

  @Mixin private SelectOption select;

  @Option(names = "--explain", description = "Shows the plan and the cost of the search.")
  private boolean explain;

  @Option(
      names = "--alignment",
      description = "Adds the samples that an elastic distance matches to JSON.")
  private boolean alignment;

  @Mixin private PlotOption plot;

  /** Adds the options to a query. */
  private Query about(Query subject, List<String> attributes) {
    Query query = subject.withBudget(budget()).selecting(attributes);
    query = where.condition().map(query::where).orElse(query);
    query = k != null ? query.nearest(k) : query;
    query = radius != null ? query.within(radius) : query;
    query = alignment ? query.aligned() : query;
    return includeSelf ? query.includingSelf() : query;
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
    file.check();
    if (!file.isGiven() && ids.isEmpty()) {
      throw badUsage("ID or --file is missing");
    }
    if (file.isGiven() && !ids.isEmpty()) {
      throw badUsage("ID and --file must not be given together");
    }
    if (plot.isWanted() && ids.size() > 1) {
      throw badUsage(
          "--plot draws the neighbors of one series: ids="
              + String.join(" ", ids)
              + "; hint: --plot FILE.svg or FILE.html draws in a file");
    }
    plot.check(this);
    // Options out of range are refused before a database is opened.
    about(Query.like(""), select.named());
  }

  @Override
  VerbOutput ask(Tsdb database) {
    return where.pointing(() -> answer(database));
  }

  private VerbOutput answer(Tsdb database) {
    boolean report = explain || budget().isLimited();
    List<String> attributes = select.attributes(format(), database);
    if (ids.size() > 1) {
      List<Query> queries = ids.stream().map(id -> about(Query.like(id), attributes)).toList();
      List<SearchResult> results = database.searchAll(queries);
      VerbOutput answer = SimilarAnswer.ofSeveral(ids, results, report, attributes);
      return format() == OutputFormat.TABLE
          ? readable(answer, results, attributes, database.stats().settings())
          : answer;
    }
    List<String> notes = List.of();
    Query subject;
    if (file.isGiven()) {
      FileSeries series = file.read();
      subject = Query.like(series.entry().series());
      notes = series.notes();
    } else {
      subject = Query.like(ids.get(0));
    }
    SearchResult result = database.search(about(subject, attributes));
    VerbOutput answer = SimilarAnswer.ofOne(result, report, attributes).withFirstWarnings(notes);
    boolean isTable = format() == OutputFormat.TABLE;
    if (!isTable && !plot.isWanted()) {
      return answer; // The settings cost a request, which JSON and CSV do not need.
    }
    Settings settings = database.stats().settings();
    if (plot.isWanted()) {
      answer = answer.withNotes(picture(subject, result, new NeighborPlot(database, settings)));
    }
    return isTable ? readable(answer, List.of(result), attributes, settings) : answer;
  }

  /** Adds the tables. */
  private VerbOutput readable(
      VerbOutput answer, List<SearchResult> results, List<String> attributes, Settings settings) {
    // Without attributes nothing must fit, and the terminal is not asked for its width.
    OptionalInt width = attributes.isEmpty() ? OptionalInt.empty() : select.width(format());
    SimilarTables tables = new SimilarTables(settings, attributes, width);
    boolean several = ids.size() > 1;
    List<TextTable> all = new ArrayList<>();
    all.add(several ? tables.neighbors(ids, results) : tables.neighbors(results.get(0)));
    if (explain) {
      all.add(several ? tables.report(ids, results) : tables.report(results.get(0)));
    }
    return answer.readAs(all);
  }

  private List<String> picture(Query subject, SearchResult result, NeighborPlot picture) {
    List<String> lines = new ArrayList<>(List.of(""));
    lines.addAll(
        plot.draw(
            subject.id().isPresent()
                ? picture.of(subject.id().get(), result, plot::values)
                : picture.of(subject.series().orElseThrow(), result, plot::values)));
    return lines;
  }
}

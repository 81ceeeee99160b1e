package dev.vantage.tsdb.benchmarks.report;

import dev.vantage.tsdb.benchmarks.rival.Engine;
import dev.vantage.tsdb.benchmarks.workload.Dataset;
import dev.vantage.tsdb.benchmarks.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The tables of the cost of a query, by engine and collection. */
final class SearchTables {
  private static final String PREFACE =
      """

      ## One query for the 10 nearest

      Time of one query, for %d series in turn that are not in the collection but made like it. A
      plain loop after a warm-up, engine after engine in one process for each collection, at least
      20 queries to each (the 99 %% of fewer than 100 queries is the longest); not JMH, whose forks
      would spend hours on building. JMH's figures for some of the same are further down. "Times the
      scan" compares medians: 0.01 is a hundred times faster. CPU is the
      time on processors of the whole process for each query, in the mean, which other work on the
      machine hardly touches; resolution 10 ms in all. jvptree measures some series more than
      once. Bytes are those of the index beyond the prepared rows; the public door keeps the series
      as they were given, too. Rivals are given up after %d s of building, and again of queries, and are
      not asked to index more than %d series; at a length of 1024, so many of two workloads alone.
      """;

  private final List<Outcome> outcomes;

  SearchTables(List<Job> jobs, ResultFile results) {
    outcomes =
        jobs.stream()
            .filter(job -> job.part().equals(SearchPart.NAME))
            .map(results::find)
            .flatMap(Optional::stream)
            .sorted(Comparator.comparingInt(outcome -> outcome.job().integer("series")))
            .toList();
  }

  String text(Path folder) throws IOException {
    if (outcomes.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(PREFACE, Dataset.QUERIES, Schedule.RIVAL_SECONDS, Schedule.MOST_FOR_RIVALS));
    for (Workload workload : Workload.values()) {
      for (int length : new int[] {256, 1024}) {
        for (double multiplier : new double[] {1, 10}) {
          text.append(section(folder, workload.label(), length, multiplier));
        }
      }
    }
    return text.toString();
  }

  private String section(Path folder, String workload, int length, double multiplier)
      throws IOException {
    List<Outcome> those =
        outcomes.stream()
            .filter(
                outcome ->
                    outcome.job().text("workload").equals(workload)
                        && outcome.job().integer("length") == length
                        && outcome.job().number("multiplier") == multiplier)
            .toList();
    if (those.isEmpty()) {
      return "";
    }
    String title = workload + ", length " + length + ", multiplier " + Figures.plain(multiplier);
    String name = workload + "-" + length + "-" + Figures.plain(multiplier);
    StringBuilder text = new StringBuilder("\n### " + title + "\n\n");
    if (those.size() > 1) {
      Plots.write(folder, name, title, those);
      text.append("![").append(title).append("](").append(Plots.FOLDER + "/" + name);
      text.append(".svg)\n\n");
    }
    return text.append(table(those)).toString();
  }

  private static MarkdownTable table(List<Outcome> those) {
    MarkdownTable table =
        new MarkdownTable(
            "rlrrrrrrrrrl",
            "series",
            "engine",
            "median",
            "99 %",
            "CPU",
            "queries",
            "times the scan",
            "exact distances",
            "share",
            "build",
            "bytes per series",
            "remarks");
    for (Outcome outcome : those) {
      OptionalDouble scan = median(outcome, Engine.SCAN);
      for (Engine engine : Engine.values()) {
        outcome
            .result(engine.label())
            .ifPresent(result -> addRow(table, outcome.job(), engine, result, scan));
      }
    }
    return table;
  }

  private static OptionalDouble median(Outcome outcome, Engine engine) {
    return outcome
        .result(engine.label())
        .map(result -> result.number("median"))
        .orElse(OptionalDouble.empty());
  }

  private static void addRow(
      MarkdownTable table, Job job, Engine engine, Result result, OptionalDouble scan) {
    OptionalDouble median = result.number("median");
    String ratio =
        median.isPresent() && scan.isPresent()
            ? Figures.plain(median.getAsDouble() / scan.getAsDouble())
            : Figures.ABSENT;
    String status = result.fact("status");
    String plan = result.fact("plan");
    table.add(
        Figures.count(job.integer("series")),
        engine == Engine.TSDB ? "**" + engine.title() + "**" : engine.title(),
        Figures.or(median, Figures::time),
        Figures.or(result.number("p99"), Figures::time),
        Figures.or(result.number("processor"), Figures::time),
        Figures.or(result.number("queries"), Figures::plain),
        ratio,
        Figures.or(result.number("exactDistances"), Figures::plain),
        Figures.or(result.number("share"), Figures::percent),
        engine == Engine.SCAN
            ? Figures.ABSENT
            : Figures.or(result.number("buildSeconds"), Figures::time),
        Figures.or(result.number("bytesPerSeries"), Figures::plain),
        status + (status.isEmpty() || plan.isEmpty() ? "" : "; ") + plan);
  }
}

package dev.vantage.tsdb.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The tables of the report besides the comparison of engines. */
final class OtherTables {
  /**
   * The shares of series that a prototype of the bounds left: after the triangle, the simplex, and
   * all bounds.
   */
  private static final Map<String, String[]> REFERENCE =
      Map.of(
          "bumps 1", new String[] {"1.9 %", "0.24 %", "0.24 %"},
          "rr-lyrae 1", new String[] {"4.8 %", "0.72 %", "0.72 %"},
          "random-walk 1", new String[] {"15.9 %", "0.62 %", "0.62 %"},
          "bumps 10", new String[] {"15.6 %", "6.2 %", "0.42 %"},
          "rr-lyrae 10", new String[] {"26.6 %", "7.1 %", "0.85 %"},
          "random-walk 10", new String[] {"96.4 %", "63.3 %", "0.17 %"});

  private static final Map<String, String> OPENED =
      Map.of(
          "open", "open the database",
          "openAndSearch", "open it and answer one query",
          "readFiles", "read its files once");

  private final List<Job> jobs;
  private final ResultFile results;

  OtherTables(List<Job> jobs, ResultFile results) {
    this.jobs = jobs;
    this.results = results;
  }

  String text() {
    return shares()
        + conditions()
        + distances()
        + searchesByJmh()
        + throughput()
        + opening()
        + memory();
  }

  private Stream<Outcome> outcomes(String part) {
    return jobs.stream()
        .filter(job -> job.part().equals(part))
        .map(results::find)
        .flatMap(Optional::stream);
  }

  private static String section(String title, String preface, MarkdownTable table) {
    return table.isEmpty() ? "" : "\n## " + title + "\n\n" + preface + "\n" + table;
  }

  private String shares() {
    MarkdownTable table =
        new MarkdownTable(
            "lrrrrrrrrr",
            "data",
            "series",
            "length",
            "multiplier",
            "left by triangle and simplex",
            "exact distances",
            "least possible",
            "prototype: triangle",
            "prototype: simplex",
            "prototype: exact distances");
    outcomes(SharePart.NAME).forEach(outcome -> addShare(table, outcome));
    String preface =
        """
        For the 10 nearest, among all series, by 20 vantage points; the distances to the vantage
        points are not counted. What the triangle and the simplex leave goes to bounds from low
        frequencies, and then to the exact distance. The prototype chose its vantage points at random; its figures are
        those of the same kind of data, not the same series.
        """;
    return section("Share of series that need an exact distance", preface, table) + skipped();
  }

  private String skipped() {
    return jobs.stream().anyMatch(job -> job.parameters().containsValue(SharePart.LIGHT_CURVES))
        ? ""
        : """

          Skipped: light curves of RR Lyrae stars, which are expected in `../shared/data/rrlyrae`,
          beside the project.
          """;
  }

  private static void addShare(MarkdownTable table, Outcome outcome) {
    Result result = outcome.results().get(0);
    String workload = outcome.job().text("workload");
    String multiplier = Figures.plain(outcome.job().number("multiplier"));
    String[] reference =
        REFERENCE.getOrDefault(workload + " " + multiplier, new String[] {"", "", ""});
    double left = 1 - result.numbers().get("triangle") - result.numbers().get("simplex");
    table.add(
        workload,
        Figures.plain(result.numbers().get("series")),
        outcome.job().text("length"),
        multiplier,
        Figures.percent(left),
        Figures.percent(result.numbers().get("exact")),
        Figures.percent(result.numbers().get("least")),
        reference[0],
        reference[1],
        reference[2]);
  }

  private String conditions() {
    MarkdownTable table =
        new MarkdownTable(
            "lrrrrrrrl",
            "workload",
            "series",
            "satisfy it",
            "no condition",
            "known condition",
            "scan of those",
            "new condition",
            "scan of those, found first",
            "plan");
    outcomes(ConditionPart.NAME)
        .forEach(
            outcome -> outcome.results().forEach(one -> addCondition(table, outcome.job(), one)));
    return section(
        "Queries under a condition",
        """
        Medians for the 10 nearest, length 256, multiplier 1, one thread; the condition compares one
        attribute with a number. A known condition was asked before, since the last change of the
        database, so that the series that satisfy it are known; a new one has to be evaluated for
        every series, which a scan of those that satisfy it has to do as well.
        """,
        table);
  }

  private static void addCondition(MarkdownTable table, Job job, Result result) {
    List<String> cells = new ArrayList<>();
    cells.add(job.text("workload"));
    cells.add(Figures.count(job.number("series")));
    cells.add(Figures.percent(result.numbers().get("selectivity")));
    for (String time : List.of("free", "known", "knownScan", "new", "newScan")) {
      cells.add(Figures.time(result.numbers().get(time)));
    }
    cells.add(result.fact("plan").toLowerCase(Locale.ROOT).replace('_', ' '));
    table.add(cells.toArray(String[]::new));
  }

  private String distances() {
    MarkdownTable table = new MarkdownTable("lrrr", "kernel", "length", "multiplier", "mean");
    outcomes("distance")
        .flatMap(outcome -> outcome.results().stream())
        .forEach(
            result ->
                table.add(
                    result.fact("kernel"),
                    result.fact("length"),
                    result.fact("multiplier"),
                    Figures.plain(result.numbers().get("score")) + " " + result.fact("unit")));
    return section("One exact distance", "One thread, by JMH (`ExactDistance`).\n", table);
  }

  private String searchesByJmh() {
    MarkdownTable table =
        new MarkdownTable(
            "llrrrrrr",
            "workload",
            "engine",
            "series",
            "length",
            "multiplier",
            "mean",
            "median",
            "99 %");
    outcomes("jmh-search")
        .flatMap(outcome -> outcome.results().stream())
        .forEach(
            result ->
                table.add(
                    result.fact("workload"),
                    result.fact("engine"),
                    Figures.count(Double.parseDouble(result.fact("series"))),
                    result.fact("length"),
                    result.fact("multiplier"),
                    microseconds(result, "score"),
                    microseconds(result, "median"),
                    microseconds(result, "p99")));
    return section(
        "One query for the 10 nearest, by JMH",
        "`NearestNeighbors`, sampled, each in a process of its own: a check of the plain loop.\n",
        table);
  }

  private static String microseconds(Result result, String name) {
    return Figures.time(result.numbers().get(name) / 1e6);
  }

  private String throughput() {
    MarkdownTable table =
        new MarkdownTable(
            "lrrrrrr",
            "workload",
            "series",
            "length",
            "multiplier",
            "threads that ask",
            "threads of the pool",
            "queries per second");
    outcomes("throughput")
        .flatMap(outcome -> outcome.results().stream())
        .forEach(
            result ->
                table.add(
                    result.fact("workload"),
                    Figures.count(Double.parseDouble(result.fact("series"))),
                    result.fact("length"),
                    result.fact("multiplier"),
                    Figures.plain(result.numbers().get("threads")),
                    result.fact("poolThreads"),
                    Figures.plain(result.numbers().get("score"))));
    return section(
        "Throughput", "Queries for the 10 nearest to tsdb, by JMH (`QueryThroughput`).\n", table);
  }

  private String opening() {
    MarkdownTable table = new MarkdownTable("lrrr", "what", "series", "length", "median");
    outcomes("open")
        .flatMap(outcome -> outcome.results().stream())
        .forEach(
            result ->
                table.add(
                    OPENED.getOrDefault(result.what(), result.what()),
                    Figures.count(Double.parseDouble(result.fact("series"))),
                    result.fact("length"),
                    Figures.time(result.numbers().get("median") / 1e3)));
    return section(
        "Opening a stored database",
        "Bumps; files in the page cache; by JMH (`OpenDatabase`), single shots.\n",
        table);
  }

  private String memory() {
    MarkdownTable table =
        new MarkdownTable("lrrrr", "what", "series", "length", "all", "bytes per series");
    outcomes(Schedule.MEMORY).forEach(outcome -> addMemory(table, outcome));
    return section(
        "Memory of a process that holds a stored database",
        """
        Bumps; after opening the database with its spectra on the disk, and 20 queries. Outside the
        heap is the resident set less the heap as far as the JVM has taken it.
        """,
        table);
  }

  private static void addMemory(MarkdownTable table, Outcome outcome) {
    Result result = outcome.results().get(0);
    double series = result.numbers().get("series");
    Map<String, String> rows =
        Map.of(
            "heap", "reachable on the heap",
            "index", "of it the index, by its own account",
            "rows", "of it prepared rows, by its own account",
            "outside", "outside the heap",
            "files", "files");
    for (String name : List.of("heap", "index", "rows", "outside", "files")) {
      double bytes = result.numbers().get(name);
      table.add(
          rows.get(name),
          Figures.count(series),
          outcome.job().text("length"),
          Figures.bytes(bytes),
          Figures.plain(bytes / series));
    }
  }
}

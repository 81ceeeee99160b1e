package dev.vantage.tsdb.benchmarks.report;

import dev.vantage.tsdb.benchmarks.rival.Engine;
import dev.vantage.tsdb.benchmarks.rival.GivenUpException;
import dev.vantage.tsdb.benchmarks.rival.Patience;
import dev.vantage.tsdb.benchmarks.rival.Rival;
import dev.vantage.tsdb.benchmarks.rival.RivalAnswer;
import dev.vantage.tsdb.benchmarks.rival.TsdbIndex;
import dev.vantage.tsdb.benchmarks.workload.Dataset;
import dev.vantage.tsdb.benchmarks.workload.SampleRows;
import dev.vantage.tsdb.benchmarks.workload.Workload;
import dev.vantage.tsdb.metric.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Measures a query for the 10 nearest, by every engine, in one collection: a plain loop with a
 * warm-up, on one thread, engine after engine in one process. The answers of all engines must equal
 * those of the scan.
 */
final class SearchPart {
  static final String NAME = "search";
  static final int K = 10;

  /** The number of queries whose answers are compared with those of the scan. */
  static final int CHECKED = 20;

  private static final int FEWEST_QUERIES = 20;
  private static final int MOST_QUERIES = 5000;
  private static final int FEWEST_WARM_UP = 2;

  /** The maximum number of warm-up queries; after that many all code is compiled. */
  private static final int WARM_UP_QUERIES = 8000;

  private static final double MOST_WARM_UP_SECONDS = 6;

  /**
   * The number of series from which memory cannot hold the rows of the scan and those of the
   * database.
   */
  private static final int RELEASED = 1_000_000;

  private final Job job;
  private final Dataset data;
  private final double measureSeconds;
  private final double buildLimit;
  private final double queryLimit;
  private final Map<Integer, RivalAnswer> right = new HashMap<>();

  private SearchPart(Job job) {
    this.job = job;
    data =
        Dataset.of(
            Workload.ofLabel(job.text("workload")),
            job.integer("length"),
            job.number("multiplier"),
            job.integer("series"));
    measureSeconds = job.number("seconds");
    buildLimit = job.number("buildLimit");
    queryLimit = job.number("queryLimit");
  }

  static List<Result> measure(Job job) {
    SearchPart part = new SearchPart(job);
    part.compileDistance();
    List<Result> results = new ArrayList<>();
    for (String label : job.text("engines").split(",")) {
      results.add(part.measure(Engine.ofLabel(label)));
    }
    return results;
  }

  /** Lets the JVM compile the shared code, so that the first engine is not slower for it. */
  private void compileDistance() {
    Metric.Evaluator evaluator = data.metric().evaluator();
    SampleRows rows = data.rows();
    double sum = 0;
    long start = System.nanoTime();
    for (int i = 0; seconds(start) < measureSeconds; i = (i + 1) % rows.count()) {
      double[] query = data.queries().get(i % data.queries().size()).row();
      sum += evaluator.distance(query, 0, rows.block(i), rows.offset(i));
    }
    if (Double.isNaN(sum)) {
      throw new IllegalStateException("distances must be numbers: job=" + job.id());
    }
  }

  private Result measure(Engine engine) {
    Result result = Result.of(engine.label());
    Patience patience = Patience.endless();
    long heapBefore = ThisProcess.used();
    if (engine.isRival()) {
      patience.allow(buildLimit);
    }
    long start = System.nanoTime();
    try (Rival rival = build(engine, patience)) {
      result = result.with("buildSeconds", seconds(start));
      result = withBytes(result, engine, rival, heapBefore);
      if (engine.isRival()) {
        patience.allow(queryLimit);
      }
      return query(result, engine, rival);
    } catch (GivenUpException e) {
      return result.with("status", "given up: not built in " + (int) buildLimit + " s");
    }
  }

  private Rival build(Engine engine, Patience patience) {
    return engine == Engine.TSDB && data.rows().count() >= RELEASED
        ? new TsdbIndex(data, 1, true)
        : engine.build(data, patience);
  }

  private Result withBytes(Result result, Engine engine, Rival rival, long heapBefore) {
    double series = data.rows().count();
    if (rival.bytes().isPresent()) {
      return result.with("bytesPerSeries", rival.bytes().getAsLong() / series);
    }
    return engine == Engine.SCAN
        ? result
        : result.with("bytesPerSeries", (ThisProcess.used() - heapBefore) / series);
  }

  private Result query(Result built, Engine engine, Rival rival) {
    Run run = new Run(engine, rival);
    String status = "";
    try {
      run.warmUp();
      run.measureWithProcessorTime();
    } catch (GivenUpException e) {
      status = "given up after " + (int) queryLimit + " s: queries answered=" + run.times.size();
    }
    Result result = built.with("status", status).with("queries", run.times.size());
    if (run.times.isEmpty()) {
      return result;
    }
    ReportSummary times =
        new ReportSummary(run.times.stream().mapToDouble(Double::doubleValue).toArray());
    double distances = (double) (run.after - run.before) / run.times.size();
    return result
        .with("plan", run.plans())
        .with("median", times.median())
        .with("p99", times.quantile(0.99))
        .with("mean", times.mean())
        .with("processor", run.processorSeconds / run.times.size())
        .with("exactDistances", distances)
        .with("share", distances / data.rows().count());
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** The queries to one engine. */
  private final class Run {
    private final Engine engine;
    private final Rival rival;
    private final List<Double> times = new ArrayList<>();
    private final Map<String, Integer> plans = new HashMap<>();
    private long before;
    private long after;
    private double processorSeconds;

    Run(Engine engine, Rival rival) {
      this.engine = engine;
      this.rival = rival;
    }

    void warmUp() {
      long start = System.nanoTime();
      int last = data.queries().size() - 1;
      for (int i = 0; i < FEWEST_WARM_UP || isCold(i, seconds(start)); i++) {
        rival.nearest(data.queries().get(last - i % data.queries().size()), K);
      }
      before = rival.exactDistances();
    }

    private boolean isCold(int queries, double seconds) {
      return seconds < measureSeconds
          || seconds < MOST_WARM_UP_SECONDS && queries < WARM_UP_QUERIES;
    }

    void measureWithProcessorTime() {
      double start = ThisProcess.processorSeconds();
      try {
        measure();
      } finally {
        processorSeconds = ThisProcess.processorSeconds() - start;
      }
    }

    private void measure() {
      long start = System.nanoTime();
      for (int i = 0; i < FEWEST_QUERIES || seconds(start) < measureSeconds; i++) {
        if (i == MOST_QUERIES) {
          return;
        }
        int query = i % data.queries().size();
        long begin = System.nanoTime();
        RivalAnswer answer = rival.nearest(data.queries().get(query), K);
        times.add(seconds(begin));
        after = rival.exactDistances();
        plans.merge(rival.plan(), 1, Integer::sum);
        if (i < CHECKED) {
          check(query, answer);
        }
      }
    }

    private void check(int query, RivalAnswer answer) {
      if (engine == Engine.SCAN) {
        right.put(query, answer);
      } else if (!answer.agreesWith(right.get(query))) {
        throw new IllegalStateException(
            "engines must agree with the scan: engine="
                + engine.label()
                + ", query="
                + query
                + ", job="
                + job.id()
                + "\nanswer: "
                + answer
                + "\nscan: "
                + right.get(query));
      }
    }

    String plans() {
      int all = times.size();
      return plans.entrySet().stream()
          .filter(plan -> !plan.getKey().isEmpty())
          .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
          .map(plan -> plan.getKey() + " " + Math.round(100.0 * plan.getValue() / all) + " %")
          .collect(Collectors.joining(", "));
    }
  }

  /** Returns the labels of engines, as a parameter of a job. */
  static String engines(Engine... engines) {
    return Arrays.stream(engines).map(Engine::label).collect(Collectors.joining(","));
  }
}

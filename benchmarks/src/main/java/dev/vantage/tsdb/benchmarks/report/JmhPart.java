package dev.vantage.tsdb.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/**
 * Runs a JMH class in a process that JMH forks. The annotations of the class set times and
 * iterations.
 */
final class JmhPart {
  /** The JMH class of each part that JMH measures. */
  static final Map<String, String> CLASSES =
      Map.of(
          "distance", "ExactDistance",
          "jmh-search", "NearestNeighbors",
          "throughput", "QueryThroughput",
          "open", "OpenDatabase");

  private JmhPart() {}

  static List<Result> measure(Job job, List<String> jvmArguments, Path log) throws IOException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("\\." + CLASSES.get(job.part()) + "\\.")
            .shouldFailOnError(true)
            .shouldDoGC(true)
            .verbosity(VerboseMode.NORMAL)
            .output(log.toString())
            .jvmArgsAppend(jvmArguments.toArray(String[]::new));
    job.parameters().forEach((name, value) -> options.param(name, value.split(",")));
    try {
      Collection<RunResult> runs = new Runner(options.build()).run();
      List<Result> results = new ArrayList<>();
      for (RunResult run : runs) {
        results.add(result(run));
      }
      if (results.isEmpty()) {
        throw new IllegalStateException("JMH must find benchmarks: job=" + job.id());
      }
      return results;
    } catch (RunnerException e) {
      throw new IllegalStateException("JMH failed: job=" + job.id() + ", log=" + log, e);
    }
  }

  private static Result result(RunResult run) {
    BenchmarkParams params = run.getParams();
    String name = params.getBenchmark();
    TreeMap<String, String> facts = new TreeMap<>();
    for (String key : params.getParamsKeys()) {
      facts.put(key, params.getParam(key));
    }
    facts.put("unit", run.getPrimaryResult().getScoreUnit());
    Statistics statistics = run.getPrimaryResult().getStatistics();
    return new Result(name.substring(name.lastIndexOf('.') + 1), facts, new TreeMap<>())
        .with("threads", params.getThreads())
        .with("score", run.getPrimaryResult().getScore())
        .with("median", statistics.getPercentile(50))
        .with("p99", statistics.getPercentile(99))
        .with("samples", statistics.getN());
  }
}

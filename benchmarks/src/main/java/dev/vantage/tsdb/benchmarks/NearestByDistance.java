package dev.vantage.tsdb.benchmarks;

import dev.vantage.tsdb.benchmarks.rival.Engine;
import dev.vantage.tsdb.benchmarks.rival.Patience;
import dev.vantage.tsdb.benchmarks.rival.Rival;
import dev.vantage.tsdb.benchmarks.rival.RivalAnswer;
import dev.vantage.tsdb.benchmarks.workload.Dataset;
import dev.vantage.tsdb.benchmarks.workload.Workload;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.metric.MetricSpec;
import dev.vantage.tsdb.metric.Metrics;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures one query for the 10 nearest under each distance, on one thread, by the index and by a
 * scan with the same code of the distance, and one distance alone.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dtsdb.kernel=vector"})
public class NearestByDistance {
  private static final int K = 10;

  /** The distance, with its default parameters. */
  @Param({"euclidean", "phase-invariant", "msm", "twe", "erp", "dtw"})
  public String distance;

  /** The kind of series. */
  @Param({"bumps", "random-walk"})
  public String workload;

  /** The number of samples per series. */
  @Param("128")
  public int length;

  /** The number of series in the collection. */
  @Param("10000")
  public int series;

  /** The engine. */
  @Param({"scan", "tsdb"})
  public String engine;

  private Dataset data;
  private Rival rival;
  private Metric.Evaluator evaluator;
  private int next;

  /** Makes the collection and fills the engine. */
  @Setup
  public void fill() {
    Metric metric = Metrics.create(new MetricSpec(distance, Map.of()), length);
    data = Dataset.of(Workload.ofLabel(workload), metric, series);
    rival = Engine.ofLabel(engine).build(data, Patience.endless());
    evaluator = metric.evaluator();
  }

  /**
   * Runs one query, for another series each time.
   *
   * @return the neighbors
   */
  @Benchmark
  public RivalAnswer tenNearest() {
    next = (next + 1) % data.queries().size();
    return rival.nearest(data.queries().get(next), K);
  }

  /**
   * Computes one distance without a limit.
   *
   * @return the distance
   */
  @Benchmark
  public double oneDistance() {
    next = (next + 1) % data.queries().size();
    return evaluator.distance(data.queries().get(0).row(), 0, data.queries().get(next).row(), 0);
  }

  /** Closes the engine. */
  @TearDown
  public void close() {
    rival.close();
  }
}

package dev.vantage.tsdb.benchmarks;

import dev.vantage.tsdb.benchmarks.rival.Engine;
import dev.vantage.tsdb.benchmarks.rival.Patience;
import dev.vantage.tsdb.benchmarks.rival.Rival;
import dev.vantage.tsdb.benchmarks.rival.RivalAnswer;
import dev.vantage.tsdb.benchmarks.workload.Dataset;
import dev.vantage.tsdb.benchmarks.workload.Workload;
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
 * Measures one query for the 10 nearest, on one thread, by every engine, for series that are not in
 * the collection.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dtsdb.kernel=vector"})
public class NearestNeighbors {
  private static final int K = 10;

  /** The kind of series. */
  @Param({"bumps", "random-walk"})
  public String workload;

  /** The number of samples per series. */
  @Param({"256", "1024"})
  public int length;

  /** The number of series in the collection. */
  @Param("10000")
  public int series;

  /** The multiplier of the kernel. */
  @Param({"1", "10"})
  public double multiplier;

  /** The engine. */
  @Param({"scan", "tsdb"})
  public String engine;

  private Dataset data;
  private Rival rival;
  private int next;

  /** Makes the collection and fills the engine. */
  @Setup
  public void fill() {
    data = Dataset.of(Workload.ofLabel(workload), length, multiplier, series);
    rival = Engine.ofLabel(engine).build(data, Patience.endless());
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

  /** Closes the engine. */
  @TearDown
  public void close() {
    rival.close();
  }
}

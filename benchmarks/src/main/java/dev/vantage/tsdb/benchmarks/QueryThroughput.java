package dev.vantage.tsdb.benchmarks;

import dev.vantage.tsdb.benchmarks.rival.RivalAnswer;
import dev.vantage.tsdb.benchmarks.rival.TsdbIndex;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures queries for the 10 nearest per second, with more calling threads and with more threads
 * of the pool, which share one query.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dtsdb.kernel=vector"})
public class QueryThroughput {
  private static final int K = 10;

  /** The kind of series. */
  @Param({"bumps", "white-noise"})
  public String workload;

  /** The number of samples per series. */
  @Param("256")
  public int length;

  /** The number of series in the collection. */
  @Param("100000")
  public int series;

  /** The multiplier of the kernel. */
  @Param("1")
  public double multiplier;

  /** The number of threads of the co-processor pool. */
  @Param({"1", "2"})
  public int poolThreads;

  private Dataset data;
  private TsdbIndex index;

  /** The position of a calling thread in the list of queries. */
  @State(Scope.Thread)
  public static class Position {
    private int next;
  }

  /** Makes the collection and fills the index. */
  @Setup
  public void fill() {
    data = Dataset.of(Workload.ofLabel(workload), length, multiplier, series);
    index = new TsdbIndex(data, poolThreads, true);
  }

  /**
   * Runs queries on one thread.
   *
   * @param position where the thread is
   * @return the neighbors
   */
  @Benchmark
  @Threads(1)
  public RivalAnswer oneThreadAsks(Position position) {
    return ask(position);
  }

  /**
   * Runs queries on two threads.
   *
   * @param position where the thread is
   * @return the neighbors
   */
  @Benchmark
  @Threads(2)
  public RivalAnswer twoThreadsAsk(Position position) {
    return ask(position);
  }

  private RivalAnswer ask(Position position) {
    position.next = (position.next + 1) % data.queries().size();
    return index.nearest(data.queries().get(position.next), K);
  }

  /** Closes the index. */
  @TearDown
  public void close() {
    index.close();
  }
}

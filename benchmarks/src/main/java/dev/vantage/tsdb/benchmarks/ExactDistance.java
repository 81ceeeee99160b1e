package dev.vantage.tsdb.benchmarks;

import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.metric.kernel.KernelCorrelation;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToDoubleFunction;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures one exact distance between two prepared series: by the Vector API, in plain Java, and by
 * the transform of Commons Math. Each kernel needs a process of its own (no {@code -f 0}).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ExactDistance {
  private static final int ROWS = 64;

  /** The kernel that computes it. */
  @Param({"vector", "scalar", "commons-math"})
  public String kernel;

  /** The number of samples per series. */
  @Param({"256", "1024"})
  public int length;

  /** The multiplier of the kernel. */
  @Param({"1", "10"})
  public double multiplier;

  private IntToDoubleFunction distance;
  private int next;

  /** Prepares white noise, more than the first cache of a core can hold. */
  @Setup
  public void prepare() {
    Random random = new Random(1);
    double[][] series = new double[ROWS][];
    for (int row = 0; row < ROWS; row++) {
      series[row] = random.doubles(length, -1, 1).toArray();
    }
    distance =
        kernel.equals("commons-math")
            ? new CommonsMathDistance(series, multiplier)::fromFirst
            : ours(series);
  }

  private IntToDoubleFunction ours(double[][] series) {
    System.setProperty("tsdb.kernel", kernel);
    Metric metric = new KernelCorrelation(length, multiplier);
    double[] rows = new double[ROWS * metric.rowSize()];
    for (int row = 0; row < ROWS; row++) {
      metric.prepare(series[row], rows, row * metric.rowSize());
    }
    Metric.Evaluator evaluator = metric.evaluator();
    return row -> evaluator.distance(rows, 0, rows, row * metric.rowSize());
  }

  /**
   * Computes one distance from the first series to the next of the others.
   *
   * @return the distance
   */
  @Benchmark
  public double kernelCorrelation() {
    next = (next + 1) % ROWS;
    return distance.applyAsDouble(next);
  }
}

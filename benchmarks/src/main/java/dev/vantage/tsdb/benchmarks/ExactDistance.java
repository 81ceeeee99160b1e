package dev.vantage.tsdb.benchmarks;

import dev.vantage.tsdb.metric.KernelCorrelation;
import dev.vantage.tsdb.metric.Metric;
import java.util.Random;
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
import org.openjdk.jmh.annotations.Warmup;

/** What does one exact distance between two prepared series cost? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ExactDistance {
  private static final int ROWS = 64;

  /** Samples per series. */
  @Param({"256", "1024"})
  public int length;

  /** The multiplier of the kernel. */
  @Param({"1", "10"})
  public double multiplier;

  private Metric metric;
  private Metric.Evaluator evaluator;
  private double[] rows;
  private int next;

  /** Prepares white noise, more of it than one core's first cache holds. */
  @Setup
  public void prepare() {
    metric = new KernelCorrelation(length, multiplier);
    evaluator = metric.evaluator();
    rows = new double[ROWS * metric.rowSize()];
    Random random = new Random(1);
    for (int row = 0; row < ROWS; row++) {
      double[] samples = random.doubles(length, -1, 1).toArray();
      metric.prepare(samples, rows, row * metric.rowSize());
    }
  }

  /**
   * One distance from the first series to the next of the others.
   *
   * @return the distance
   */
  @Benchmark
  public double kernelCorrelation() {
    next = (next + 1) % ROWS;
    return evaluator.distance(rows, 0, rows, next * metric.rowSize());
  }
}

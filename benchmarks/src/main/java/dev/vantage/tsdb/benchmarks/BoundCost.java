package dev.vantage.tsdb.benchmarks;

import dev.vantage.tsdb.metric.LowerBound;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.metric.kernel.KernelCorrelation;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures a lower bound per series, by the Vector API and in plain Java, to compare with {@link
 * ExactDistance}. Each needs a process of its own (no {@code -f 0}).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class BoundCost {
  private static final int LANES = LowerBound.Evaluator.LANES;
  private static final int BLOCKS = 16;

  /** The kernel that computes it. */
  @Param({"vector", "scalar"})
  public String kernel;

  /** The number of samples per series. */
  @Param({"256", "1024"})
  public int length;

  /** The multiplier of the kernel. */
  @Param({"1", "10"})
  public double multiplier;

  /** The name of the bound. */
  @Param({"low_pass_8", "low_pass_16", "low_pass_32", "power_spectrum"})
  public String bound;

  private final float[] bounds = new float[LANES];
  private float[][] blocks;
  private LowerBound.Evaluator evaluator;
  private int next;

  /** Prepares random walks. */
  @Setup
  public void prepare() {
    System.setProperty("tsdb.kernel", kernel);
    Random random = new Random(1);
    Metric metric = new KernelCorrelation(length, multiplier);
    float[] sketch = new float[metric.sketchSize()];
    double[] row = new double[metric.rowSize()];
    blocks = new float[BLOCKS][sketch.length * LANES];
    for (int series = 0; series < BLOCKS * LANES; series++) {
      double[] samples = random.doubles(length, -1, 1).toArray();
      Arrays.parallelPrefix(samples, Double::sum);
      metric.prepare(samples, row, 0);
      metric.sketch(row, 0, sketch, 0);
      for (int j = 0; j < sketch.length; j++) {
        blocks[series / LANES][j * LANES + series % LANES] = sketch[j];
      }
    }
    evaluator =
        metric.lowerBounds().stream()
            .filter(one -> one.name().equals(bound))
            .findFirst()
            .orElseThrow()
            .evaluator(sketch);
  }

  /**
   * Computes the bounds of one block of series.
   *
   * @return one of them
   */
  @Benchmark
  @OperationsPerInvocation(LANES)
  public float lowerBound() {
    next = (next + 1) % BLOCKS;
    evaluator.squaredLowerBounds(blocks[next], LANES, 0, LANES, bounds);
    return bounds[0];
  }
}

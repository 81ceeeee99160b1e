package dev.vantage.tsdb.metric.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vantage.tsdb.metric.LowerBound;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.testkit.JavaProcess;
import dev.vantage.tsdb.testkit.RandomSeries;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors of any width and plain Java give the same bounds, up to rounding. */
class LowPassesAgreeTest {
  private static final double[] MULTIPLIERS = {1e-3, 0.1, 1, 10, 33.3, 300};
  private static final int SERIES = 45;

  @Test
  void onVectorsAsWideAsTheyCome() {
    compare(Long.getLong("tsdb.seed", 78));
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 32})
  void onVectorsOfSoManyBytes(int bytes) throws Exception {
    ProcessBuilder builder = JavaProcess.of(Child.class);
    builder
        .command()
        .addAll(1, List.of("--add-modules=jdk.incubator.vector", "-XX:MaxVectorSize=" + bytes));
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    assertEquals("same bounds\n", out.substring(out.indexOf('\n') + 1));
  }

  private static void compare(long seed) {
    System.out.print("seed=" + seed + "\n");
    RandomSeries random = new RandomSeries(seed, 512);
    LowPassMaker vector = LowPassChoice.vector().orElseThrow();
    for (double multiplier : MULTIPLIERS) {
      Metric metric = new KernelCorrelation(512, multiplier);
      float[] sketches = new float[metric.sketchSize() * SERIES];
      float[] query = new float[metric.sketchSize()];
      double[] row = new double[metric.rowSize()];
      for (int i = 0; i < SERIES; i++) {
        metric.prepare(random.nextSamples(), row, 0);
        metric.sketch(row, 0, query, 0);
        for (int j = 0; j < query.length; j++) {
          sketches[j * SERIES + i] = query[j];
        }
      }
      for (LowPassBound bound : lowPasses(metric)) {
        float[] slow = new float[SERIES];
        float[] fast = new float[SERIES];
        bound
            .evaluator(query, ScalarLowPass::new)
            .squaredLowerBounds(sketches, SERIES, 0, SERIES, slow);
        bound.evaluator(query, vector).squaredLowerBounds(sketches, SERIES, 0, SERIES, fast);
        for (int i = 0; i < SERIES; i++) {
          // A bound that is not positive rules nothing out.
          String what = bound.name() + ", multiplier=" + multiplier + ", series=" + i;
          assertEquals(Math.max(0, slow[i]), Math.max(0, fast[i]), 0.03, what);
        }
      }
    }
  }

  private static List<LowPassBound> lowPasses(Metric metric) {
    List<LowPassBound> bounds = new ArrayList<>();
    for (LowerBound bound : metric.lowerBounds()) {
      if (bound instanceof LowPassBound lowPass) {
        bounds.add(lowPass);
      }
    }
    assertEquals(4, bounds.size());
    return bounds;
  }

  /** The main class of the other process. */
  static final class Child {
    public static void main(String[] arguments) {
      compare(79);
      System.out.print("same bounds\n");
    }
  }
}

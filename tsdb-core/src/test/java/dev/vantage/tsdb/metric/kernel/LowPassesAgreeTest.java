package dev.vantage.tsdb.metric.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.metric.LowerBound;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.testkit.JavaProcess;
import dev.vantage.tsdb.testkit.RandomSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors of any width and plain Java give the same bounds, up to rounding and faster roots. */
class LowPassesAgreeTest {
  private static final double[] MULTIPLIERS = {1e-3, 0.1, 1, 10, 33.3, 300};
  private static final int SERIES = 45;
  private static final double ROUNDING = 0.03;
  private static final double ROOT_ERROR = 0.0018;

  @Test
  void onVectorsAsWideAsTheyCome() {
    compare(Seeds.seed("bounds on the widest vectors"));
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 32})
  void onVectorsOfSoManyBytes(int bytes) throws Exception {
    long seed = Seeds.seed("bounds on vectors of " + bytes + " bytes");
    ProcessBuilder builder = JavaProcess.of(Child.class, Long.toString(seed));
    builder
        .command()
        .addAll(1, List.of("--add-modules=jdk.incubator.vector", "-XX:MaxVectorSize=" + bytes));
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    assertEquals("same bounds\n", out);
  }

  private static void compare(long seed) {
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
          String what = bound.name() + ", multiplier=" + multiplier + ", series=" + i;
          assertAgree(slow[i], fast[i], multiplier, what);
        }
      }
    }
  }

  /**
   * The roots of vectors are up to 0.18 % too large, so their upper bound on the kernel, which is 1
   * less half the bound on the square of the distance, may be larger; the multiplier amplifies
   * that.
   */
  private static void assertAgree(float slow, float fast, double multiplier, String what) {
    double expected = Math.max(0, slow); // a bound that is not positive rules nothing out
    double found = Math.max(0, fast);
    double weaker = (2 - expected) * Math.expm1(ROOT_ERROR * multiplier);
    String values = what + ", plain=" + expected + ", vector=" + found;
    assertTrue(found <= expected + ROUNDING, values);
    assertTrue(found >= expected - ROUNDING - weaker, values);
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
      compare(Long.parseLong(arguments[0]));
      System.out.print("same bounds\n");
    }
  }
}

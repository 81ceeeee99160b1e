package dev.vantage.tsdb.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.testkit.Seeds;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Mean and standard deviation are compared with exact arithmetic. */
class PointSummaryTest {
  private static final MathContext EXACT = new MathContext(60);

  private static PointSummary of(double... samples) {
    return PointSummary.ofSamples(samples, Optional.empty());
  }

  private static void assertIsThatOf(double[] samples) {
    BigDecimal sum = BigDecimal.ZERO;
    for (double sample : samples) {
      sum = sum.add(new BigDecimal(sample));
    }
    BigDecimal mean = sum.divide(BigDecimal.valueOf(samples.length), EXACT);
    BigDecimal squares = BigDecimal.ZERO;
    double greatest = 0;
    for (double sample : samples) {
      BigDecimal deviation = new BigDecimal(sample).subtract(mean);
      squares = squares.add(deviation.multiply(deviation));
      greatest = Math.max(greatest, Math.abs(sample));
    }
    double std =
        squares.divide(BigDecimal.valueOf(samples.length), EXACT).sqrt(EXACT).doubleValue();
    PointSummary summary = of(samples);
    double unit = Math.max(Math.ulp(greatest), Double.MIN_VALUE);
    assertEquals(mean.doubleValue(), summary.mean(), unit);
    assertEquals(std, summary.std(), 4 * unit + std * 1e-13);
    assertEquals(samples.length, summary.length());
  }

  @Test
  void isThatOfExactArithmetic() {
    Random random = Seeds.random("summaries");
    for (int round = 0; round < 300; round++) {
      double scale = Math.scalb(1, random.nextInt(2098) - 1074);
      double offset = random.nextBoolean() ? 0 : random.nextGaussian() * 1e6;
      double[] samples =
          random
              .doubles(2 + random.nextInt(300), -1, 1)
              .map(
                  x ->
                      Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, (x + offset) * scale)))
              .toArray();
      assertIsThatOf(samples);
    }
  }

  @Test
  void neitherOverflowsNorLosesWhatIsSmall() {
    double most = Double.MAX_VALUE;
    assertEquals(new PointSummary(most, 0, 3, Optional.empty()), of(most, most, most));
    assertEquals(new PointSummary(0, most, 2, Optional.empty()), of(most, -most));
    assertEquals(
        new PointSummary(0, Double.MIN_VALUE, 2, Optional.empty()),
        of(Double.MIN_VALUE, -Double.MIN_VALUE));
    assertIsThatOf(new double[] {most, -most, most});
    assertIsThatOf(new double[] {1e308, 1, -1e-308});
    // Deviations far below the mean.
    assertIsThatOf(new double[] {1e9 + 1e-6, 1e9, 1e9 - 1e-6, 1e9});
  }

  @Test
  void isFiniteForAnyBits() {
    Random random = Seeds.random("bits");
    for (int round = 0; round < 1000; round++) {
      double[] samples =
          random.longs(random.nextInt(20)).mapToDouble(Double::longBitsToDouble).toArray();
      PointSummary summary = of(samples);
      assertTrue(Double.isFinite(summary.mean()) && Double.isFinite(summary.std()), summary + "");
    }
  }
}

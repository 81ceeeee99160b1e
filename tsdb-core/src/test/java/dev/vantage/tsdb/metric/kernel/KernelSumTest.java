package dev.vantage.tsdb.metric.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelSumTest {
  private static final MathContext DIGITS = new MathContext(40);

  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 0.1, 0.125, 0.5, 1, 3, 10, 100, 300})
  void staysWithinItsErrorBound(double multiplier) {
    KernelSum kernel = new KernelSum(multiplier);
    Random random = new Random(17);
    for (int length : new int[] {8, 16, 48, 256, 1024}) {
      double[] correlations = random.doubles(length, -1, 1).toArray();
      correlations[0] = 1;
      correlations[1] = -1;
      correlations[2] = 0;
      BigDecimal expected = BigDecimal.ZERO;
      for (double correlation : correlations) {
        expected = expected.add(exponential(multiplier, correlation), DIGITS);
      }
      double actual = kernel.over(correlations);
      double bound = (28 * multiplier + 2) * 0x1p-52 + (7 + length / 128.0) * 0x1p-53;
      double error =
          new BigDecimal(actual).subtract(expected).divide(expected, DIGITS).abs().doubleValue();
      // One more unit: the factor exp(-g) rounds too.
      assertEquals(0, error, bound + 0x1p-52, "length=" + length);
    }
  }

  /** exp(g (c - 1)) by its series, the argument halved until that converges fast. */
  private static BigDecimal exponential(double multiplier, double correlation) {
    BigDecimal argument =
        new BigDecimal(multiplier)
            .multiply(new BigDecimal(correlation).subtract(BigDecimal.ONE))
            .divide(BigDecimal.valueOf(1L << 16), DIGITS);
    MathContext more = new MathContext(60);
    BigDecimal term = BigDecimal.ONE;
    BigDecimal sum = BigDecimal.ONE;
    for (int i = 1; i < 40; i++) {
      term = term.multiply(argument, more).divide(BigDecimal.valueOf(i), more);
      sum = sum.add(term, more);
    }
    for (int i = 0; i < 16; i++) {
      sum = sum.multiply(sum, more);
    }
    return sum;
  }
}

package dev.vantage.tsdb.metric.kernel;

/**
 * Sums {@code exp(g (c - 1))} over correlations c. Immutable. The compiler turns its loops into
 * vector instructions, which it cannot do with {@link Math#exp}.
 *
 * <p>{@code exp(g c)} is the 2^s-th power of {@code exp(z)}, {@code z = g c / 2^s}, with the least
 * s for which |z| is at most 1/8. On this range {@code exp(z)} is approximated by a polynomial of
 * degree 8 that is 1 at 0 and has the least relative error (found by the exchange algorithm of
 * Remez): at most 0.87 u, with u = 2^-53. The last fused multiply-add adds a rounding error of u,
 * its operands 0.5 u of the result. Each squaring doubles the relative error and adds u; 2^s is
 * below 16 g unless s is 0. So the relative error of an exponential is at most {@code (28 g + 2)
 * 2^-52}.
 *
 * <p>Groups of 16 terms are added pairwise, the groups in 8 partial sums, and the partial sums
 * pairwise. Rounding adds at most {@code (7 + n / 128) 2^-53}.
 *
 * <p>Operations and their order are fixed, so that {@code VectorKernel} gets the same bits.
 */
final class KernelSum {
  private static final double LARGEST_ARGUMENT = 1.0 / 8;

  /** The coefficients of (exp(z) - 1) / z, beginning with the constant. */
  private static final double[] POLYNOMIAL = {
    0x1.fffffffffffc6p-1,
    0x1.fffffffffff98p-2,
    0x1.55555555841d0p-3,
    0x1.55555555d85afp-5,
    0x1.11110e8079ae4p-7,
    0x1.6c16b7282164ep-10,
    0x1.a04f58f78a409p-13,
    0x1.a09a1de065d2bp-16
  };

  private final double[] coefficients = POLYNOMIAL.clone();
  private final int squarings;
  private final double factor;

  KernelSum(double multiplier) {
    int doublings = 0;
    while (multiplier > LARGEST_ARGUMENT * (1L << doublings)) {
      doublings++;
    }
    squarings = doublings;
    double scale = multiplier / (1L << doublings);
    double power = 1;
    for (int i = 0; i < coefficients.length; i++) {
      power *= scale;
      coefficients[i] *= power;
    }
    factor = Math.exp(-multiplier);
  }

  /** Returns the factor of c^i in the polynomial of the correlation, i from 1 to 8. */
  double coefficient(int i) {
    return coefficients[i - 1];
  }

  /** Returns the number of squarings of the polynomial. */
  int squarings() {
    return squarings;
  }

  /** Returns exp(-g), the factor of the sum. */
  double factor() {
    return factor;
  }

  /**
   * Sums over correlations.
   *
   * @param correlations numbers from -1 to 1, 8 or a multiple of 16 of them; overwritten
   * @return the sum of the exponentials
   */
  double over(double[] correlations) {
    polynomials(correlations);
    for (int s = 0; s < squarings; s++) {
      square(correlations);
    }
    if (correlations.length == 8) {
      return eight(correlations, 0) * factor;
    }
    double[] partial = new double[8];
    int half = correlations.length / 2;
    for (int from = 0; from < half; from += 8) {
      partial[from / 8 % 8] += eight(correlations, from) + eight(correlations, half + from);
    }
    return eight(partial, 0) * factor;
  }

  private void polynomials(double[] numbers) {
    double c1 = coefficients[0];
    double c2 = coefficients[1];
    double c3 = coefficients[2];
    double c4 = coefficients[3];
    double c5 = coefficients[4];
    double c6 = coefficients[5];
    double c7 = coefficients[6];
    double c8 = coefficients[7];
    for (int i = 0; i < numbers.length; i++) {
      double c = numbers[i];
      double sum = Math.fma(c, c8, c7);
      sum = Math.fma(sum, c, c6);
      sum = Math.fma(sum, c, c5);
      sum = Math.fma(sum, c, c4);
      sum = Math.fma(sum, c, c3);
      sum = Math.fma(sum, c, c2);
      sum = Math.fma(sum, c, c1);
      numbers[i] = Math.fma(sum, c, 1);
    }
  }

  private static void square(double[] numbers) {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = numbers[i] * numbers[i];
    }
  }

  /** Returns the sum of 8 neighbors, added in pairs. */
  static double eight(double[] numbers, int from) {
    return numbers[from]
        + numbers[from + 1]
        + (numbers[from + 2] + numbers[from + 3])
        + (numbers[from + 4] + numbers[from + 5] + (numbers[from + 6] + numbers[from + 7]));
  }
}

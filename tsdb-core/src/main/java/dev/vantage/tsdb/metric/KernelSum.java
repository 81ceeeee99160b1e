package dev.vantage.tsdb.metric;

/**
 * Sums {@code exp(g (c - 1))} over correlations c, in loops that the compiler turns into vector
 * instructions, which it cannot do with {@link Math#exp}.
 *
 * <p>{@code exp(g c)} is the 2^s-th power of {@code exp(z)}, {@code z = g c / 2^s}, where s makes
 * |z| at most 1/8, so that ten terms of the series leave out less than 2^-58 of it. Each squaring
 * doubles the relative error: that of an exponential is at most {@code (18 g + 2) 2^-52}. Terms are
 * added in blocks, so that n of them add at most {@code (34 + n / 128) 2^-53}.
 *
 * <p>Immutable and thread-safe.
 */
final class KernelSum {
  private static final double LARGEST_ARGUMENT = 1.0 / 8;
  private static final int BLOCK = 128;

  private final double scale;
  private final int squarings;
  private final double offset;

  KernelSum(double multiplier) {
    int doublings = 0;
    while (multiplier > LARGEST_ARGUMENT * (1L << doublings)) {
      doublings++;
    }
    squarings = doublings;
    scale = multiplier / (1L << doublings);
    offset = Math.exp(-multiplier);
  }

  /**
   * Sums over correlations.
   *
   * @param correlations a multiple of 4 numbers from -1 to 1; overwritten
   * @return the sum of the exponentials
   */
  double over(double[] correlations) {
    exponentials(correlations);
    for (int s = 0; s < squarings; s++) {
      square(correlations);
    }
    double sum = 0;
    for (int from = 0; from < correlations.length; from += BLOCK) {
      sum += blockSum(correlations, from, Math.min(from + BLOCK, correlations.length));
    }
    return sum * offset;
  }

  private void exponentials(double[] numbers) {
    for (int i = 0; i < numbers.length; i++) {
      double z = numbers[i] * scale;
      double sum = 1.0 / 3_628_800;
      sum = sum * z + 1.0 / 362_880;
      sum = sum * z + 1.0 / 40_320;
      sum = sum * z + 1.0 / 5040;
      sum = sum * z + 1.0 / 720;
      sum = sum * z + 1.0 / 120;
      sum = sum * z + 1.0 / 24;
      sum = sum * z + 1.0 / 6;
      sum = sum * z + 1.0 / 2;
      sum = sum * z + 1;
      numbers[i] = sum * z + 1;
    }
  }

  private static void square(double[] numbers) {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = numbers[i] * numbers[i];
    }
  }

  /** Four sums at a time, because one addition need not wait for another then. */
  private static double blockSum(double[] numbers, int from, int to) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    for (int i = from; i < to; i += 4) {
      a += numbers[i];
      b += numbers[i + 1];
      c += numbers[i + 2];
      d += numbers[i + 3];
    }
    return a + b + (c + d);
  }
}

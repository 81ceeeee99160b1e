package dev.vantage.tsdb.metric.kernel;

/**
 * Arithmetic on arrays that hold one number for each of several series ("lanes"), in loops that the
 * compiler turns into vector instructions: every array is read and written only at the index of the
 * loop. Thread-safe.
 *
 * <p><b>Exponentials</b> are powers of polynomials, as {@link LanePower} describes.
 */
final class LaneMath {
  /** The least argument of exponentials; smaller arguments are replaced by it. */
  static final float LEAST_EXPONENT = (float) LanePower.LEAST_EXPONENT;

  /**
   * For larger arguments an exponential is replaced by a greater number, beyond any useful bound.
   */
  static final float GREATEST_EXPONENT = 20;

  static final float TOO_MUCH = 1e16f;

  /**
   * The number of squarings for which every argument from the least to the greatest is in range.
   */
  private static final int SQUARINGS = 7;

  /** The scale of arguments: a power of two, so scaling is exact. */
  static final float SCALE = 1f / (1 << SQUARINGS);

  /** The relative error of {@link #exponential}. */
  static final double EXPONENTIAL_ERROR = (1 << SQUARINGS) * 6 * 0x1p-24;

  static final float C0;
  static final float C1;
  static final float C2;
  static final float C3;
  static final float C4;
  static final float C5;

  static {
    double[] polynomial = LanePower.economised(-LanePower.LEAST_EXPONENT / (1 << SQUARINGS));
    C0 = (float) polynomial[0];
    C1 = (float) polynomial[1];
    C2 = (float) polynomial[2];
    C3 = (float) polynomial[3];
    C4 = (float) polynomial[4];
    C5 = (float) polynomial[5];
  }

  private LaneMath() {}

  /**
   * Replaces numbers by their exponentials. A number above {@link #GREATEST_EXPONENT} gets a value
   * greater than its exponential; a number below {@link #LEAST_EXPONENT} gets the exponential of
   * {@link #LEAST_EXPONENT}.
   */
  static void exponential(float[] x, int lanes) {
    for (int i = 0; i < lanes; i++) {
      float excess = Math.max(x[i] - GREATEST_EXPONENT, 0f);
      float z = Math.max(Math.min(x[i], GREATEST_EXPONENT), LEAST_EXPONENT) * SCALE;
      float e = C5;
      e = e * z + C4;
      e = e * z + C3;
      e = e * z + C2;
      e = e * z + C1;
      e = e * z + C0;
      e = e * e;
      e = e * e;
      e = e * e;
      e = e * e;
      e = e * e;
      e = e * e;
      e = e * e;
      x[i] = e + excess * TOO_MUCH;
    }
  }
}

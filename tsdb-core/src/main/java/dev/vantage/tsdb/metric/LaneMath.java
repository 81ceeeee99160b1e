package dev.vantage.tsdb.metric;

/**
 * Arithmetic on arrays that hold one number for each of several series ("lanes"), in loops that the
 * compiler turns into vector instructions: every array is read and written at the index of the loop
 * alone.
 *
 * <p><b>Exponentials</b> are the 2^s-th power of a polynomial of degree 6 in x / 2^s. For |x| / 2^s
 * &lt;= 5/16 the polynomial leaves out less than 2^-24 of its value; rounding and squaring make it
 * an error of at most {@code 2^s 5 u} relatively, with u = 2^-24.
 */
final class LaneMath {
  /** Arguments of exponentials are raised to this, so that squares of results do not vanish. */
  static final float LEAST_EXPONENT = -40;

  /** What stands for an exponential of more than this is greater than anything of use. */
  static final float GREATEST_EXPONENT = 20;

  private static final float TOO_MUCH = 1e16f;

  /** Squarings with which every argument from the least to the greatest is in range. */
  private static final int SQUARINGS = 8;

  /** The relative error of {@link #exponential}. */
  static final double EXPONENTIAL_ERROR = (1 << SQUARINGS) * 5 * 0x1p-24;

  private LaneMath() {}

  /**
   * Replaces numbers by their exponentials; by something that is greater where they are above
   * {@link #GREATEST_EXPONENT}, and by that of {@link #LEAST_EXPONENT} where they are below it.
   */
  static void exponential(float[] x, int lanes) {
    float scale = 1f / (1 << SQUARINGS);
    for (int i = 0; i < lanes; i++) {
      float excess = Math.max(x[i] - GREATEST_EXPONENT, 0f);
      float z = Math.max(Math.min(x[i], GREATEST_EXPONENT), LEAST_EXPONENT) * scale;
      float e = 1f / 720;
      e = e * z + 1f / 120;
      e = e * z + 1f / 24;
      e = e * z + 1f / 6;
      e = e * z + 1f / 2;
      e = e * z + 1;
      e = e * z + 1;
      e = e * e;
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

  /** The first step of exponentials of {@code g (l - 1)}: the 4-th power of the polynomial. */
  static void firstPower(float[] l, float[] e, float scale, float least, int lanes) {
    for (int i = 0; i < lanes; i++) {
      float z = Math.max(l[i] * scale - scale, least);
      float p = 1f / 720;
      p = p * z + 1f / 120;
      p = p * z + 1f / 24;
      p = p * z + 1f / 6;
      p = p * z + 1f / 2;
      p = p * z + 1;
      p = p * z + 1;
      p = p * p;
      e[i] = p * p;
    }
  }

  /** Two squarings. */
  static void fourthPower(float[] e, int lanes) {
    for (int i = 0; i < lanes; i++) {
      float square = e[i] * e[i];
      e[i] = square * square;
    }
  }
}

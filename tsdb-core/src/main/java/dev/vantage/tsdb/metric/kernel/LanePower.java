package dev.vantage.tsdb.metric.kernel;

/**
 * How {@code exp(g (l - 1))} is computed in floats for l from -1 to 1: the 2^s-th power of a
 * polynomial of degree 5 in l. With {@code z = g l / 2^s} and {@code |z| <= r <= 5/16} that is
 * {@code exp(-r)} times Taylor's polynomial of degree 7 in z, whose last two terms are replaced by
 * the nearest ones of lower degree ("economised", with Chebyshev polynomials), which leaves out
 * less than 1.1 u of its value, u = 2^-24. Rounding of coefficients adds 1.9 u, that of the sums
 * and products 1.9 u, each squaring doubles it all and adds u: an error of at most {@code 2^s 6 u}
 * relatively, with or without fused multiplications. Immutable.
 */
final class LanePower {
  /** Exponents are raised to this, so that squares of results do not vanish. */
  static final double LEAST_EXPONENT = -40;

  private static final double GREATEST_ARGUMENT = 5.0 / 16;

  /** The minimum number of squarings; these need no loop. */
  static final int FIRST_SQUARINGS = 2;

  private final double multiplier;
  private final int squarings;
  private final float[] coefficients = new float[6];

  /** Creates the power for a multiplier g. */
  LanePower(double multiplier) {
    this.multiplier = multiplier;
    int doublings = FIRST_SQUARINGS;
    while (multiplier > GREATEST_ARGUMENT * (1 << doublings)) {
      doublings++;
    }
    squarings = doublings;
    double r = multiplier / (1 << squarings);
    double[] polynomial = economised(r);
    for (int k = 0; k < coefficients.length; k++) {
      coefficients[k] = (float) (polynomial[k] * Math.pow(r, k) * Math.exp(-r));
    }
  }

  /** {@return coefficients of a polynomial of degree 5 that is exp between -r and r} */
  static double[] economised(double r) {
    double square = r * r;
    double fourth = square * square;
    double sixth = fourth * square;
    // x^6 is nearly (48 x^4 - 18 x^2 + 1) / 32, x^7 is nearly (112 x^5 - 56 x^3 + 7 x) / 64.
    return new double[] {
      1 + sixth / 32 / 720,
      1 + 7 * sixth / 64 / 5040,
      1.0 / 2 - 18 * fourth / 32 / 720,
      1.0 / 6 - 56 * fourth / 64 / 5040,
      1.0 / 24 + 48 * square / 32 / 720,
      1.0 / 120 + 112 * square / 64 / 5040
    };
  }

  /** {@return number k of the coefficients, 0 to 5} */
  float coefficient(int k) {
    return coefficients[k];
  }

  /** {@return s} */
  int squarings() {
    return squarings;
  }

  /** {@return to what the polynomial is to be raised before it is squared} */
  float least() {
    return (float) Math.exp(LEAST_EXPONENT / (1 << squarings));
  }

  /** {@return whether that makes a difference} */
  boolean hasLeast() {
    return -2 * multiplier < LEAST_EXPONENT + 1;
  }

  /** {@return the relative error of the exponential} */
  double error() {
    return (1 << squarings) * 6 * 0x1p-24;
  }

  /** Computes exponentials of several series. */
  void exponential(float[] l, float[] e, int lanes) {
    polynomial(l, e, lanes);
    if (hasLeast()) {
      raise(e, lanes);
    }
    int s = squarings - FIRST_SQUARINGS;
    for (; s >= 3; s -= 3) {
      eighthPower(e, lanes);
    }
    for (; s > 0; s--) {
      square(e, lanes);
    }
  }

  /** The polynomial and the first squarings. */
  private void polynomial(float[] l, float[] e, int lanes) {
    float c5 = coefficients[5];
    float c4 = coefficients[4];
    float c3 = coefficients[3];
    float c2 = coefficients[2];
    float c1 = coefficients[1];
    float c0 = coefficients[0];
    for (int i = 0; i < lanes; i++) {
      float p = ((((c5 * l[i] + c4) * l[i] + c3) * l[i] + c2) * l[i] + c1) * l[i] + c0;
      p = p * p;
      e[i] = p * p;
    }
  }

  private void raise(float[] e, int lanes) {
    float least = (float) Math.exp(LEAST_EXPONENT / (1 << squarings - FIRST_SQUARINGS));
    for (int i = 0; i < lanes; i++) {
      e[i] = Math.max(e[i], least);
    }
  }

  private static void eighthPower(float[] e, int lanes) {
    for (int i = 0; i < lanes; i++) {
      float power = e[i] * e[i];
      power = power * power;
      e[i] = power * power;
    }
  }

  private static void square(float[] e, int lanes) {
    for (int i = 0; i < lanes; i++) {
      e[i] = e[i] * e[i];
    }
  }
}

package dev.vantage.tsdb.metric.kernel;

/**
 * Computes {@code exp(g (l - 1))} in floats for l from -1 to 1, as the 2^s-th power of a polynomial
 * of degree 5 in l. Immutable. With {@code z = g l / 2^s} and {@code |z| <= r <= 5/16}, the
 * polynomial is {@code exp(-r)} times Taylor's polynomial of degree 7 in z, economised to degree 5
 * with Chebyshev polynomials. Its relative error is below 1.1 u, with u = 2^-24. Rounding of
 * coefficients adds 1.9 u, rounding of sums and products 1.9 u; each squaring doubles the error and
 * adds u. The relative error is at most {@code 2^s 6 u}, with or without fused multiply-add.
 */
final class LanePower {
  /**
   * The least exponent; smaller exponents are replaced by it, so that squares of results do not
   * underflow to 0.
   */
  static final double LEAST_EXPONENT = -40;

  private static final double GREATEST_ARGUMENT = 5.0 / 16;

  /** The minimum number of squarings, which are done without a loop. */
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
    // Approximately, x^6 is (48 x^4 - 18 x^2 + 1) / 32 and x^7 is (112 x^5 - 56 x^3 + 7 x) / 64.
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

  /**
   * {@return the least value of the polynomial; smaller values are replaced by it before squaring}
   */
  float least() {
    return (float) Math.exp(LEAST_EXPONENT / (1 << squarings));
  }

  /** {@return whether the polynomial can be below {@link #least}} */
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

  /** Computes the polynomial and the first squarings. */
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

package dev.vantage.tsdb.metric.kernel;

/**
 * The constants of {@link LowPassBound} for one length, multiplier and level. Immutable; its arrays
 * must not be written.
 */
final class LowPassGrid {
  /** The number of grid places per frequency. */
  private static final int PLACES_PER_FREQUENCY = 4;

  /** The products m rho of the strips. */
  private static final double[] STRIPS = {4.5, 3.2, 2};

  /**
   * From this multiplier on, R is computed by a fit on the second level too: there coefficients
   * cost more and rule out no more, because the error of the grid is larger.
   */
  private static final double LEAST_FITTED = 3;

  /** Added to divisors that may be 0, so that quotients stay finite. */
  static final float LEAST = 1e-30f;

  final int level;

  /** The number of frequencies, m. */
  final int frequencies;

  /** The number of places, M. */
  final int places;

  /** The length of the complex transform: half the number of places. */
  final int half;

  /** The multiplier, g. */
  final float multiplier;

  /** How far the square of a computed distance may be off. */
  final double error;

  /** Whether R is computed by coefficients, else by a fit of u + v l. */
  final boolean byCoefficients;

  /** The index in a sketch of the real part of each frequency. */
  final int[] realAt;

  final int[] imaginaryAt;

  /** Cosine of 2 pi f / M. */
  final float[] cos;

  final float[] sin;

  /** {@code (pi / M)^2 / 2 f^2}. */
  final float[] curvature;

  /** {@code cosh(f rho)} for each strip. */
  final float[][] cosh;

  /** eps for each strip. */
  final float[] aliasing;

  /** C / W for each strip. */
  final float[] folding;

  /** Computes {@code exp(g (l - 1))} from l. */
  final LanePower power;

  /** The relative error of a mean of exponentials. */
  final float slack;

  /**
   * Creates a grid.
   *
   * @param multiplier the multiplier g
   * @param error the maximum error of the square of a computed distance
   * @param level the level of the sketch
   */
  LowPassGrid(double multiplier, double error, int level) {
    this.level = level;
    this.error = error;
    byCoefficients = level > 1 || level == 1 && multiplier < LEAST_FITTED;
    this.multiplier = (float) multiplier;
    frequencies = Sketch.frequencies(level);
    places = PLACES_PER_FREQUENCY * frequencies;
    half = places / 2;
    power = new LanePower(multiplier);
    realAt = new int[frequencies + 1];
    imaginaryAt = new int[frequencies + 1];
    cos = new float[half];
    sin = new float[half];
    curvature = new float[frequencies + 1];
    cosh = new float[STRIPS.length][frequencies + 1];
    aliasing = new float[STRIPS.length];
    folding = new float[STRIPS.length];
    double step = Math.PI / places;
    for (int f = 1; f < half; f++) {
      cos[f] = (float) Math.cos(2 * step * f);
      sin[f] = (float) Math.sin(2 * step * f);
    }
    for (int f = 1; f <= frequencies; f++) {
      realAt[f] = Sketch.realAt(f);
      imaginaryAt[f] = Sketch.imaginaryAt(f);
      curvature[f] = (float) (step * step / 2 * f * f * 1.000001);
      for (int s = 0; s < STRIPS.length; s++) {
        cosh[s][f] = (float) (Math.cosh(STRIPS[s] * f / frequencies) * 1.000001);
      }
    }
    for (int s = 0; s < STRIPS.length; s++) {
      double decay = Math.exp(-PLACES_PER_FREQUENCY * STRIPS[s]);
      aliasing[s] = (float) (2 * decay / (1 - decay) * 1.000001);
      double rest = 1 - Math.exp(-2 * STRIPS[s] / frequencies);
      folding[s] = (float) (4.9 * Math.sqrt(decay / rest) / (1 - decay) * 1.000001);
    }
    int stages = 32 - Integer.numberOfLeadingZeros(places);
    slack = (float) (power.error() + 0x1p-24 * (multiplier * (4 * stages + 8) + places + 32));
  }
}

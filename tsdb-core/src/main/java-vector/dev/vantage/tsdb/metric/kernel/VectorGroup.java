package dev.vantage.tsdb.metric.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Intermediate results for a group of series, one per lane of a vector: scratch memory of one
 * {@link VectorLowPass}. Not thread-safe.
 *
 * <p>The maximum of nonnegative numbers is computed from their bits as integers: {@code max} of
 * floats takes several instructions, because it handles signed zeros and NaN.
 */
final class VectorGroup {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  static final VectorSpecies<Integer> BITS = VectorSpecies.of(int.class, SPECIES.vectorShape());

  static final int WIDTH = SPECIES.length();

  /** p_f with its phase: real parts of frequencies 0 to m, then imaginary parts. */
  final float[] spectrum;

  /** The sum of the p_f. */
  final float[] amplitudes = new float[WIDTH];

  /** The maximum rise of l between places. */
  final float[] bend = new float[WIDTH];

  /** {@code sum p_f cosh(f rho)} for each strip. */
  final float[] strips;

  /** The mean of l^2. */
  final float[] power = new float[WIDTH];

  /** The mean of exp(g (l - 1)). */
  final float[] mean = new float[WIDTH];

  /** The mean of the square of exp(g (l - 1)). */
  final float[] square = new float[WIDTH];

  /** The mean of the product of exp(g (l - 1)) and l. */
  final float[] withLow = new float[WIDTH];

  /** The greatest exp(g (l - 1)). */
  final float[] greatest = new float[WIDTH];

  /** R, then its root. */
  final float[] residual = new float[WIDTH];

  /** {@code g T}. */
  final float[] tail = new float[WIDTH];

  /**
   * For each strip {@code exp(g (strip - 1))}, then {@code exp(g T)}, {@code exp(g (sum p_f - 1))}
   * and the maximum factor by which the greatest exponential may be exceeded between places.
   */
  final float[] exponentials;

  VectorGroup(LowPassGrid grid) {
    spectrum = new float[2 * (grid.frequencies + 1) * WIDTH];
    strips = new float[grid.aliasing.length * WIDTH];
    exponentials = new float[strips.length + 3 * WIDTH];
  }

  static FloatVector positiveMax(FloatVector a, FloatVector b) {
    return a.reinterpretAsInts().max(b.reinterpretAsInts()).reinterpretAsFloats();
  }

  static FloatVector positiveMin(FloatVector a, FloatVector b) {
    return a.reinterpretAsInts().min(b.reinterpretAsInts()).reinterpretAsFloats();
  }

  static FloatVector load(float[] array, int at) {
    return FloatVector.fromArray(SPECIES, array, at);
  }

  static FloatVector all(float number) {
    return FloatVector.broadcast(SPECIES, number);
  }
}

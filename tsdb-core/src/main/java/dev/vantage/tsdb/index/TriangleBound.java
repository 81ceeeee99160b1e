package dev.vantage.tsdb.index;

import java.util.Arrays;

/**
 * The bound that holds in every metric space: {@code max over v of |d(q,v) - d(x,v)| <= d(q,x)}
 * (Mic&oacute;, Oncina, Vidal, "A new version of the nearest-neighbour approximating and
 * eliminating search algorithm (AESA) with linear preprocessing time and memory requirements",
 * 1994, doi:10.1016/0167-8655(94)90095-7). The row of a series is its distances to the vantage
 * points.
 *
 * <p><b>Rounding.</b> Let the error of the square of a computed distance be at most e, so that the
 * error of the distance is at most sqrt(e). Conversion to float changes a distance by at most 2^-24
 * of itself, and its own relative error, at most 2^-26, is covered by the same slack. With g the
 * difference of two floats q and x, {@code x <= q + g}, so that the true difference is at least
 *
 * <pre>
 *   g (1 - 2^-24) - 2^-23 q - 2 sqrt(e)
 * </pre>
 *
 * <p>The last two terms widen the query to an interval, which each x is compared with.
 *
 * <p>Immutable.
 */
final class TriangleBound implements VantageBound {
  /** Twice the necessary slack, to cover the rounding of the interval's ends. */
  private static final float RELATIVE_SLACK = 0x1p-22f;

  /** The factor that compensates the rounding error of a square. */
  private static final float KEPT = 1 - 0x1p-20f;

  private static final float LEAST = 1e-15f;

  private final int count;
  private final float slack;

  /**
   * Creates the bound.
   *
   * @param count the number of vantage points
   * @param squaredDistanceError the maximum error of the square of a distance
   */
  TriangleBound(int count, double squaredDistanceError) {
    this.count = count;
    slack = (float) (2 * Math.sqrt(squaredDistanceError) * (1 + 0x1p-20));
  }

  @Override
  public String name() {
    return "triangle";
  }

  @Override
  public int rowSize() {
    return count;
  }

  @Override
  public void coordinates(double[] distances, int from, float[] row) {
    for (int v = 0; v < count; v++) {
      row[v] = (float) distances[from + v];
    }
  }

  @Override
  public void squaredLowerBounds(float[] query, float[] columns, int lanes, float[] bounds) {
    Arrays.fill(bounds, 0, lanes, 0f);
    for (int v = 0; v < count; v++) {
      raise(columns, columns, v * lanes, query[v], bounds, lanes);
    }
    square(bounds, lanes);
  }

  @Override
  public void squaredLowerBounds(
      float[] query, float[][] boxLeast, float[][] boxGreatest, int boxes, float[] bounds) {
    Arrays.fill(bounds, 0, boxes, 0f);
    for (int v = 0; v < count; v++) {
      raise(boxLeast[v], boxGreatest[v], 0, query[v], bounds, boxes);
    }
    square(bounds, boxes);
  }

  @Override
  public float squaredLowerBound(float[] a, float[] b) {
    float[] bound = new float[1];
    squaredLowerBounds(a, b, 1, bound);
    return bound[0];
  }

  /** Raises bounds to the gaps between the interval of one query number and other intervals. */
  private void raise(
      float[] least, float[] greatest, int from, float number, float[] bounds, int lanes) {
    float width = number * RELATIVE_SLACK + slack;
    float low = number - width;
    float high = number + width;
    for (int lane = 0; lane < lanes; lane++) {
      float gap = Math.max(least[from + lane] - high, low - greatest[from + lane]);
      bounds[lane] = Math.max(bounds[lane], gap);
    }
  }

  private static void square(float[] bounds, int lanes) {
    for (int lane = 0; lane < lanes; lane++) {
      // Squares of smaller numbers would be denormal, and not exact enough.
      bounds[lane] = bounds[lane] < LEAST ? 0f : bounds[lane] * bounds[lane] * KEPT;
    }
  }
}

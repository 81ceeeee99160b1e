package dev.vantage.tsdb.index;

import java.util.Arrays;

/**
 * Computes coordinates of a series from its distances to the vantage points, and bounds from
 * coordinates (Connor, Vadicamo, Rabitti, "High-dimensional simplexes for supermetric search",
 * 2017, doi:10.1007/978-3-319-68474-1_7). Immutable.
 *
 * <p>All series lie on a sphere in a Hilbert space; in units of its radius they are unit vectors.
 * With {@code G_ij = k(v_i, v_j) = L L^T} and {@code k = 1 - d^2 / 2}, a series x has coordinates
 * {@code p = L^-1 [k(v_1,x) .. k(v_m,x)]} in the span of the vantage points and a residual {@code r
 * = sqrt(1 - |p|^2)} outside it, and
 *
 * <pre>
 *   |p(q)-p(x)|^2 + (r(q)-r(x))^2  &lt;=  d(q,x)^2
 * </pre>
 *
 * <p>The Cholesky factor is pivoted; a vantage point that is nearly a combination of the others is
 * left out, because it would ruin the conditioning.
 *
 * <p><b>Rounding.</b> Let each similarity, factorisation error included, be off by at most e, let m
 * be the rank and F the Frobenius norm of L^-1. With alpha = G^-1 k the true squared norm of
 * coordinates is {@code max_b 2 b.k - b.G b}, from which follows, with the computed values on the
 * right,
 *
 * <pre>
 *   |p(q)-p(x)|^2  &gt;=  D^2 - e m F^2 D^2 - 4 e sqrt(m) F D
 *   |p(x)|^2 is within  2 e |alpha|_1 + e |alpha|_1^2  of the computed one
 * </pre>
 *
 * <p>so that each residual becomes an interval. Coordinates are kept as floats: as vectors of norm
 * at most 1 they move by at most 2^-24 each.
 */
final class NSimplex implements VantageBound {
  private static final double LEAST_PIVOT = 1e-10;

  /** The maximum relative error of a squared distance by rounding. */
  private static final double MOST_RELATIVE_ERROR = 0.01;

  /** The maximum distance of a float vector of norm about 1 from its exact value. */
  private static final double FLOAT_SHIFT = 2.1 * 0x1p-24;

  private final int[] pivots;
  private final int rank;

  /** Row i of L: entries 0..i, packed. */
  private final double[][] factor;

  private final double squaredRadius;
  private final double similarityError;
  private final double relativeError;
  private final double linearError;

  /**
   * Factors the similarities between the vantage points.
   *
   * @param distances distances between the vantage points, a row for each
   * @param squaredRadius the square of the radius of the sphere, a power of two
   * @param squaredDistanceError the maximum error of the square of a distance
   */
  NSimplex(double[][] distances, double squaredRadius, double squaredDistanceError) {
    this.squaredRadius = squaredRadius;
    int count = distances.length;
    similarityError = squaredDistanceError / squaredRadius / 2 + 8 * (count + 2) * Math.ulp(1.0);
    pivots = new int[count];
    factor = new double[count][];
    double inverseNorm = 0;
    int size = 0;
    double[] remaining = new double[count];
    Arrays.fill(remaining, 1);
    double[][] columns = new double[count][count];
    double[][] inverse = new double[count][];
    while (size < count) {
      int pivot = FarthestFirst.greatest(remaining);
      double[] row = Arrays.copyOf(columns[pivot], size + 1);
      double diagonal = Math.sqrt(Math.max(0, remaining[pivot]));
      row[size] = diagonal;
      double[] inverseRow = inverseRow(row, inverse, size);
      double norm = inverseNorm + dot(inverseRow, inverseRow, size + 1);
      if (!(remaining[pivot] > LEAST_PIVOT)
          || similarityError * (size + 1) * norm > MOST_RELATIVE_ERROR) {
        break;
      }
      pivots[size] = pivot;
      factor[size] = row;
      inverse[size] = inverseRow;
      inverseNorm = norm;
      for (int other = 0; other < count; other++) {
        double entry =
            (similarity(distances[pivot][other]) - dot(columns[other], row, size)) / diagonal;
        columns[other][size] = entry;
        remaining[other] -= entry * entry;
      }
      remaining[pivot] = Double.NEGATIVE_INFINITY;
      size++;
    }
    rank = size;
    relativeError = similarityError * rank * inverseNorm;
    linearError = 4 * similarityError * Math.sqrt(rank * inverseNorm);
  }

  /** Computes the next row of L^-1 from the next row of L and the earlier rows of L^-1. */
  private static double[] inverseRow(double[] row, double[][] inverse, int size) {
    double[] result = new double[size + 1];
    double diagonal = row[size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        result[j] -= row[i] * inverse[i][j] / diagonal;
      }
    }
    result[size] = 1 / diagonal;
    return result;
  }

  private static double dot(double[] a, double[] b, int size) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private double similarity(double distance) {
    return 1 - distance * distance / squaredRadius / 2;
  }

  @Override
  public String name() {
    return "simplex";
  }

  /** {@inheritDoc} The coordinates, then the least and the greatest residual. */
  @Override
  public int rowSize() {
    return rank + 2;
  }

  @Override
  public void coordinates(double[] distances, int from, float[] row) {
    double[] point = new double[rank];
    double squaredNorm = 0;
    for (int i = 0; i < rank; i++) {
      double[] line = factor[i];
      double value = similarity(distances[from + pivots[i]]) - dot(line, point, i);
      point[i] = value / line[i];
      squaredNorm += point[i] * point[i];
      row[i] = (float) point[i];
    }
    double weight = 1.05 * sumOfMagnitudes(weights(point)) + 0.05;
    double error = similarityError * weight * (2 + weight);
    row[rank] = Math.nextDown((float) root(1 - squaredNorm - error));
    row[rank + 1] = Math.nextUp((float) root(1 - squaredNorm + error));
  }

  /** Computes L^-T p: the weight of each vantage point in the projection of a series. */
  private double[] weights(double[] point) {
    double[] weights = point.clone();
    for (int i = rank - 1; i >= 0; i--) {
      weights[i] /= factor[i][i];
      for (int j = 0; j < i; j++) {
        weights[j] -= factor[i][j] * weights[i];
      }
    }
    return weights;
  }

  private static double sumOfMagnitudes(double[] numbers) {
    double sum = 0;
    for (double number : numbers) {
      sum += Math.abs(number);
    }
    return sum;
  }

  private static double root(double square) {
    return Math.sqrt(Math.max(0, square));
  }

  @Override
  public void squaredLowerBounds(float[] query, float[] columns, int lanes, float[] bounds) {
    Arrays.fill(bounds, 0, lanes, 0f);
    for (int i = 0; i < rank; i++) {
      addSquares(columns, i * lanes, query[i], bounds, lanes);
    }
    reduce(bounds, lanes);
    int least = rank * lanes;
    int greatest = least + lanes;
    for (int lane = 0; lane < lanes; lane++) {
      bounds[lane] = bound(bounds[lane], columns[least + lane], columns[greatest + lane], query);
    }
  }

  @Override
  public void squaredLowerBounds(
      float[] query, float[][] boxLeast, float[][] boxGreatest, int boxes, float[] bounds) {
    Arrays.fill(bounds, 0, boxes, 0f);
    for (int i = 0; i < rank; i++) {
      addSquares(boxLeast[i], boxGreatest[i], query[i], bounds, boxes);
    }
    reduce(bounds, boxes);
    float[] least = boxLeast[rank];
    float[] greatest = boxGreatest[rank + 1];
    for (int box = 0; box < boxes; box++) {
      bounds[box] = bound(bounds[box], least[box], greatest[box], query);
    }
  }

  private static void addSquares(
      float[] least, float[] greatest, float number, float[] sums, int lanes) {
    for (int lane = 0; lane < lanes; lane++) {
      float apart = Math.max(Math.max(least[lane] - number, number - greatest[lane]), 0f);
      sums[lane] += apart * apart;
    }
  }

  private static void addSquares(
      float[] columns, int column, float number, float[] sums, int lanes) {
    for (int lane = 0; lane < lanes; lane++) {
      float difference = columns[column + lane] - number;
      sums[lane] += difference * difference;
    }
  }

  /** Reduces sums of squares by the maximum rounding error: {@code a (1 - e) - b sqrt(a)}. */
  private void reduce(float[] sums, int lanes) {
    // The relative error of a float sum of rank squares is at most (rank + 2) 2^-24.
    float kept = (float) (1 - (rank + 2) * 0x1p-23 - relativeError - 0x1p-20);
    float lost = (float) ((2 * FLOAT_SHIFT + linearError) * (1 + 0x1p-20));
    for (int lane = 0; lane < lanes; lane++) {
      sums[lane] = Math.max(sums[lane] * kept - lost * (float) Math.sqrt(sums[lane]), 0f);
    }
  }

  /** Returns the bound from the squared distance of coordinates and the intervals of residuals. */
  private float bound(float apart, float least, float greatest, float[] query) {
    float gap = Math.max(Math.max(least - query[rank + 1], query[rank] - greatest), 0f);
    return (apart + gap * gap) * (1 - 0x1p-20f) * (float) squaredRadius;
  }

  @Override
  public float squaredLowerBound(float[] a, float[] b) {
    float[] sum = new float[1];
    for (int i = 0; i < rank; i++) {
      float difference = b[i] - a[i];
      sum[0] += difference * difference;
    }
    reduce(sum, 1);
    return bound(sum[0], b[rank], b[rank + 1], a);
  }
}

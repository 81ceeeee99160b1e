package dev.vantage.tsdb.index;

import dev.vantage.tsdb.metric.Geometry;
import dev.vantage.tsdb.metric.Metric;

/**
 * Lower bounds on the distances between series, from their distances to the vantage points alone.
 * Each series has a row of coordinates; two rows give a bound. Immutable.
 */
public interface VantageBound {

  /**
   * The best bound that a metric allows: the n-simplex between points on a sphere in a Hilbert
   * space, else the triangle inequality.
   *
   * @param distances distances between the vantage points, a row for each
   */
  static VantageBound of(double[][] distances, Metric metric) {
    return metric.geometry() == Geometry.SPHERE
        ? new NSimplex(distances, metric.squaredRadius(), errorOnSphere(metric))
        : new TriangleBound(distances.length, metric.squaredDistanceError());
  }

  /** The greatest error of a squared distance: no two points are farther apart than a diameter. */
  private static double errorOnSphere(Metric metric) {
    double squaredDiameter = 4 * metric.squaredRadius();
    return metric.squaredDistanceError() + 3 * metric.relativeDistanceError() * squaredDiameter;
  }

  /** Returns the maximum count of numbers per row for a number of vantage points and any metric. */
  static int greatestRowSize(int vantagePoints) {
    return vantagePoints + 2;
  }

  /** Returns the name under which a search reports how many series this bound ruled out. */
  String name();

  /** Returns the count of numbers per row. */
  int rowSize();

  /**
   * Computes the row of a series.
   *
   * @param distances the array that holds its distances to the vantage points
   * @param from their first index
   * @param row receives the row
   */
  void coordinates(double[] distances, int from, float[] row);

  /**
   * Computes lower bounds on the squares of the true distances from one series to several.
   *
   * @param query the row of the one series
   * @param columns the rows of the others, by columns: number i of lane j is {@code columns[i *
   *     lanes + j]}
   * @param lanes the number of other series
   * @param bounds receives the bounds
   */
  void squaredLowerBounds(float[] query, float[] columns, int lanes, float[] bounds);

  /**
   * Computes lower bounds on the squares of the true distances from one series to all series in
   * boxes.
   *
   * @param query the row of the series
   * @param boxLeast the least numbers of rows in box j are {@code boxLeast[..][j]}
   * @param boxGreatest the greatest numbers
   * @param boxes the number of boxes
   * @param bounds receives the bounds
   */
  void squaredLowerBounds(
      float[] query, float[][] boxLeast, float[][] boxGreatest, int boxes, float[] bounds);

  /**
   * Returns a lower bound on the square of the true distance between two series, from their rows.
   */
  float squaredLowerBound(float[] a, float[] b);
}

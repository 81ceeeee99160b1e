package dev.vantage.tsdb.search;

import dev.vantage.tsdb.index.BoundingBoxes;
import dev.vantage.tsdb.index.VantageBound;
import dev.vantage.tsdb.index.VantageTable;
import dev.vantage.tsdb.index.table.FloatColumns;
import java.util.Arrays;

/**
 * Lower bounds on the distances from one query, computed only from its distances to the vantage
 * points. Immutable.
 */
public final class LowerBounds {
  private final VantageTable table;
  private final VantageBound bound;
  private final double[] query;
  private final float[] queryCoordinates;
  private final double squaredError;
  private final double relativeError;
  private final double farthest;

  /**
   * Creates the bounds for one query.
   *
   * @param query its distances to the vantage points of the table
   * @param squaredError the maximum error of the square of a computed distance
   * @param relativeError the maximum error of a computed distance as a part of it, in addition
   */
  public LowerBounds(
      VantageTable table, double[] query, double squaredError, double relativeError) {
    this.table = table;
    this.query = query;
    this.squaredError = squaredError;
    this.relativeError = relativeError;
    farthest = Arrays.stream(query).max().orElse(0);
    bound = table.bound();
    queryCoordinates = new float[bound.rowSize()];
    bound.coordinates(query, 0, queryCoordinates);
  }

  /** Returns the name under which a search reports how many series these bounds ruled out. */
  String name() {
    return bound.name();
  }

  /**
   * Returns the greatest true squared distance of a series whose computed distance is within a
   * limit. Only series that are certainly beyond it may be skipped.
   */
  double squaredReach(double limit) {
    return limit * limit * (1 + 4 * relativeError) + squaredError;
  }

  /**
   * Returns a limit that no computed distance falls below, for series with this lower bound on
   * their true squared distance.
   */
  double certainlyBeyond(double squaredBound) {
    return Math.sqrt(Math.max(0, squaredBound - squaredError)) * (1 - 2 * relativeError);
  }

  /**
   * Returns the maximum difference of two computed distances to a vantage point, for a series
   * within a limit. Each of the two distances may be wrong by the root of the squared error; this
   * worst case occurs near distance 0. Relative errors count, too.
   */
  double annulusReach(double limit) {
    double reach = Math.sqrt(squaredReach(limit));
    return reach * (1 + 3 * relativeError)
        + 3 * relativeError * farthest
        + 2 * Math.sqrt(squaredError);
  }

  public double queryDistance(int vantagePoint) {
    return query[vantagePoint];
  }

  /** Computes lower bounds on the squares of the true distances to all series of a block. */
  void squaredBounds(int block, float[] bounds) {
    float[] numbers = table.coordinates().numbers(block);
    bound.squaredLowerBounds(queryCoordinates, numbers, FloatColumns.LANES, bounds);
  }

  /**
   * Returns, for each of the first blocks, a lower bound on the squares of the true distances to
   * all its series.
   */
  float[] squaredBoundsOfBlocks(int blocks) {
    BoundingBoxes.Bounds boxes = table.boxes().bounds();
    float[] bounds = new float[blocks];
    int boxed = Math.min(blocks, boxes.blocks());
    bound.squaredLowerBounds(queryCoordinates, boxes.least(), boxes.greatest(), boxed, bounds);
    return bounds;
  }

  /** Returns a lower bound on the square of the true distance to one series. */
  float squaredBound(int ordinal) {
    FloatColumns coordinates = table.coordinates();
    float[] row = new float[coordinates.columns()];
    coordinates.get(ordinal, row);
    return bound.squaredLowerBound(queryCoordinates, row);
  }
}

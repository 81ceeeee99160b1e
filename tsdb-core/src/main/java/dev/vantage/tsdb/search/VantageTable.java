package dev.vantage.tsdb.search;

import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.tree.OrdinalSort;
import dev.vantage.tsdb.tree.RedBlackTree;
import java.util.function.IntFunction;

/**
 * Everything that depends on which series are vantage points: for each series the row of its
 * distances to them and its coordinates, and for each vantage point the tree of those distances.
 * Another set of vantage points is another table.
 *
 * <p>Rows are appended by the one writer and read without locks. Trees change in place; their owner
 * guards them.
 */
final class VantageTable {
  private static final int ORDINALS_AT_ONCE = 1 << 12;

  private final int[] vantagePoints;
  private final DoubleRows distances;
  private final FloatRows coordinates;
  private final NSimplex simplex;
  private final RedBlackTree[] trees;

  /**
   * A table for a set of vantage points.
   *
   * @param vantagePoints their ordinals
   * @param distances the rows of distances, already filled for every live ordinal
   * @param live the live ordinals
   */
  VantageTable(
      int[] vantagePoints, DoubleRows distances, int[] live, Metric metric, Coprocessor pool) {
    this(vantagePoints, distances, live, v -> sorted(distances, v, live), metric, pool);
  }

  /**
   * A table whose orders are known.
   *
   * @param orders the live ordinals in the order of each tree, called once for each, on the pool
   */
  VantageTable(
      int[] vantagePoints,
      DoubleRows distances,
      int[] live,
      IntFunction<int[]> orders,
      Metric metric,
      Coprocessor pool) {
    this.vantagePoints = vantagePoints;
    this.distances = distances;
    double[][] between = new double[vantagePoints.length][vantagePoints.length];
    for (int i = 0; i < vantagePoints.length; i++) {
      int ordinal = vantagePoints[i];
      System.arraycopy(
          distances.block(ordinal), distances.offset(ordinal), between[i], 0, between.length);
    }
    simplex = new NSimplex(between, metric.squaredDistanceError());
    coordinates = new FloatRows(simplex.rowSize());
    for (int ordinal : live) {
      coordinates.blockToWrite(ordinal);
    }
    pool.forEach(
        live.length,
        ORDINALS_AT_ONCE,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            computeCoordinates(live[i]);
          }
        });
    trees = new RedBlackTree[vantagePoints.length];
    pool.forEach(
        trees.length,
        1,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int vantagePoint = i;
            int[] order = orders.apply(i);
            trees[i] = RedBlackTree.ofSorted(o -> distance(vantagePoint, o), order, order.length);
          }
        });
  }

  static VantageTable empty(Metric metric, Coprocessor pool) {
    return new VantageTable(new int[0], new DoubleRows(0), new int[0], metric, pool);
  }

  private static int[] sorted(DoubleRows distances, int vantagePoint, int[] live) {
    int[] ordinals = live.clone();
    OrdinalSort.sort(
        ordinals, 0, ordinals.length, o -> distances.block(o)[distances.offset(o) + vantagePoint]);
    return ordinals;
  }

  /** Ordinals of the vantage points, in the order in which they were chosen; not to be changed. */
  int[] vantagePoints() {
    return vantagePoints;
  }

  int size() {
    return vantagePoints.length;
  }

  int positionOf(int ordinal) {
    for (int i = 0; i < vantagePoints.length; i++) {
      if (vantagePoints[i] == ordinal) {
        return i;
      }
    }
    return -1;
  }

  double distance(int vantagePoint, int ordinal) {
    return distances.block(ordinal)[distances.offset(ordinal) + vantagePoint];
  }

  DoubleRows distances() {
    return distances;
  }

  FloatRows coordinates() {
    return coordinates;
  }

  NSimplex simplex() {
    return simplex;
  }

  RedBlackTree tree(int vantagePoint) {
    return trees[vantagePoint];
  }

  /** Writes the rows of a new ordinal; the trees do not know it yet. */
  void set(int ordinal, double[] row) {
    distances.set(ordinal, row, 0);
    coordinates.blockToWrite(ordinal);
    computeCoordinates(ordinal);
  }

  private void computeCoordinates(int ordinal) {
    simplex.coordinates(
        distances.block(ordinal),
        distances.offset(ordinal),
        coordinates.block(ordinal),
        coordinates.offset(ordinal));
  }

  /** Makes ready, beside searches, for a change of the trees that they would have to wait for. */
  void prepareTrees(Coprocessor pool) {
    pool.forEach(
        trees.length,
        1,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            trees[i].prepareForChange();
          }
        });
  }

  /** Puts new ordinals into every tree and takes removed ones out. */
  void updateTrees(int[] removed, int firstAdded, int endAdded) {
    for (RedBlackTree tree : trees) {
      for (int ordinal : removed) {
        tree.delete(ordinal);
      }
      for (int ordinal = firstAdded; ordinal < endAdded; ordinal++) {
        tree.insert(ordinal);
      }
    }
  }

  long bytes(int end) {
    return distances.bytes() + coordinates.bytes() + (long) trees.length * end * 4 * Integer.BYTES;
  }
}

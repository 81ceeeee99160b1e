package dev.vantage.tsdb.index;

import dev.vantage.tsdb.index.table.DoubleRows;
import dev.vantage.tsdb.index.table.FloatColumns;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.pool.Coprocessor;
import dev.vantage.tsdb.tree.Keys;
import dev.vantage.tsdb.tree.OrdinalSort;
import dev.vantage.tsdb.tree.RedBlackTree;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * All data that depends on the choice of vantage points: for each series the row of its distances
 * to the vantage points and its coordinates; for each vantage point the tree of these distances.
 * Another set of vantage points needs another table.
 *
 * <p>Rows are appended by the single writer and read without locks. Trees change in place; their
 * owner guards them.
 */
public final class VantageTable {
  private static final int BLOCKS_AT_ONCE = 16;

  /** Fewer changes per tree are made on the calling thread. */
  private static final int LEAST_SHARED = 16;

  private final int[] vantagePoints;
  private final DoubleRows distances;
  private final FloatColumns coordinates;
  private final BoundingBoxes boxes;
  private final VantageBound bound;
  private final RedBlackTree[] trees;

  /**
   * Creates a table for a set of vantage points.
   *
   * @param vantagePoints their ordinals
   * @param distances the rows of distances, already filled for every live ordinal
   * @param live the live ordinals
   */
  public VantageTable(
      int[] vantagePoints, DoubleRows distances, int[] live, Metric metric, Coprocessor pool) {
    this(
        vantagePoints,
        distances,
        Optional.empty(),
        live,
        v -> sortedTree(distances, v, live),
        metric,
        pool);
  }

  /**
   * Creates a table from known coordinates and trees.
   *
   * @param known the coordinates of the first ordinals, if known; all others are computed
   * @param treeSource creates the tree of each vantage point, once, on the pool
   * @throws IllegalArgumentException if the coordinates have the wrong size
   */
  public VantageTable(
      int[] vantagePoints,
      DoubleRows distances,
      Optional<KnownCoordinates> known,
      int[] live,
      IntFunction<RedBlackTree> treeSource,
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
    bound = VantageBound.of(between, metric);
    coordinates = known.map(KnownCoordinates::rows).orElse(new FloatColumns(bound.rowSize()));
    if (coordinates.columns() != bound.rowSize()) {
      throw new IllegalArgumentException(
          "coordinates must be those of the vantage points: size="
              + coordinates.columns()
              + ", wanted="
              + bound.rowSize());
    }
    boxes = new BoundingBoxes(bound.rowSize());
    computeCoordinates(live, known.map(KnownCoordinates::end).orElse(0), pool);
    trees = new RedBlackTree[vantagePoints.length];
    pool.forEach(
        trees.length,
        1,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            trees[i] = treeSource.apply(i);
          }
        });
  }

  /** The coordinates of all ordinals below an end. */
  public record KnownCoordinates(FloatColumns rows, int end) {}

  /**
   * Computes the coordinates of all ordinals from a given one on, and the boxes. Threads share the
   * work by whole blocks.
   */
  private void computeCoordinates(int[] live, int firstOrdinal, Coprocessor pool) {
    if (live.length == 0) {
      return;
    }
    for (int ordinal : live) {
      coordinates.blockToWrite(ordinal);
    }
    int blocks = FloatColumns.block(live[live.length - 1]) + 1;
    boxes.reserve(blocks);
    pool.forEach(
        blocks,
        BLOCKS_AT_ONCE,
        (from, to) -> {
          float[] row = new float[bound.rowSize()];
          int end = place(live, to * FloatColumns.LANES);
          for (int i = place(live, from * FloatColumns.LANES); i < end; i++) {
            if (live[i] < firstOrdinal) {
              coordinates.get(live[i], row);
            } else {
              computeCoordinates(live[i], row);
            }
            boxes.widen(FloatColumns.block(live[i]), row);
          }
        });
  }

  /** Returns the position of an ordinal, or its insertion point. */
  private static int place(int[] live, int ordinal) {
    int place = Arrays.binarySearch(live, ordinal);
    return place < 0 ? -1 - place : place;
  }

  private static RedBlackTree sortedTree(DoubleRows distances, int vantagePoint, int[] live) {
    Keys keys = keys(distances, vantagePoint);
    int[] ordinals = live.clone();
    OrdinalSort.sort(ordinals, 0, ordinals.length, keys);
    return RedBlackTree.ofSorted(keys, ordinals, ordinals.length);
  }

  /** Returns the distances to a vantage point as the keys of its tree. */
  public static Keys keys(DoubleRows distances, int vantagePoint) {
    return ordinal -> distances.block(ordinal)[distances.offset(ordinal) + vantagePoint];
  }

  private VantageTable(VantageTable other, RedBlackTree[] trees) {
    vantagePoints = other.vantagePoints;
    distances = other.distances;
    coordinates = other.coordinates;
    boxes = other.boxes;
    bound = other.bound;
    this.trees = trees;
  }

  public static VantageTable empty(Metric metric, Coprocessor pool) {
    return new VantageTable(new int[0], new DoubleRows(0), new int[0], metric, pool);
  }

  /** Returns the vantage points in the order in which they were chosen; must not be changed. */
  public int[] vantagePoints() {
    return vantagePoints;
  }

  public int size() {
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

  public DoubleRows distances() {
    return distances;
  }

  public FloatColumns coordinates() {
    return coordinates;
  }

  /** Returns a box around the coordinates of each block. */
  public BoundingBoxes boxes() {
    return boxes;
  }

  public VantageBound bound() {
    return bound;
  }

  public RedBlackTree tree(int vantagePoint) {
    return trees[vantagePoint];
  }

  /** Writes the rows of a new ordinal. The trees do not have it yet. */
  void set(int ordinal, double[] row) {
    distances.set(ordinal, row, 0);
    boxes.reserve(FloatColumns.block(ordinal) + 1);
    float[] point = new float[bound.rowSize()];
    computeCoordinates(ordinal, point);
    boxes.widen(FloatColumns.block(ordinal), point);
  }

  private void computeCoordinates(int ordinal, float[] row) {
    bound.coordinates(distances.block(ordinal), distances.offset(ordinal), row);
    coordinates.set(ordinal, row);
  }

  /** Prepares a change of the trees while searches run, so that the change itself is short. */
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

  /** Inserts new ordinals into every tree and deletes removed ones, with one thread per tree. */
  void updateTrees(int[] removed, int firstAdded, int endAdded, Coprocessor pool) {
    Coprocessor.RangeTask update =
        (from, to) -> {
          for (int v = from; v < to; v++) {
            for (int ordinal : removed) {
              trees[v].delete(ordinal);
            }
            for (int ordinal = firstAdded; ordinal < endAdded; ordinal++) {
              trees[v].insert(ordinal);
            }
          }
        };
    if (removed.length + endAdded - firstAdded < LEAST_SHARED) {
      update.run(0, trees.length);
    } else {
      pool.forEach(trees.length, 1, update);
    }
  }

  /**
   * Returns the same table with new trees of the live ordinals, in linear time. The trees of this
   * table are unchanged.
   *
   * @param firstAdded the ordinals from here on are in no tree yet
   */
  VantageTable withNewTrees(LiveOrdinals live, int firstAdded, Coprocessor pool) {
    RedBlackTree[] newTrees = new RedBlackTree[trees.length];
    pool.forEach(
        trees.length,
        1,
        (from, to) -> {
          for (int v = from; v < to; v++) {
            newTrees[v] = newTree(v, live, firstAdded);
          }
        });
    return new VantageTable(this, newTrees);
  }

  private RedBlackTree newTree(int vantagePoint, LiveOrdinals live, int firstAdded) {
    RedBlackTree old = trees[vantagePoint];
    int[] before = new int[old.size()];
    old.collect(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, before, 0);
    int[] ordinals = new int[live.count()];
    int size = 0;
    for (int ordinal : before) {
      if (live.contains(ordinal)) {
        ordinals[size++] = ordinal;
      }
    }
    for (int o = live.next(firstAdded); o < live.end(); o = live.next(o + 1)) {
      ordinals[size++] = o;
    }
    // The merge sort is fast, because the first ordinals are sorted already.
    OrdinalSort.sort(ordinals, 0, size, o -> distance(vantagePoint, o));
    return RedBlackTree.ofSorted(o -> distance(vantagePoint, o), ordinals, size);
  }

  /**
   * Returns the same table under new ordinals.
   *
   * @param newDistances the rows of distances by new ordinal
   * @param newOrdinals the new ordinals by old ordinal
   */
  VantageTable packed(
      DoubleRows newDistances, int[] newOrdinals, int count, Metric metric, Coprocessor pool) {
    return new VantageTable(
        Arrays.stream(vantagePoints).map(old -> newOrdinals[old]).toArray(),
        newDistances,
        Optional.empty(),
        IntStream.range(0, count).toArray(),
        v -> packedTree(v, newDistances, newOrdinals, count),
        metric,
        pool);
  }

  private RedBlackTree packedTree(
      int vantagePoint, DoubleRows newDistances, int[] newOrdinals, int count) {
    int[] order = new int[count];
    trees[vantagePoint].collect(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, order, 0);
    for (int i = 0; i < count; i++) {
      order[i] = newOrdinals[order[i]];
    }
    // The ordinals are sorted, except among equal distances.
    Keys keys = keys(newDistances, vantagePoint);
    OrdinalSort.sort(order, 0, count, keys);
    return RedBlackTree.ofSorted(keys, order, count);
  }

  long bytes() {
    long treeBytes = Arrays.stream(trees).mapToLong(RedBlackTree::bytes).sum();
    return distances.bytes() + coordinates.bytes() + boxes.bytes() + treeBytes;
  }
}

package dev.vantage.tsdb.index.image;

import dev.vantage.tsdb.index.KeyMap;
import dev.vantage.tsdb.index.LiveOrdinals;
import dev.vantage.tsdb.index.SeriesDirectory;
import dev.vantage.tsdb.index.SketchTable;
import dev.vantage.tsdb.index.VantageIndex;
import dev.vantage.tsdb.index.VantageTable;
import dev.vantage.tsdb.index.table.DoubleRows;
import dev.vantage.tsdb.index.table.FloatColumns;
import dev.vantage.tsdb.tree.OrdinalSort;
import dev.vantage.tsdb.tree.RedBlackTree;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Builds an index from an {@linkplain IndexImage image} and the changes since, and replaces the
 * content of the index with it. Not thread-safe, except that parts may be read concurrently. First
 * all parts are read, then series are removed and added, then the index is published. No distance
 * is computed, and each tree is read as its order. An image that lacks a series or has one twice is
 * refused; whether orders and coordinates match the distances is verified by checksums of the
 * storage, a sample, and {@link #check}.
 *
 * <p>{@link #read} may run on several threads at once.
 */
public final class IndexLoad {
  /** The maximum relative difference of two numbers computed from the same series. */
  private static final double CLOSE = 1e-5;

  private final VantageIndex index;
  private final int series;
  private final List<Long> vantagePoints;
  private final SeriesDirectory directory;
  private final DoubleRows distances;
  private final FloatBlockColumn coordinates;
  private final SketchTable sketches;
  private final int[][] orders;
  private final List<ImageColumn> columns;
  private final Map<String, ImageColumn> columnsByName;
  private int[] removed = new int[8];
  private int removals;
  private Optional<KeyMap> numbers = Optional.empty();
  private int end;

  /**
   * Begins to load an image. Only one change of an index may be in progress.
   *
   * @param index the index whose content it replaces when it is published
   * @param series the number of series in the image
   * @param vantagePoints the storage keys of the vantage points, in their order
   * @throws IllegalArgumentException if there is no series
   */
  public IndexLoad(VantageIndex index, int series, List<Long> vantagePoints) {
    if (series < 1) {
      throw new IllegalArgumentException("an image must have series: series=" + series);
    }
    this.index = index;
    this.series = series;
    this.vantagePoints = vantagePoints;
    directory = new SeriesDirectory(series);
    distances = new DoubleRows(vantagePoints.size());
    distances.reserve(series);
    orders = new int[vantagePoints.size()][series];
    coordinates = IndexImage.coordinates(orders.length, series, Optional.empty(), new int[0]);
    sketches = new SketchTable(index.metric());
    sketches.reserve(series);
    columns =
        IndexImage.columns(directory, distances, coordinates, sketches, new int[0], series, orders);
    columnsByName =
        columns.stream().collect(Collectors.toMap(ImageColumn::name, Function.identity()));
    end = series;
  }

  /** {@return all parts to read} */
  public List<IndexImage.Part> parts() {
    return IndexImage.parts(columns, series);
  }

  /**
   * Reads a part.
   *
   * @param part the part; each part is read once
   * @param content its bytes
   * @throws IllegalArgumentException if the bytes cannot be those of the part
   */
  public void read(IndexImage.Part part, byte[] content) {
    ImageColumn column = Objects.requireNonNull(columnsByName.get(part.column()), part.column());
    int from = part.number() * column.rowsPerPart();
    column.read(content, from, (int) Math.min((long) from + column.rowsPerPart(), series));
  }

  /**
   * Looks for a series of the image.
   *
   * @param storageKey its key in the storage
   * @return its number, or empty
   */
  public OptionalInt find(long storageKey) {
    if (numbers.isEmpty()) {
      numbers = Optional.of(numbersByKey());
    }
    int number = numbers.get().find(storageKey);
    return number < 0 ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /**
   * Returns the id of a series.
   *
   * @param number the number of the series
   * @return the id
   */
  public String id(int number) {
    return directory.id(number);
  }

  /**
   * Returns the distances of a series to the vantage points.
   *
   * @param number the number of the series
   * @return its distances, in the order of the vantage points
   */
  public double[] distances(int number) {
    int offset = distances.offset(number);
    return Arrays.copyOfRange(distances.block(number), offset, offset + distances.rowSize());
  }

  /**
   * Adds up a number for each series, as removed and added so far.
   *
   * @param ofKey the number of a series by its storage key
   * @return the sum, modulo 2^64
   */
  public long sum(LongUnaryOperator ofKey) {
    long all = IntStream.range(0, end).mapToLong(directory::key).map(ofKey).sum();
    long gone = IntStream.of(removed).limit(removals).mapToLong(directory::key).map(ofKey).sum();
    return all - gone;
  }

  /**
   * Removes a series of the image.
   *
   * @param number its number, which was not removed before
   */
  public void remove(int number) {
    if (removals == removed.length) {
      removed = Arrays.copyOf(removed, 2 * removals);
    }
    removed[removals++] = number;
  }

  /**
   * Adds a stored series. Its row is read from the storage when needed.
   *
   * @param id its id
   * @param storageKey its key in the storage
   * @param row the prepared series, which is not kept
   * @param toVantagePoints its distances to the vantage points, in their order
   */
  public void add(String id, long storageKey, double[] row, double[] toVantagePoints) {
    directory.set(end, id, storageKey);
    distances.set(end, toVantagePoints, 0);
    float[] sketch = new float[sketches.size()];
    index.metric().sketch(row, 0, sketch, 0);
    sketches.set(end, sketch);
    end++;
  }

  /**
   * Makes the index visible to all searches that begin afterwards.
   *
   * @param vantageRows the prepared series of the vantage points, in their order; not to be changed
   *     any more
   * @throws IllegalArgumentException if the image contradicts itself; then nothing has changed
   */
  public void publish(double[][] vantageRows) {
    int[] gone = Arrays.copyOf(removed, removals);
    LiveOrdinals live = LiveOrdinals.empty().extended(end).without(gone);
    for (int number : gone) {
      directory.unlink(number);
    }
    for (int number = series; number < end; number++) {
      directory.link(number);
    }
    index.replace(live, series, directory, sketches, table(live), vantageRows);
  }

  /**
   * Checks an image without publishing it: every order and all coordinates.
   *
   * @throws IllegalArgumentException if it contradicts itself
   */
  public void check() {
    VantageTable fresh =
        new VantageTable(
            vantageOrdinals(),
            distances,
            Optional.empty(),
            IntStream.range(0, series).toArray(),
            v -> RedBlackTree.ofSorted(VantageTable.keys(distances, v), orders[v], series),
            index.metric(),
            index.pool());
    FloatColumns stored = coordinates.columns().orElseThrow();
    float[] wanted = new float[fresh.coordinates().columns()];
    float[] found = new float[stored.columns()];
    for (int number = 0; number < series; number++) {
      fresh.coordinates().get(number, wanted);
      stored.get(number, found);
      if (!areClose(wanted, found)) {
        throw new IllegalArgumentException(
            "coordinates must match the distances: id=" + id(number));
      }
    }
  }

  /**
   * Returns whether the stored sketch of a series is the sketch of its row.
   *
   * @param number its number
   * @param row the prepared series
   * @return whether the sketch is correct
   */
  public boolean hasSketchOf(int number, double[] row) {
    float[] wanted = new float[sketches.size()];
    float[] found = new float[sketches.size()];
    index.metric().sketch(row, 0, wanted, 0);
    sketches.get(number, found);
    return areClose(wanted, found);
  }

  /** Compares approximately, because another processor may round differently. */
  private static boolean areClose(float[] wanted, float[] found) {
    boolean close = wanted.length == found.length;
    for (int i = 0; close && i < wanted.length; i++) {
      close = Math.abs(wanted[i] - found[i]) <= CLOSE * (1 + Math.abs(wanted[i]));
    }
    return close;
  }

  private KeyMap numbersByKey() {
    long[] keys = new long[series];
    Arrays.setAll(keys, directory::key);
    return new KeyMap(keys);
  }

  private int[] vantageOrdinals() {
    return vantagePoints.stream().mapToInt(this::vantageOrdinal).toArray();
  }

  private int vantageOrdinal(long key) {
    return find(key)
        .orElseThrow(
            () -> new IllegalArgumentException("a vantage point must be a series: key=" + key));
  }

  private VantageTable table(LiveOrdinals live) {
    return new VantageTable(
        vantageOrdinals(),
        distances,
        coordinates.columns().map(all -> new VantageTable.KnownCoordinates(all, series)),
        live.toArray(),
        v -> RedBlackTree.ofOrder(VantageTable.keys(distances, v), order(v, live), end),
        index.metric(),
        index.pool());
  }

  /**
   * Returns the order of one tree: the order of the image, without removed series and with added
   * ones.
   */
  private int[] order(int vantagePoint, LiveOrdinals live) {
    int[] old = orders[vantagePoint];
    orders[vantagePoint] = new int[0]; // limits memory: not all orders beside all trees
    if (removals == 0 && end == series) {
      return old; // the constructor of the tree checks that the order has every series
    }
    if (IntStream.of(old).filter(live::contains).count() + end - series != live.count()) {
      throw new IllegalArgumentException(
          "an order must have every series once: vantage point=" + vantagePoint);
    }
    int[] added = IntStream.range(series, end).toArray();
    OrdinalSort.sort(added, 0, added.length, o -> distance(vantagePoint, o));
    int[] order = new int[live.count()];
    int size = 0;
    int next = 0;
    for (int ordinal : old) {
      if (live.contains(ordinal)) {
        double distance = distance(vantagePoint, ordinal);
        // Equal distances: the old ordinal is the smaller one.
        while (next < added.length && distance(vantagePoint, added[next]) < distance) {
          order[size++] = added[next++];
        }
        order[size++] = ordinal;
      }
    }
    System.arraycopy(added, next, order, size, added.length - next);
    return order;
  }

  private double distance(int vantagePoint, int ordinal) {
    return distances.block(ordinal)[distances.offset(ordinal) + vantagePoint];
  }
}

package dev.vantage.tsdb.index;

import dev.vantage.tsdb.index.column.AttributeTable;
import dev.vantage.tsdb.index.table.DoubleRows;
import dev.vantage.tsdb.index.table.FloatColumns;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.series.AttributeValue;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One change of an index: series added and removed, optionally another set of vantage points. Not
 * thread-safe. The change is prepared beside the current state, invisible to searches, and then
 * published atomically. A change that is never published has no effect.
 */
public final class IndexUpdate {
  /** Trees are rebuilt if at least one in this many series is new. */
  private static final int LEAST_REBUILT = 8;

  private final VantageIndex index;
  private final IndexState base;
  private final int first;
  private int end;
  private int[] removed = new int[8];
  private int removals;
  private VantageTable table;
  private double[][] vantageRows;
  private Optional<AttributeTable> attributes;

  /** Whether {@link #attributes} is a copy, in which published attributes may be replaced. */
  private boolean replacesAttributes;

  /**
   * Begins a change of an index. Only one change may be in progress.
   *
   * @param index the index
   * @return the change, invisible to searches until it is published
   */
  public static IndexUpdate of(VantageIndex index) {
    return new IndexUpdate(index, index.state());
  }

  /**
   * Begins a change that replaces all series of an index. Only one change may be in progress.
   *
   * @param index the index
   * @return the change, which starts with an empty index
   */
  public static IndexUpdate replacing(VantageIndex index) {
    return new IndexUpdate(index, index.emptyState());
  }

  private IndexUpdate(VantageIndex index, IndexState base) {
    this.index = index;
    this.base = base;
    table = base.vantage();
    vantageRows = base.vantageRows();
    attributes = base.attributes();
    base.rows().settle();
    first = base.live().end();
    end = first;
  }

  /**
   * Orders many series before they are added. In this order similar series share blocks, so fewer
   * blocks are within reach of a search.
   *
   * @param distances for each series its distances to the current vantage points
   * @return the positions of the series, in that order; the same input gives the same order
   */
  public int[] nearTogether(List<double[]> distances) {
    int[] positions = IntStream.range(0, distances.size()).toArray();
    if (distances.size() <= FloatColumns.LANES) {
      return positions;
    }
    float[] row = new float[table.size()];
    FloatColumns columns = new FloatColumns(row.length);
    for (int position : positions) {
      for (int v = 0; v < row.length; v++) {
        row[v] = (float) distances.get(position)[v];
      }
      columns.set(position, row);
    }
    return BlockOrder.order(columns, positions, index.pool());
  }

  /**
   * Adds a series. Its distances follow, by {@link #setDistances} or {@link #setVantagePoints}.
   *
   * @param id its id, which no series has after this update's removals
   * @param storageKey its key in the storage
   * @param row the prepared series; must not be changed afterwards
   * @return its ordinal
   */
  public int add(String id, long storageKey, double[] row) {
    int ordinal = addStored(id, storageKey, row);
    base.rows().put(ordinal, row);
    return ordinal;
  }

  /**
   * Adds a stored series. Its row is read from the storage when needed. Its distances follow.
   *
   * @param id its id, which no series has after this update's removals
   * @param storageKey its key in the storage
   * @param row the prepared series, which is not kept
   * @return its ordinal
   */
  public int addStored(String id, long storageKey, double[] row) {
    int ordinal = end++;
    base.directory().set(ordinal, id, storageKey);
    base.rows().putStored(ordinal);
    base.sketches().set(ordinal, sketch(row));
    return ordinal;
  }

  private float[] sketch(double[] row) {
    float[] sketch = new float[index.metric().sketchSize()];
    index.metric().sketch(row, 0, sketch, 0);
    return sketch;
  }

  /** {@return whether the index has attributes, so that each added series must be given its own} */
  public boolean hasAttributes() {
    return attributes.isPresent();
  }

  /**
   * Gives an added series its attributes.
   *
   * @param ordinal the ordinal of the series
   * @param values the values by name, each of the type that all others of that name have
   */
  public void setAttributes(int ordinal, Map<String, AttributeValue> values) {
    attributes.orElseThrow().set(ordinal, values);
  }

  /**
   * Replaces all attributes of a series of the published state. Its ordinal, row and distances
   * stay. Searches that see the published state keep seeing the old attributes.
   *
   * @param ordinal the ordinal of the series
   * @param values the values by name, each of the type that all others of that name have
   */
  public void replaceAttributes(int ordinal, Map<String, AttributeValue> values) {
    if (!replacesAttributes) {
      attributes = Optional.of(attributes.orElseThrow().copy());
      replacesAttributes = true;
    }
    attributes.orElseThrow().replace(ordinal, values);
  }

  /**
   * Gives an added series its distances to the current vantage points.
   *
   * @param ordinal the ordinal of the series
   * @param distances one for each vantage point, in their order
   */
  public void setDistances(int ordinal, double[] distances) {
    table.set(ordinal, distances);
  }

  /**
   * Removes a series.
   *
   * @param ordinal its ordinal in the published state
   */
  public void remove(int ordinal) {
    if (removals == removed.length) {
      removed = Arrays.copyOf(removed, 2 * removals);
    }
    removed[removals++] = ordinal;
  }

  /** {@return the ordinals of the vantage points, in their order} */
  public int[] vantagePoints() {
    return table.vantagePoints().clone();
  }

  /** {@return the ordinals of all series, with added series and without removed ones} */
  public int[] ordinals() {
    return live().toArray();
  }

  /**
   * Returns the storage key of a series.
   *
   * @param ordinal the ordinal of the series
   * @return its storage key
   */
  public long storageKey(int ordinal) {
    return base.directory().key(ordinal);
  }

  /**
   * Finds series of the published state by their keys. Scans the keys of all series: about a
   * millisecond for a million series.
   *
   * @param storageKeys their keys in the storage, increasing
   * @return the ordinals of the series found, in no particular order
   */
  public int[] find(long[] storageKeys) {
    return storageKeys.length == 0
        ? new int[0]
        : Arrays.stream(base.live().toArray())
            .filter(ordinal -> Arrays.binarySearch(storageKeys, storageKey(ordinal)) >= 0)
            .toArray();
  }

  /** {@return whether all rows put so far fit into memory} */
  public boolean isResident() {
    return base.rows().isResident();
  }

  /**
   * Chooses series that are far from each other and from given series.
   *
   * @param chosen the ordinals of the given series
   * @param count the number of series to choose in all, given ones included
   * @param seed determines the sample, and the first series if none is given
   * @param checkpoint called regularly on the pool; an exception of it ends the work
   * @return the chosen ordinals, the given ones first
   */
  public int[] spread(int[] chosen, int count, long seed, Runnable checkpoint) {
    return new FarthestFirst(base::cursor, index.metric(), index.pool())
        .choose(ordinals(), chosen, count, seed, checkpoint);
  }

  /**
   * Chooses one more vantage point: the series of a sample that is farthest from the given vantage
   * points. Uses the current table of distances and computes none.
   *
   * @param chosen ordinals of current vantage points
   * @param seed determines the sample
   * @return the given ordinals, then the chosen one, if there is any other series
   */
  public int[] withFarthest(int[] chosen, long seed) {
    int[] sources = IntStream.of(chosen).map(table::positionOf).toArray();
    return FarthestFirst.withFarthest(
        ordinals(),
        chosen,
        seed,
        ordinal ->
            IntStream.of(sources)
                .mapToDouble(v -> table.distance(v, ordinal))
                .min()
                .orElse(Double.POSITIVE_INFINITY));
  }

  /**
   * Sets the vantage points. Must be called after all additions and removals. Distances in the
   * current table are reused; all others are computed on the pool.
   *
   * @param ordinals the ordinals of the vantage points
   * @param checkpoint called regularly on the pool; an exception of it ends the work
   */
  public void setVantagePoints(int[] ordinals, Runnable checkpoint) {
    int[] live = ordinals();
    int[] sources = IntStream.of(ordinals).map(base.vantage()::positionOf).toArray();
    vantageRows = rows(ordinals);
    DoubleRows distances = new DoubleRows(ordinals.length);
    for (int ordinal : live) {
      distances.blockToWrite(ordinal);
    }
    index
        .pool()
        .forEach(
            live.length,
            16,
            (from, to) -> {
              Metric.Evaluator evaluator = index.metric().evaluator();
              PreparedRows.Cursor cursor = base.cursor();
              for (int i = from; i < to; i++) {
                checkpoint.run();
                fill(distances, live[i], sources, evaluator, cursor);
              }
            });
    table = new VantageTable(ordinals.clone(), distances, live, index.metric(), index.pool());
  }

  private void fill(
      DoubleRows distances,
      int ordinal,
      int[] sources,
      Metric.Evaluator evaluator,
      PreparedRows.Cursor cursor) {
    double[] row = distances.block(ordinal);
    int offset = distances.offset(ordinal);
    for (int v = 0; v < sources.length; v++) {
      if (sources[v] >= 0 && ordinal < first) {
        row[offset + v] = base.vantage().distance(sources[v], ordinal);
      } else {
        cursor.seek(ordinal);
        row[offset + v] = evaluator.distance(vantageRows[v], 0, cursor.array(), cursor.offset());
      }
    }
  }

  /** Returns copies of rows. */
  private double[][] rows(int[] ordinals) {
    double[][] rows = new double[ordinals.length][];
    index
        .pool()
        .forEach(
            ordinals.length,
            16,
            (from, to) -> {
              PreparedRows.Cursor cursor = base.cursor();
              for (int i = from; i < to; i++) {
                cursor.seek(ordinals[i]);
                int offset = cursor.offset();
                rows[i] =
                    Arrays.copyOfRange(cursor.array(), offset, offset + index.metric().rowSize());
              }
            });
    return rows;
  }

  /**
   * Sets the vantage points of an index that is filled from storage, from known distances.
   *
   * @param ordinals the ordinals of the vantage points
   * @param distances for each series, by ordinal, its distances to them
   */
  public void loadVantagePoints(int[] ordinals, DistanceSource distances) {
    vantageRows = rows(ordinals);
    DoubleRows rows = new DoubleRows(ordinals.length);
    int[] live = ordinals();
    for (int ordinal : live) {
      rows.set(ordinal, distances.distances(ordinal), 0);
    }
    table = new VantageTable(ordinals.clone(), rows, live, index.metric(), index.pool());
  }

  /** The stored distances of each series. */
  @FunctionalInterface
  public interface DistanceSource {
    /**
     * The distances of a series to the vantage points.
     *
     * @param ordinal the ordinal of the series
     * @return the distances, one for each vantage point
     */
    double[] distances(int ordinal);
  }

  /**
   * Returns the distances of a series, for the storage.
   *
   * @param ordinal the ordinal of the series
   * @return its distances to the vantage points after this change
   */
  public double[] distances(int ordinal) {
    DoubleRows rows = table.distances();
    int offset = rows.offset(ordinal);
    return Arrays.copyOfRange(rows.block(ordinal), offset, offset + rows.rowSize());
  }

  /**
   * Keeps the rows of the removed series for searches that still see them. Must be called before
   * the series are removed from the storage.
   */
  public void keepRemoved() {
    int[] gone = removed();
    double[][] rows = rows(gone);
    Map<Long, double[]> kept = new HashMap<>();
    for (int i = 0; i < gone.length; i++) {
      kept.put(storageKey(gone[i]), rows[i]);
    }
    base.removed().keep(kept);
  }

  /** Makes the change visible to all searches that begin afterwards. */
  public void publish() {
    if (replacesAttributes) {
      attributes
          .orElseThrow()
          .dropUnusedTexts(base.live().count() + end - first, () -> live().toArray());
    }
    if (leavesSeries()) {
      index.publish(base.with(attributes), () -> {}, () -> {});
      return;
    }
    LiveOrdinals live = live();
    boolean inPlace =
        table == base.vantage() && (long) (end - first) * LEAST_REBUILT < live.count();
    IndexState next = nextState(live, inPlace);
    int[] gone = removed();
    if (inPlace) {
      table.prepareTrees(index.pool());
    }
    index.publish(
        next,
        () -> {
          if (inPlace) {
            table.updateTrees(gone, first, end, index.pool());
          }
        },
        () -> updateDirectory(gone));
    base.rows().settle();
    if (StatePacking.isDue(next)) {
      IndexState packed = StatePacking.pack(next, index.metric(), index.pool());
      index.publish(packed, () -> {}, () -> {});
    }
  }

  /** Returns whether this update adds and removes no series and measures none. */
  private boolean leavesSeries() {
    return removals == 0 && end == first && table == base.vantage();
  }

  private IndexState nextState(LiveOrdinals live, boolean inPlace) {
    boolean keepsTrees = inPlace || table != base.vantage();
    return new IndexState(
        live,
        base.clustered(),
        base.directory(),
        base.rows(),
        base.sketches(),
        removals == 0 ? base.removed() : base.removed().next(),
        keepsTrees ? table : table.withNewTrees(live, first, index.pool()),
        vantageRows,
        attributes);
  }

  private void updateDirectory(int[] gone) {
    for (int ordinal : gone) {
      base.directory().unlink(ordinal);
    }
    for (int ordinal = first; ordinal < end; ordinal++) {
      base.directory().link(ordinal);
    }
  }

  private LiveOrdinals live() {
    return base.live().extended(end).without(removed());
  }

  private int[] removed() {
    return Arrays.copyOf(removed, removals);
  }
}

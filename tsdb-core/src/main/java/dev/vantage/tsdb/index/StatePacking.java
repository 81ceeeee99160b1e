package dev.vantage.tsdb.index;

import dev.vantage.tsdb.index.table.DoubleRows;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.pool.Coprocessor;

/**
 * Packs the rows of live series into new tables under new ordinals, similar series together.
 * Stateless.
 */
final class StatePacking {
  /**
   * Tables with at least this many rows are packed again when less than half of the rows are live.
   */
  private static final int LEAST_COMPACTED = 1024;

  /**
   * The minimum number of series that are ordered: a search scans all blocks of fewer series
   * quickly.
   */
  private static final int LEAST_CLUSTERED = 4096;

  private StatePacking() {}

  /** Returns whether a state should be packed. */
  static boolean isDue(IndexState state) {
    int end = state.live().end();
    int live = state.live().count();
    boolean mostlyDead = end >= LEAST_COMPACTED && 2 * live < end;
    boolean mostlyUnordered = live >= LEAST_CLUSTERED && 3L * state.clustered() < 2L * end;
    return mostlyDead || mostlyUnordered;
  }

  /** Packs a state into new tables. Searches that hold the given state are not affected. */
  static IndexState pack(IndexState full, Metric metric, Coprocessor pool) {
    int[] order = BlockOrder.order(full.vantage().coordinates(), full.live().toArray(), pool);
    int[] newOrdinals = new int[full.live().end()];
    SeriesDirectory directory = new SeriesDirectory(order.length);
    DoubleRows distances = new DoubleRows(full.vantage().size());
    SketchTable sketches = new SketchTable(metric);
    float[] sketch = new float[sketches.size()];
    for (int ordinal = 0; ordinal < order.length; ordinal++) {
      int old = order[ordinal];
      newOrdinals[old] = ordinal;
      directory.set(ordinal, full.directory().id(old), full.directory().key(old));
      directory.link(ordinal);
      DoubleRows from = full.vantage().distances();
      distances.set(ordinal, from.block(old), from.offset(old));
      full.sketches().get(old, sketch);
      sketches.set(ordinal, sketch);
    }
    return new IndexState(
        LiveOrdinals.empty().extended(order.length),
        order.length,
        directory,
        full.rows().packed(order, full.live().end(), directory),
        sketches,
        full.removed(),
        full.vantage().packed(distances, newOrdinals, order.length, metric, pool),
        full.vantageRows(),
        full.attributes().map(table -> table.packed(order)));
  }
}

package dev.vantage.tsdb.search;

import dev.vantage.tsdb.index.PreparedRows;
import dev.vantage.tsdb.pool.Coprocessor;

/**
 * The last step of a search: measures the candidates that bounds did not rule out, in an efficient
 * order. Not thread-safe: used by the searching thread, which passes large batches to the pool.
 */
final class Sweep {
  /** The number of candidates measured one by one before batches are passed to all threads. */
  private static final int SEQUENTIAL = 32;

  private static final int BATCH_PER_THREAD = 64;

  /** The number of candidates measured in order before checking whether that ruled out others. */
  private static final int ORDERED = 1 << 10;

  /**
   * If order has ruled out less than this fraction, the rest is measured in the order of memory.
   */
  private static final double LEAST_BY_ORDER = 0.1;

  private final PreparedRows rows;
  private final Coprocessor pool;
  private final SearchReach reach;
  private final Measurement measurement;
  private final BudgetMeter meter;

  Sweep(
      PreparedRows rows,
      Coprocessor pool,
      SearchReach reach,
      Measurement measurement,
      BudgetMeter meter) {
    this.rows = rows;
    this.pool = pool;
    this.reach = reach;
    this.measurement = measurement;
    this.meter = meter;
  }

  /**
   * Measures candidates within the limit, in increasing order of their bounds. If the limit shrinks
   * too little for the order to matter, the rest is measured in the order of memory, unless the
   * search has a budget.
   */
  void inOrder(Candidates candidates) {
    int[] order = candidates.inOrder();
    int from = 0;
    int end = order.length;
    for (int size = ORDERED; end - from > 2 * size && !meter.isLimited(); size *= 2) {
      measure(candidates, order, from, from + size);
      from += size;
      final int before = end - from;
      end = endOfReach(candidates, order, from, end);
      if (end - from > (1 - LEAST_BY_ORDER) * before) {
        asTheyLie(candidates.take(order, from, end));
        return;
      }
    }
    measure(candidates, order, from, end);
  }

  /**
   * Returns the end of the slots within reach. A few slots before it may be beyond reach, because
   * the order is approximate.
   */
  private int endOfReach(Candidates candidates, int[] order, int from, int to) {
    float squaredReach = reach.squared();
    int end = to;
    while (end > from && candidates.bound(order[end - 1]) > squaredReach) {
      end--;
    }
    return end;
  }

  /** Measures series regardless of their bounds: in the order of memory, unless they are few. */
  void asTheyLie(int[] ordinals) {
    int[] order = ordinals.length > ORDERED ? byPlace(ordinals) : ordinals;
    measurement.measureAll(order, order.length);
  }

  /** Returns series approximately in the order of their rows in memory, by a counting sort. */
  private int[] byPlace(int[] ordinals) {
    int[] places = new int[ordinals.length];
    int last = 0;
    for (int i = 0; i < places.length; i++) {
      places[i] = rows.place(ordinals[i]);
      last = Math.max(last, places[i]);
    }
    int shift = 0;
    while (last >>> shift > 2 * places.length) {
      shift++;
    }
    int[] starts = new int[(last >>> shift) + 2];
    for (int place : places) {
      starts[(place >>> shift) + 1]++;
    }
    for (int i = 1; i < starts.length; i++) {
      starts[i] += starts[i - 1];
    }
    int[] order = new int[ordinals.length];
    for (int i = 0; i < places.length; i++) {
      order[starts[places[i] >>> shift]++] = ordinals[i];
    }
    return order;
  }

  private void measure(Candidates candidates, int[] slots, int from, int to) {
    int threads = pool.threadsHere();
    int[] batch = new int[threads == 1 ? 1 : BATCH_PER_THREAD * threads];
    int size = 0;
    for (int i = from; i < to; i++) {
      if (candidates.bound(slots[i]) > reach.squared()) {
        continue;
      }
      batch[size++] = candidates.ordinal(slots[i]);
      candidates.close(slots[i]);
      long now = measurement.exactDistances();
      boolean alone = now < SEQUENTIAL;
      if (meter.spent(now + size - 1)) {
        candidates.open(slots[i]);
        size--;
        measurement.measureAll(batch, size);
        return;
      }
      if (alone || size == batch.length) {
        if (size == 1 && i + 1 < to) {
          measurement.fetch(candidates.ordinal(slots[i + 1]));
        }
        measurement.measureAll(batch, size);
        size = 0;
      }
    }
    measurement.measureAll(batch, size);
  }
}

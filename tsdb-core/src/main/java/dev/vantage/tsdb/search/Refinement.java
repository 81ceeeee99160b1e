package dev.vantage.tsdb.search;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The part of a search that narrows candidates down to the answer: raises their bounds, measures
 * the promising ones early and the rest in order, and keeps count. For the thread that searches.
 */
final class Refinement {
  /** Beyond k, this many of the most promising are looked at before all others. */
  private static final int EXTRA_PROMISING = 22;

  /** Candidates measured one by one before batches are handed to all threads. */
  private static final int SEQUENTIAL = 32;

  private static final int BATCH_PER_THREAD = 64;

  /** Of more candidates only so many are measured in order, the rest as they lie in memory. */
  private static final int ORDERED = 1 << 12;

  private final IndexState state;
  private final Coprocessor pool;
  private final LowerBounds bounds;
  private final SearchRequest request;
  private final Measurement measurement;
  private final Cascade cascade;
  private final Allowance allowance;
  private final SearchCounts.Builder counts;
  private final BitSet measured = new BitSet();

  /** The name of the bound that was applied last, to which what is left out is put down. */
  private String lastBound = SearchCounts.SIMPLEX;

  Refinement(
      IndexState state,
      Coprocessor pool,
      LowerBounds bounds,
      SearchRequest request,
      Measurement measurement,
      Cascade cascade,
      Allowance allowance,
      SearchCounts.Builder counts) {
    this.state = state;
    this.pool = pool;
    this.bounds = bounds;
    this.request = request;
    this.measurement = measurement;
    this.cascade = cascade;
    this.allowance = allowance;
    this.counts = counts;
  }

  /** Says which bound was applied to all candidates before they came here. */
  void appliedLast(String bound) {
    lastBound = bound;
  }

  String lastBound() {
    return lastBound;
  }

  int promising() {
    return (int) Math.min(state.live().count(), (long) request.k() + EXTRA_PROMISING);
  }

  /** Whether an ordinal of the table is a series that may be found and was not probed yet. */
  boolean isOpen(int ordinal) {
    return state.live().contains(ordinal)
        && ordinal != measurement.excluded()
        && !measured.get(ordinal);
  }

  /** How many of the series that may be found have not been probed yet. */
  long open() {
    return measurement.candidates() - measured.cardinality();
  }

  /** How many candidates there are in blocks, at most. */
  long candidatesIn(int[] blocks) {
    return Math.min(measurement.candidates(), (long) blocks.length * FloatColumns.LANES);
  }

  float squaredReach() {
    double reach = bounds.squaredReach(measurement.limit());
    return Math.nextUp((float) reach);
  }

  boolean isLimited() {
    return measurement.limit() < Double.POSITIVE_INFINITY;
  }

  /**
   * Raises bounds and measures until every candidate is measured or ruled out, or the budget is
   * spent.
   *
   * @param applied how many of the metric's bounds have been applied
   */
  void settle(Candidates candidates, int applied) {
    if (applied > 0) {
      probeMost(candidates);
    }
    for (int stage = applied; stage < cascade.size() && isWorthBounding(candidates); stage++) {
      lastBound = cascade.name(stage);
      counts.pruned(
          lastBound, cascade.filter(stage, candidates, squaredReach(), request.checkpoint()));
      probeMost(candidates);
    }
    measureInOrder(candidates);
  }

  /** Measures the most promising of many candidates, so that fewer are left. */
  private void probeMost(Candidates candidates) {
    if (candidates.size() > 2 * promising()) {
      probe(candidates.least(promising()));
      leaveOut(candidates);
    }
  }

  private boolean isWorthBounding(Candidates candidates) {
    return candidates.size() > 0
        && measurement.limit() < Double.POSITIVE_INFINITY
        && !allowance.spent(measurement.exactDistances());
  }

  /**
   * Measures some promising candidates, in increasing order of the best bounds, so that the limit
   * shrinks: as long as they are within it, or until there is one.
   */
  void probe(Candidates promising) {
    if (cascade.size() > 0) {
      cascade.raise(cascade.size() - 1, promising);
    }
    boolean first = measurement.limit() == Double.POSITIVE_INFINITY;
    for (int slot : promising.inOrder()) {
      if (allowance.spent(measurement.exactDistances())
          || promising.bound(slot) > squaredReach()
          || first && measurement.limit() < Double.POSITIVE_INFINITY) {
        return;
      }
      measurement.measure(promising.ordinal(slot));
      measured.set(promising.ordinal(slot));
    }
  }

  /** Leaves out what has been measured or is beyond the limit now. */
  void leaveOut(Candidates candidates) {
    candidates.drop(measured);
    counts.pruned(lastBound, candidates.dropBeyond(squaredReach()));
  }

  /**
   * Measures candidates in increasing order of their bounds, as far as they are within the limit.
   */
  void measureInOrder(Candidates candidates) {
    int[] order = candidates.inOrder();
    int ordered = order.length > 2 * ORDERED ? ORDERED : order.length;
    measure(candidates, order, 0, ordered);
    if (ordered < order.length) {
      // Bounds say little here; rows are read faster as they lie.
      sortByPlace(candidates, order, ordered);
      measure(candidates, order, ordered, order.length);
    }
  }

  /** Puts slots from one on in the order in which their rows lie in memory. */
  private void sortByPlace(Candidates candidates, int[] slots, int from) {
    long[] placed = new long[slots.length - from];
    for (int i = 0; i < placed.length; i++) {
      int slot = slots[from + i];
      placed[i] = (long) state.rows().place(candidates.ordinal(slot)) << Integer.SIZE | slot;
    }
    Arrays.sort(placed);
    for (int i = 0; i < placed.length; i++) {
      slots[from + i] = (int) placed[i];
    }
  }

  private void measure(Candidates candidates, int[] slots, int from, int to) {
    int threads = pool.threads();
    int[] batch = new int[threads == 1 ? 1 : BATCH_PER_THREAD * threads];
    int size = 0;
    for (int i = from; i < to; i++) {
      if (candidates.bound(slots[i]) > squaredReach()) {
        continue;
      }
      batch[size++] = candidates.ordinal(slots[i]);
      candidates.close(slots[i]);
      long now = measurement.exactDistances();
      boolean alone = now < SEQUENTIAL;
      if (allowance.spent(now + size - 1)) {
        candidates.open(slots[i]);
        size--;
        measurement.measureAll(batch, size);
        return;
      }
      if (alone || size == batch.length) {
        measurement.measureAll(batch, size);
        size = 0;
      }
    }
    measurement.measureAll(batch, size);
  }

  /** The answer, once candidates are settled. */
  Found answer(Candidates candidates) {
    float reach = squaredReach();
    float least = Float.POSITIVE_INFINITY;
    long unexamined = 0;
    long beyond = 0;
    for (int slot = 0; slot < candidates.size(); slot++) {
      if (candidates.isClosed(slot)) {
        continue;
      }
      if (candidates.bound(slot) <= reach) {
        unexamined++;
        least = Math.min(least, candidates.bound(slot));
      } else {
        beyond++;
      }
    }
    counts.pruned(lastBound, beyond);
    double completeWithin =
        unexamined == 0
            ? Double.POSITIVE_INFINITY
            : Math.min(measurement.limit(), bounds.certainlyBeyond(least));
    SearchCounts all =
        counts
            .candidates(measurement.candidates())
            .exactDistances(measurement.exactDistances())
            .unexamined(unexamined)
            .build();
    return new Found(measurement.hits(), all, completeWithin);
  }
}

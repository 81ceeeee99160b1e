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

  /** Many are measured in so many batches, lest threads wait for one another too often. */
  private static final int PARTS_OF_MANY = 16;

  /** So few are measured in order even where bounds seem to say nothing. */
  private static final int ALWAYS_ORDERED = 1 << 8;

  /** So many are measured in order, and then looked whether that has ruled out any others. */
  private static final int ORDERED = 1 << 10;

  /** Where order has ruled out a smaller share, the rest is measured as it lies in memory. */
  private static final double LEAST_BY_ORDER = 0.1;

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
    boolean promising = true;
    for (int stage = applied;
        promising && stage < cascade.size() && isWorthBounding(candidates);
        stage++) {
      lastBound = cascade.name(stage);
      int ruledOut = cascade.filter(stage, candidates, squaredReach(), request.checkpoint());
      counts.pruned(lastBound, ruledOut);
      probeMost(candidates);
      promising = ruledOut > 0 || cascade.isPromisingAfter(stage, candidates, squaredReach());
    }
    if (promising || candidates.size() <= ALWAYS_ORDERED || allowance.isLimited()) {
      measureInOrder(candidates);
    } else {
      measureAsTheyLie(candidates);
    }
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
   * Where the limit shrinks too little for order to matter, the rest is measured as it lies in
   * memory, unless the search may have to stop before.
   */
  void measureInOrder(Candidates candidates) {
    int[] order = candidates.inOrder();
    int from = 0;
    int end = order.length;
    for (int size = ORDERED; end - from > 2 * size && !allowance.isLimited(); size *= 2) {
      measure(candidates, order, from, from + size);
      from += size;
      final int before = end - from;
      end = endOfReach(candidates, order, from, end);
      if (end - from > (1 - LEAST_BY_ORDER) * before) {
        sortByPlace(candidates, order, from, end);
        measureMany(candidates, order, from, end);
        return;
      }
    }
    measure(candidates, order, from, end);
  }

  /** The end of those of some slots that are within reach, or nearly, for order is not exact. */
  private int endOfReach(Candidates candidates, int[] order, int from, int to) {
    float reach = squaredReach();
    int end = to;
    while (end > from && candidates.bound(order[end - 1]) > reach) {
      end--;
    }
    return end;
  }

  /**
   * Measures candidates that bounds say nothing of: in the order of memory, unless they are few.
   */
  private void measureAsTheyLie(Candidates candidates) {
    int[] slots = new int[candidates.size()];
    Arrays.setAll(slots, slot -> slot);
    if (slots.length > ORDERED) {
      sortByPlace(candidates, slots, 0, slots.length);
    }
    measureMany(candidates, slots, 0, slots.length);
  }

  /**
   * Measures candidates of which few will be ruled out: in parts, the larger the more there are.
   */
  private void measureMany(Candidates candidates, int[] slots, int from, int to) {
    int share = (to - from) / PARTS_OF_MANY;
    measure(candidates, slots, from, to, Math.max(share, BATCH_PER_THREAD * pool.threads()));
  }

  /** Puts some slots nearly in the order in which their rows lie in memory, by counting. */
  private void sortByPlace(Candidates candidates, int[] slots, int from, int to) {
    int[] unsorted = Arrays.copyOfRange(slots, from, to);
    int[] places = new int[unsorted.length];
    int last = 0;
    for (int i = 0; i < places.length; i++) {
      places[i] = state.rows().place(candidates.ordinal(unsorted[i]));
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
    for (int i = 0; i < places.length; i++) {
      slots[from + starts[places[i] >>> shift]++] = unsorted[i];
    }
  }

  private void measure(Candidates candidates, int[] slots, int from, int to) {
    measure(candidates, slots, from, to, BATCH_PER_THREAD * pool.threads());
  }

  private void measure(Candidates candidates, int[] slots, int from, int to, int most) {
    int[] batch = new int[pool.threads() == 1 ? 1 : most];
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

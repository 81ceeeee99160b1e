package dev.vantage.tsdb.search;

import dev.vantage.tsdb.SearchReport;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.index.IndexState;
import dev.vantage.tsdb.index.table.FloatColumns;
import dev.vantage.tsdb.pool.Coprocessor;
import java.util.BitSet;

/**
 * The part of a search that narrows candidates down to the answer: raises their bounds, measures
 * promising candidates early and the rest in order, and counts. Not thread-safe: used by the
 * searching thread.
 */
final class Refinement {
  /** The number of promising candidates, in addition to k, that are measured before all others. */
  private static final int EXTRA_PROMISING = 22;

  /** Up to this many candidates are measured in order even if the bounds seem useless. */
  private static final int ALWAYS_ORDERED = 1 << 8;

  private final IndexState state;
  private final SearchReach reach;
  private final SearchRequest request;
  private final Measurement measurement;
  private final Sweep sweep;
  private final Cascade cascade;
  private final BudgetMeter meter;
  private final SearchReport.Builder counts;
  private final BitSet measured = new BitSet();

  /**
   * The name of the bound that was applied last. Dropped candidates are counted under this name.
   */
  private String lastBound;

  Refinement(
      IndexState state,
      Coprocessor pool,
      SearchReach reach,
      SearchRequest request,
      Cascade cascade,
      BudgetMeter meter,
      SearchReport.Builder counts) {
    this.state = state;
    this.reach = reach;
    this.request = request;
    measurement = reach.measurement();
    sweep = new Sweep(state.rows(), pool, reach, measurement, meter);
    this.cascade = cascade;
    this.meter = meter;
    this.counts = counts;
    lastBound = reach.bounds().name();
  }

  /** Records which bound was applied to all candidates before this refinement. */
  void appliedLast(String bound) {
    lastBound = bound;
  }

  String lastBound() {
    return lastBound;
  }

  int promising() {
    return (int) Math.min(state.live().count(), (long) request.k() + EXTRA_PROMISING);
  }

  /**
   * Returns whether an ordinal is open: a series that may be in the answer and was not probed yet.
   */
  boolean isOpen(int ordinal) {
    return state.live().contains(ordinal)
        && ordinal != measurement.excluded()
        && !measured.get(ordinal);
  }

  /** Returns the number of open series. */
  long open() {
    return measurement.candidates() - measured.cardinality();
  }

  /** Returns the maximum number of candidates in some blocks. */
  long candidatesIn(int[] blocks) {
    return Math.min(measurement.candidates(), (long) blocks.length * FloatColumns.LANES);
  }

  float squaredReach() {
    return reach.squared();
  }

  boolean isLimited() {
    return reach.isLimited();
  }

  /**
   * Returns whether the metric's bounds are too weak for these candidates to be worth their cost.
   * Never true while there is no limit yet, nor for a search with a budget: it needs bounds to
   * report how far its answer is complete.
   */
  boolean isNoise(Candidates candidates) {
    return cascade.size() > 0
        && isLimited()
        && !meter.isLimited()
        && !cascade.mayPay(0, candidates, squaredReach());
  }

  /**
   * Raises bounds and measures until every candidate is measured or ruled out, or the budget is
   * spent.
   *
   * @param applied the number of the metric's bounds that have been applied
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
    if (promising || candidates.size() <= ALWAYS_ORDERED || meter.isLimited()) {
      sweep.inOrder(candidates);
    } else {
      sweep.asTheyLie(candidates.takeAll());
    }
  }

  /** Measures series without using bounds, in the order of memory. */
  void measureAll(int[] ordinals) {
    sweep.asTheyLie(ordinals);
  }

  /**
   * Measures the most promising of many candidates, so that the shrinking limit rules out others.
   */
  private void probeMost(Candidates candidates) {
    if (candidates.size() > 2 * promising()) {
      probeLeast(candidates);
    }
  }

  private boolean isWorthBounding(Candidates candidates) {
    return candidates.size() > 0 && isLimited() && !meter.spent(measurement.exactDistances());
  }

  /**
   * Measures promising candidates in increasing order of their bounds, so that the limit shrinks.
   * Stops at the first candidate beyond the limit; without a limit, as soon as there is one.
   */
  void probe(Candidates promising) {
    if (cascade.size() > 0) {
      cascade.raise(cascade.size() - 1, promising);
    }
    boolean first = !isLimited();
    int[] order = promising.inOrder();
    for (int rank = 0; rank < order.length; rank++) {
      int slot = order[rank];
      if (meter.spent(measurement.exactDistances())
          || promising.bound(slot) > squaredReach()
          || first && isLimited()) {
        return;
      }
      if (rank + 1 < order.length) {
        measurement.fetch(promising.ordinal(order[rank + 1]));
      }
      measurement.measure(promising.ordinal(slot));
      measured.set(promising.ordinal(slot));
    }
  }

  /**
   * Measures the most promising of some candidates, then drops candidates that were measured or are
   * beyond the limit.
   */
  void probeLeast(Candidates candidates) {
    probe(candidates.least(promising()));
    candidates.drop(measured);
    counts.pruned(lastBound, candidates.dropBeyond(squaredReach()));
  }

  /** Measures candidates without raising their bounds first. */
  void sweep(Candidates candidates) {
    sweep.inOrder(candidates);
  }

  /** Returns the answer, after candidates are settled. */
  SearchResult answer(Candidates candidates) {
    float squaredReach = squaredReach();
    float least = Float.POSITIVE_INFINITY;
    long unexamined = 0;
    long beyond = 0;
    for (int slot = 0; slot < candidates.size(); slot++) {
      if (candidates.isClosed(slot)) {
        continue;
      }
      if (candidates.bound(slot) <= squaredReach) {
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
            : Math.min(measurement.limit(), reach.bounds().certainlyBeyond(least));
    SearchReport report =
        counts
            .candidates(measurement.candidates())
            .exactDistances(measurement.exactDistances())
            .unexamined(unexamined)
            .completeWithin(completeWithin);
    return measurement.answer(report);
  }
}

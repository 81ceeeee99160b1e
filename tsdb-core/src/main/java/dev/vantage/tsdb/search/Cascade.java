package dev.vantage.tsdb.search;

import dev.vantage.tsdb.index.SketchTable;
import dev.vantage.tsdb.index.table.FloatColumns;
import dev.vantage.tsdb.metric.LowerBound;
import dev.vantage.tsdb.pool.Coprocessor;
import java.util.List;

/**
 * Applies the metric's own lower bounds to the candidates of one search, many at a time. A bound is
 * tried on some candidates first, and skipped if it rules out too few for its cost. Not
 * thread-safe, except as noted: used by the searching thread, which passes large numbers of
 * candidates to the pool.
 */
final class Cascade {
  private static final int LANES = LowerBound.Evaluator.LANES;

  /**
   * From this many candidates of one block on, the whole block is bounded in place, with its dead
   * lanes.
   */
  private static final int DENSE = LANES / 6;

  /** The maximum number of lanes of a vector; bounds are computed for this many series at once. */
  private static final int GROUP = 16;

  /**
   * The number of candidates whose sketches are gathered at once: few stay in the nearest cache,
   * but plain Java needs long loops.
   */
  private static final int GATHERED = 128;

  /**
   * The number of sketches prefetched together before any is gathered: a loop that only prefetches
   * has more memory accesses in progress.
   */
  private static final int FETCHED = 32;

  /** The minimum and maximum number of candidates on which a bound is tried. */
  private static final int LEAST_TRIED = LANES / 4;

  private static final int MOST_TRIED = LANES;

  /**
   * A bound is tried on one in this many candidates, so that trials cost little of a small search.
   */
  private static final int CANDIDATES_PER_TRIED = 16;

  /**
   * The maximum number of candidates for which a single trial may decide that no bound is worth its
   * cost.
   */
  private static final int MOST_IN_DOUBT = 1 << 14;

  /**
   * The number of parts in which a block is bounded while the next block is prefetched; few, for
   * long loops.
   */
  private static final int PARTS = 2;

  /** The number of candidates per task of the pool. */
  private static final int GRAIN = 1 << 12;

  /**
   * The minimum ratio of what a bound saves to what it costs. It is below 1 because a first trial
   * says little about the series that are harder to rule out.
   */
  private static final double LEAST_GAIN = 0.4;

  private final SketchTable sketches;
  private final List<LowerBound> bounds;
  private final Coprocessor pool;
  private final float[] query;

  /** By stage, created when first used. */
  private final Lanes[] own;

  /** By stage, whether the last trial showed that the stage is worth its cost. */
  private final boolean[] paid;

  /** The cost of an exact distance, as a multiple of its cost if rows are in memory. */
  private final double exactCost;

  /**
   * Creates the bounds for one query.
   *
   * @param query the sketch of the query
   */
  Cascade(
      SketchTable sketches,
      List<LowerBound> bounds,
      Coprocessor pool,
      float[] query,
      double exactCost) {
    this.sketches = sketches;
    this.bounds = bounds;
    this.pool = pool;
    this.query = query;
    this.exactCost = exactCost;
    own = new Lanes[bounds.size()];
    paid = new boolean[bounds.size()];
  }

  int size() {
    return bounds.size();
  }

  String name(int stage) {
    return bounds.get(stage).name();
  }

  /** Raises the bounds of all candidates by one stage. */
  void raise(int stage, Candidates candidates) {
    raise(own(stage), candidates, 0, candidates.size());
  }

  /**
   * Raises the bounds of candidates by one stage, and drops candidates beyond a reach. Any thread
   * may call this with candidates of its own.
   */
  void narrow(int stage, Candidates candidates, float squaredReach) {
    raise(new Lanes(bounds.get(stage)), candidates, 0, candidates.size());
    candidates.dropBeyond(squaredReach);
  }

  private Lanes own(int stage) {
    if (own[stage] == null) {
      own[stage] = new Lanes(bounds.get(stage));
    }
    return own[stage];
  }

  /**
   * Raises the bounds of candidates by one stage, unless a trial shows that the stage is not worth
   * its cost. Drops candidates beyond a reach.
   *
   * @return how many candidates were dropped
   */
  int filter(int stage, Candidates candidates, float squaredReach, Runnable checkpoint) {
    int tried = tryOn(stage, candidates);
    paid[stage] = pays(stage, candidates.countBeyond(tried, squaredReach), tried);
    if (tried < candidates.size() && paid[stage]) {
      raiseRest(stage, candidates, tried, checkpoint);
    }
    return candidates.dropBeyond(squaredReach);
  }

  /**
   * Returns whether the next stage may be worth its cost after a stage that ruled out nothing. The
   * tightest bound decides, by a trial with half the squared reach, because the limit may still
   * shrink. With many candidates the answer is yes: trials are then cheap.
   */
  boolean isPromisingAfter(int stage, Candidates candidates, float squaredReach) {
    return stage + 1 == size()
        || candidates.size() > MOST_IN_DOUBT
        || mayPay(stage + 1, candidates, squaredReach);
  }

  /**
   * Returns whether bounds may be worth the cost of the cheapest remaining stage. The tightest
   * bound decides, by a trial with half the squared reach, because the limit may still shrink.
   */
  boolean mayPay(int cheapest, Candidates candidates, float squaredReach) {
    Candidates some = candidates.spread(LEAST_TRIED);
    raise(size() - 1, some);
    return pays(cheapest, some.countBeyond(some.size(), squaredReach / 2), some.size());
  }

  /** Raises the bounds of the first few candidates; returns their number. */
  private int tryOn(int stage, Candidates candidates) {
    int tried = Math.min(candidates.size(), trial(candidates));
    raise(own(stage), candidates, 0, tried);
    return tried;
  }

  /** Returns on how many candidates a bound is tried; may exceed the number of candidates. */
  private static int trial(Candidates candidates) {
    int share = candidates.size() / CANDIDATES_PER_TRIED;
    return Math.max(LEAST_TRIED, Math.min(MOST_TRIED, share));
  }

  private void raiseRest(int stage, Candidates candidates, int raised, Runnable checkpoint) {
    int rest = candidates.size() - raised;
    if (rest <= GRAIN) {
      checkpoint.run();
      raise(own(stage), candidates, raised, candidates.size());
      return;
    }
    pool.forEach(
        rest,
        GRAIN,
        (from, to) -> {
          checkpoint.run();
          raise(new Lanes(bounds.get(stage)), candidates, raised + from, raised + to);
        });
  }

  /**
   * Returns whether a bound is worth its cost, from the number of candidates that it ruled out in a
   * trial.
   */
  boolean pays(int stage, long beyond, long trial) {
    return beyond * exactCost > LEAST_GAIN * bounds.get(stage).cost() * trial;
  }

  /**
   * Returns the first stage, from a given one on, whose last trial showed that it pays, or {@link
   * #size} if there is none.
   */
  int firstPaying(int from) {
    int stage = from;
    while (stage < size() && !paid[stage]) {
      stage++;
    }
    return stage;
  }

  /** Returns the first bound for whole blocks; not thread-safe. */
  TableScan.Source first() {
    return new FirstBound(bounds.get(0).evaluator(query));
  }

  /** Bounds blocks. Prefetches the next block in memory order while it bounds the current one. */
  private final class FirstBound implements TableScan.Source {
    private final LowerBound.Evaluator evaluator;

    /** Kept so that the compiler does not remove the prefetching. */
    @SuppressWarnings("UnusedVariable")
    private float fetched;

    FirstBound(LowerBound.Evaluator evaluator) {
      this.evaluator = evaluator;
    }

    @Override
    public void read(int block, int next, float[] found) {
      float[] numbers = sketches.first().numbers(block);
      for (int part = 0; part < PARTS; part++) {
        fetched += sketches.first().fetch(next, part, PARTS);
        int from = part * LANES / PARTS;
        evaluator.squaredLowerBounds(numbers, LANES, from, from + LANES / PARTS, found);
      }
    }
  }

  private void raise(Lanes lanes, Candidates candidates, int from, int to) {
    lanes.reserve(to - from);
    int start = from;
    while (start < to) {
      int end = lanes.inPlace ? endOfBlock(candidates, start, to) : to;
      if (lanes.inPlace && end - start >= DENSE) {
        lanes.raiseBlock(candidates, start, end);
      } else {
        lanes.gather(candidates, start, end);
      }
      start = end;
    }
    lanes.raiseGathered(candidates);
  }

  private static int endOfBlock(Candidates candidates, int start, int to) {
    int block = FloatColumns.block(candidates.ordinal(start));
    int end = start + 1;
    while (end < to && FloatColumns.block(candidates.ordinal(end)) == block) {
      end++;
    }
    return end;
  }

  /** The scratch memory of one thread. Not thread-safe. */
  private final class Lanes {
    private final LowerBound.Evaluator evaluator;
    private final int size;

    /** Whether the bound reads only the columns of a block. */
    private final boolean inPlace;

    private final float[] found = new float[LANES];
    private final int[] slots = new int[GATHERED];
    private int count;

    /**
     * The sketches in the lanes: number j of a lane is at {@code j * capacity + lane}. Allocated
     * for the lanes in use, because many searches need few.
     */
    private float[] gathered = new float[0];

    private int capacity;

    /** Kept so that the compiler does not remove the prefetching. */
    @SuppressWarnings("UnusedVariable")
    private float fetched;

    Lanes(LowerBound bound) {
      evaluator = bound.evaluator(query);
      size = bound.sketchSize();
      inPlace = sketches.isFirst(bound);
    }

    /**
     * Reserves memory for a number of candidates, at most {@link #GATHERED}. No candidates may be
     * gathered at the time.
     */
    void reserve(int candidates) {
      int lanes = Math.min(GATHERED, candidates + GROUP - 1 & -GROUP);
      if (lanes > capacity) {
        capacity = lanes;
        gathered = new float[size * lanes];
      }
    }

    /**
     * Raises the bounds of candidates in one block: computes the bounds of the whole block in
     * place.
     */
    void raiseBlock(Candidates candidates, int from, int to) {
      int block = FloatColumns.block(candidates.ordinal(from));
      evaluator.squaredLowerBounds(sketches.first().numbers(block), LANES, 0, LANES, found);
      for (int slot = from; slot < to; slot++) {
        candidates.raise(slot, found[FloatColumns.lane(candidates.ordinal(slot))]);
      }
    }

    void gather(Candidates candidates, int from, int to) {
      for (int start = from; start < to; start += FETCHED) {
        int end = Math.min(start + FETCHED, to);
        for (int slot = start; slot < end; slot++) {
          fetched += sketches.fetch(candidates.ordinal(slot), size);
        }
        for (int slot = start; slot < end; slot++) {
          if (count == capacity) {
            raiseGathered(candidates);
          }
          sketches.gather(candidates.ordinal(slot), size, gathered, capacity, count);
          slots[count++] = slot;
        }
      }
    }

    void raiseGathered(Candidates candidates) {
      if (count > 0) {
        // Rounds up to a whole group: the bounds of unused lanes are ignored.
        int end = Math.min(capacity, count + GROUP - 1 & -GROUP);
        evaluator.squaredLowerBounds(gathered, capacity, 0, end, found);
        for (int lane = 0; lane < count; lane++) {
          candidates.raise(slots[lane], found[lane]);
        }
        count = 0;
      }
    }
  }
}

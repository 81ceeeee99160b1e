package dev.vantage.tsdb.search;

import dev.vantage.tsdb.metric.LowerBound;
import java.util.List;

/**
 * Applies the metric's own lower bounds to the candidates of one search, many at a time. A bound is
 * tried on some candidates first, and left out where it rules out too few for its cost. For the
 * thread that searches; it hands large numbers of candidates to the pool.
 */
final class Cascade {
  private static final int LANES = LowerBound.Evaluator.LANES;

  /** So many candidates of one block are bounded where they are, dead lanes and all. */
  private static final int DENSE = LANES / 6;

  /** Candidates on which a bound is tried. */
  private static final int TRIAL = LANES;

  /** Candidates that one task of the pool takes. */
  private static final int GRAIN = 1 << 12;

  /**
   * A bound must save at least so many times what it costs: less than it costs, for a first trial
   * says little of those that are harder to rule out.
   */
  private static final double LEAST_GAIN = 0.4;

  private final SketchTable sketches;
  private final List<LowerBound> bounds;
  private final Coprocessor pool;
  private final float[] query;

  /** An exact distance costs so many times what it costs where rows are in memory. */
  private final double exactCost;

  /**
   * The bounds for one query.
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
  }

  int size() {
    return bounds.size();
  }

  String name(int stage) {
    return bounds.get(stage).name();
  }

  /** Raises the bounds of all candidates by one stage. */
  void raise(int stage, Candidates candidates) {
    raise(stage, candidates, 0, candidates.size());
  }

  /**
   * Raises the bounds of candidates by one stage, unless a trial shows that it does not pay, and
   * leaves out what is beyond a reach then.
   *
   * @return how many were left out
   */
  int filter(int stage, Candidates candidates, float squaredReach, Runnable checkpoint) {
    int trial = Math.min(TRIAL, candidates.size());
    raise(stage, candidates, 0, trial);
    if (trial < candidates.size() && pays(stage, candidates, trial, squaredReach)) {
      pool.forEach(
          candidates.size() - trial,
          GRAIN,
          (from, to) -> {
            checkpoint.run();
            raise(stage, candidates, trial + from, trial + to);
          });
    }
    return candidates.dropBeyond(squaredReach);
  }

  private boolean pays(int stage, Candidates candidates, int trial, float squaredReach) {
    int beyond = 0;
    for (int slot = 0; slot < trial; slot++) {
      if (candidates.bound(slot) > squaredReach) {
        beyond++;
      }
    }
    return pays(stage, beyond, trial);
  }

  /** Whether a bound that has ruled out some of the candidates of a trial is worth its cost. */
  boolean pays(int stage, long beyond, long trial) {
    return beyond * exactCost > LEAST_GAIN * bounds.get(stage).cost() * trial;
  }

  /** The first bound, of whole blocks, as they lie. For one thread. */
  TableScan.Source first() {
    return new FirstBound(bounds.get(0).evaluator(query));
  }

  /**
   * Bounds blocks, and fetches the next one of each from memory before, in the order it lies there.
   */
  private final class FirstBound implements TableScan.Source {
    private final LowerBound.Evaluator evaluator;

    /** Kept, lest the compiler leave out the fetching. */
    private float fetched;

    FirstBound(LowerBound.Evaluator evaluator) {
      this.evaluator = evaluator;
    }

    @Override
    public void read(int block, float[] found) {
      fetched += sketches.first().fetch(block + 1);
      evaluator.squaredLowerBounds(sketches.columns(block), LANES, found);
    }
  }

  private void raise(int stage, Candidates candidates, int from, int to) {
    LowerBound bound = bounds.get(stage);
    Lanes lanes = new Lanes(bound.evaluator(query), bound.sketchSize());
    boolean inPlace = sketches.isFirst(bound);
    int start = from;
    while (start < to) {
      int end = endOfBlock(candidates, start, to);
      if (inPlace && end - start >= DENSE) {
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

  /** Scratch memory of one thread. */
  private final class Lanes {
    private final LowerBound.Evaluator evaluator;
    private final int size;
    private final float[] found = new float[LANES];
    private final float[][] gathered;
    private final int[] slots = new int[LANES];
    private final int[] ordinals = new int[LANES];
    private int count;

    Lanes(LowerBound.Evaluator evaluator, int size) {
      this.evaluator = evaluator;
      this.size = size;
      gathered = new float[size][LANES];
    }

    /** Candidates that lie in one block: all of it is bounded, as it is. */
    void raiseBlock(Candidates candidates, int from, int to) {
      int block = FloatColumns.block(candidates.ordinal(from));
      evaluator.squaredLowerBounds(sketches.columns(block), LANES, found);
      for (int slot = from; slot < to; slot++) {
        candidates.raise(slot, found[FloatColumns.lane(candidates.ordinal(slot))]);
      }
    }

    /** Candidates that lie in one block. */
    void gather(Candidates candidates, int from, int to) {
      if (count + to - from > LANES) {
        raiseGathered(candidates);
      }
      int first = count;
      for (int slot = from; slot < to; slot++) {
        ordinals[count] = candidates.ordinal(slot);
        slots[count++] = slot;
      }
      sketches.gather(ordinals, first, count, size, gathered);
    }

    void raiseGathered(Candidates candidates) {
      if (count > 0) {
        evaluator.squaredLowerBounds(gathered, count, found);
        for (int lane = 0; lane < count; lane++) {
          candidates.raise(slots[lane], found[lane]);
        }
        count = 0;
      }
    }
  }
}

package dev.vantage.tsdb.search;

import dev.vantage.tsdb.metric.LowerBound;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One search by vantage points.
 *
 * <ol>
 *   <li>In a large index the trees give a few series at about the query's distance from each
 *       vantage point; the most promising are measured, and the k-th nearest of them is a first
 *       limit.
 *   <li>For that limit the trees count their annuli. The smallest one is walked if it is small;
 *       else the whole table is scanned.
 *   <li>Each series met is ruled out by the triangle inequality over all vantage points, or by the
 *       n-simplex, or becomes a candidate.
 *   <li>Candidates come in increasing order of their lower bounds, while the limit shrinks, until
 *       the next bound is beyond it. The first one gets the metric's next bound, dearer and better,
 *       and goes back to where that puts it; one that has met them all is measured.
 *   <li>Where a budget is spent before, the least bound of what is left says how far the answer is
 *       complete.
 * </ol>
 *
 * <p>Whatever the plan, what is skipped is certainly beyond the limit, so plans differ in cost
 * alone.
 */
final class VantageSearch {
  /** Smaller indexes are scanned without asking the trees: the question would cost more. */
  private static final int SMALLEST_PLANNED = 2048;

  /** Seeds measured beyond k. */
  private static final int EXTRA_SEEDS = 8;

  /** For a larger k the seeds would cost more than they save. */
  private static final int MOST_SEEDED = 128;

  /**
   * An ordinal met in a tree costs about as much as this many rows of a scan, for its cache misses.
   */
  private static final int WALK_COST = 4;

  /** A table scan is split into parts of this many ordinals. */
  private static final int PART = 1 << 13;

  /** So many candidates are measured one by one before batches are handed to all threads. */
  private static final int SEQUENTIAL = 64;

  private static final int BATCH = 128;

  private static final int STEPS_PER_CHECKPOINT = 256;

  private final VantageIndex index;
  private final IndexState state;
  private final LowerBounds bounds;
  private final SearchRequest request;
  private final Measurement measurement;
  private final Cascade cascade;
  private final Allowance allowance;
  private final SearchCounts.Builder counts = new SearchCounts.Builder();
  private int[] seeds = {};
  private long prunedByTriangle;
  private long prunedBySimplex;
  private long prunedByLowPass;

  VantageSearch(VantageIndex index, IndexState state, QueryPoint query, SearchRequest request) {
    this.index = index;
    this.state = state;
    this.request = request;
    allowance = request.budget().start(System::nanoTime);
    measurement = new Measurement(state, index.metric(), index.pool(), query, request);
    // To read a row costs more than to measure it: once it is read it may as well be measured.
    List<LowerBound> lowerBounds =
        state.rows().isResident() ? index.metric().lowerBounds() : List.of();
    cascade = new Cascade(measurement.cursor(), query, lowerBounds);
    boolean stored = query.ordinal() != QueryPoint.UPLOADED;
    double[] distances =
        stored
            ? storedDistances(query.ordinal())
            : index.distances(state, query.row(), query.offset());
    counts.vantagePoints(distances.length, stored ? 0 : distances.length);
    bounds = new LowerBounds(state.vantage(), distances, index.metric().squaredDistanceError());
  }

  private double[] storedDistances(int ordinal) {
    DoubleRows rows = state.vantage().distances();
    int offset = rows.offset(ordinal);
    return Arrays.copyOfRange(rows.block(ordinal), offset, offset + rows.rowSize());
  }

  Found run() {
    CandidateQueue candidates = candidates();
    candidates.order();
    measureInOrder(candidates);
    double reach = bounds.squaredReach(measurement.limit());
    long unexamined = 0;
    for (int slot = 0; slot < candidates.size(); slot++) {
      if (candidates.bound(slot) <= reach) {
        unexamined++;
      } else {
        countPruned(candidates.ordinal(slot));
      }
    }
    double completeWithin =
        unexamined == 0
            ? Double.POSITIVE_INFINITY
            : Math.min(measurement.limit(), bounds.certainlyBeyond(candidates.leastBound()));
    return new Found(measurement.hits(), counts(unexamined), completeWithin);
  }

  private SearchCounts counts(long unexamined) {
    return counts
        .candidates(measurement.candidates())
        .pruned(SearchCounts.TRIANGLE, prunedByTriangle)
        .pruned(SearchCounts.SIMPLEX, prunedBySimplex)
        .pruned(SearchCounts.LOW_PASS, prunedByLowPass)
        .exactDistances(measurement.exactDistances())
        .unexamined(unexamined)
        .build();
  }

  private CandidateQueue candidates() {
    if (state.live().count() < SMALLEST_PLANNED) {
      return scanTable();
    }
    if (request.k() <= MOST_SEEDED) {
      measureSeeds();
    }
    double reach = bounds.annulusReach(measurement.limit());
    int most = state.live().count() / WALK_COST;
    Optional<Annulus> annulus = index.smallestAnnulus(state, bounds, reach, most);
    annulus.ifPresent(found -> counts.estimate(estimate(found)));
    return annulus.isPresent() && annulus.get().series() <= most
        ? filterAnnulus(annulus.get().ordinals())
        : scanTable();
  }

  private SearchCounts.Estimate estimate(Annulus annulus) {
    return new SearchCounts.Estimate(
        annulus.series(), (double) WALK_COST * annulus.series(), state.live().count());
  }

  /** Measures the most promising of the series that the trees have at the query's distance. */
  private void measureSeeds() {
    int wanted = request.k() + EXTRA_SEEDS;
    int[] near = index.nearInTrees(state, bounds, wanted);
    CandidateQueue queue = new CandidateQueue(near.length);
    for (int ordinal : near) {
      if (ordinal != measurement.excluded()) {
        queue.add(ordinal, bounds.squaredSimplex(ordinal));
      }
    }
    queue.order();
    int[] measured = new int[Math.min(wanted, queue.size())];
    int size = 0;
    while (size < measured.length && !allowance.spent(measurement.exactDistances())) {
      measured[size] = queue.take();
      measurement.measure(measured[size++]);
    }
    seeds = Arrays.copyOf(measured, size);
    Arrays.sort(seeds);
  }

  private CandidateQueue filterAnnulus(int[] annulus) {
    counts.walkedAnnulus();
    Part part = new Part(annulus.length);
    int met = 0;
    for (int ordinal : annulus) {
      if (ordinal == measurement.excluded()) {
        continue;
      }
      met++;
      part.filter(ordinal);
    }
    long seedsOutside = seeds.length - part.seedsMet;
    prunedByTriangle += measurement.candidates() - met - seedsOutside;
    counts.visited(met + seedsOutside);
    return part.counted();
  }

  private CandidateQueue scanTable() {
    counts.visited(measurement.candidates());
    int end = state.live().end();
    int parts = (end + PART - 1) / PART;
    if (parts <= 1) {
      return scanPart(0, end).counted();
    }
    Part[] scanned = new Part[parts];
    index
        .pool()
        .forEach(
            parts,
            1,
            (from, to) -> {
              for (int p = from; p < to; p++) {
                scanned[p] = scanPart(p * PART, Math.min(end, (p + 1) * PART));
              }
            });
    CandidateQueue all = scanned[0].counted();
    for (int p = 1; p < parts; p++) {
      all.addAll(scanned[p].counted());
    }
    return all;
  }

  private Part scanPart(int from, int end) {
    request.checkpoint().run();
    // Before anything is measured, nothing can be ruled out, and every series is a candidate.
    Part part = new Part(measurement.limit() == Double.POSITIVE_INFINITY ? end - from : 64);
    LiveSet live = state.live();
    for (int ordinal = live.next(from); ordinal < end; ordinal = live.next(ordinal + 1)) {
      if (ordinal != measurement.excluded()) {
        part.filter(ordinal);
      }
    }
    return part;
  }

  private void measureInOrder(CandidateQueue candidates) {
    boolean several = index.pool().threads() > 1;
    long alone = measurement.exactDistances() + SEQUENTIAL;
    for (long step = 1;
        isWithinReach(candidates) && !allowance.spent(measurement.exactDistances());
        step++) {
      if (step % STEPS_PER_CHECKPOINT == 0) {
        request.checkpoint().run();
      }
      if (!several || measurement.exactDistances() < alone) {
        measureNext(candidates);
      } else {
        measureBatch(candidates);
      }
    }
  }

  /** Gives the first candidate its next bound, or, if it has met all that pay, measures it. */
  private void measureNext(CandidateQueue candidates) {
    int ordinal = candidates.leastOrdinal();
    boolean unlimited = measurement.limit() == Double.POSITIVE_INFINITY;
    int stage = unlimited ? cascade.size() : cascade.next(candidates.leastStage());
    if (stage == cascade.size()) {
      cascade.measured(candidates.leastStage());
      measurement.measure(candidates.take());
      return;
    }
    double reach = bounds.squaredReach(measurement.limit());
    double bound = cascade.squaredBound(stage, ordinal);
    if (bound > reach) {
      candidates.take();
      prunedByLowPass++;
    } else {
      candidates.raise(Math.max(bound, candidates.leastBound()), stage + 1);
    }
  }

  private void measureBatch(CandidateQueue candidates) {
    int[] ordinals = new int[BATCH];
    int[] stages = new int[BATCH];
    int size = 0;
    long most = Math.min(BATCH, allowance.distancesLeft(measurement.exactDistances()));
    while (size < most && isWithinReach(candidates)) {
      stages[size] = candidates.leastStage();
      ordinals[size++] = candidates.take();
    }
    double reach = bounds.squaredReach(measurement.limit());
    prunedByLowPass += measurement.measureAll(ordinals, stages, size, cascade, reach);
  }

  private boolean isWithinReach(CandidateQueue candidates) {
    return candidates.size() > 0
        && candidates.leastBound() <= bounds.squaredReach(measurement.limit());
  }

  /** Counts a candidate that was never measured by the first bound that rules it out now. */
  private void countPruned(int ordinal) {
    double reach = bounds.annulusReach(measurement.limit());
    if (bounds.triangle(ordinal, reach) > reach) {
      prunedByTriangle++;
    } else if (bounds.squaredSimplex(ordinal) > bounds.squaredReach(measurement.limit())) {
      prunedBySimplex++;
    } else {
      prunedByLowPass++;
    }
  }

  /** Filters series for one thread. */
  private final class Part {
    private final double squaredReach = bounds.squaredReach(measurement.limit());
    private final double reach = bounds.annulusReach(measurement.limit());
    private final CandidateQueue queue;
    private long byTriangle;
    private long bySimplex;
    private int seedsMet;

    Part(int capacity) {
      queue = new CandidateQueue(capacity);
    }

    void filter(int ordinal) {
      if (seeds.length > 0 && Arrays.binarySearch(seeds, ordinal) >= 0) {
        seedsMet++;
        return;
      }
      if (bounds.triangle(ordinal, reach) > reach) {
        byTriangle++;
        return;
      }
      double bound = bounds.squaredSimplex(ordinal);
      if (bound > squaredReach) {
        bySimplex++;
      } else {
        queue.add(ordinal, bound);
      }
    }

    CandidateQueue counted() {
      prunedByTriangle += byTriangle;
      prunedBySimplex += bySimplex;
      return queue;
    }
  }
}

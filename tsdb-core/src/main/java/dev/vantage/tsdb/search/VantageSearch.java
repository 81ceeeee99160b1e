package dev.vantage.tsdb.search;

import dev.vantage.tsdb.SearchReport;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.index.Annulus;
import dev.vantage.tsdb.index.IndexState;
import dev.vantage.tsdb.index.VantageIndex;
import dev.vantage.tsdb.index.table.DoubleRows;
import dev.vantage.tsdb.index.table.FloatColumns;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.pool.Coprocessor;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;

/**
 * One search by vantage points.
 *
 * <ol>
 *   <li>Series lie in blocks, near ones together, and each block has a box around its coordinates.
 *       The most promising series of the nearest boxes are measured, and the distance of the k-th
 *       nearest of them is the first limit. For that limit, or the radius of the query, the trees
 *       count the series in their annuli. The smallest annulus is searched if that is cheaper than
 *       a scan of the blocks within the limit.
 *   <li>Each of these series gets a lower bound from the vantage points: by the n-simplex where the
 *       metric allows it, else by the triangle inequality. Series within the limit are the
 *       candidates.
 *   <li>The metric's own bounds, the cheapest first, raise the bounds of all candidates; candidates
 *       beyond the limit are dropped. Between two bounds the most promising candidates are
 *       measured, so that the limit shrinks early.
 *   <li>The remaining candidates are measured in increasing order of their bounds.
 *   <li>If the budget is spent earlier, the answer is complete up to the least bound of the
 *       remaining candidates.
 * </ol>
 *
 * <p>A table of a few blocks is searched at once, because finding a first limit would cost as much.
 *
 * <p>If a sample shows that the bound from vantage points rules out next to nothing, blocks are
 * bounded by the metric's first bound directly, in rounds ({@link BlockScan}). If no bound rules
 * out more, all series are measured in the order of memory.
 *
 * <p>With a filter, series that fail it are never candidates. If few series pass, there is no scan:
 * they are bounded one by one, like the series of an annulus.
 *
 * <p>In every plan, skipped series are certainly beyond the limit, so plans differ only in cost.
 * The steps are separate methods for two reasons. Several searches may share one pass over the
 * table. And the calling thread may run a small search itself ({@link Coprocessor#callSmall}): it
 * passes the rest of a search to the pool as soon as that is known to be large.
 */
public final class VantageSearch {
  /**
   * Fewer series are scanned without using the trees, or searched one by one if they pass a filter.
   */
  private static final int SMALLEST_PLANNED = 1 << 11;

  /** Up to this many series that pass a filter are measured without computing any bound. */
  private static final int MOST_MEASURED = 1 << 7;

  /** The number of blocks from which the first series to measure are taken. */
  private static final int SEED_BLOCKS = 6;

  /** The maximum k for which these blocks can give a first limit. */
  private static final int MOST_SEEDED = 128;

  /** The count of numbers in candidates' rows up to which measuring all of them is small work. */
  private static final int FEW_NUMBERS = 1 << 18;

  /** The cost of reading, preparing and measuring a row, as a multiple of measuring it. */
  private static final double COST_OF_READING = 8;

  /**
   * The cost of bounding one series by itself, as a multiple of its cost in a scan: cache misses.
   */
  private static final int WALK_COST = 60;

  /** The number of series per task of the pool when series are bounded one by one. */
  private static final int WALKED_AT_ONCE = 1 << 10;

  private final VantageIndex index;

  /** The state with all series. */
  private final IndexState full;

  /** The state with only the series that may be found. */
  private final IndexState state;

  private final LowerBounds bounds;
  private final SearchRequest request;
  private final BlockScan scan;
  private final Measurement measurement;
  private final Cascade cascade;
  private final Refinement refinement;
  private final SearchReport.Builder counts = new SearchReport.Builder();

  public VantageSearch(
      VantageIndex index,
      IndexState full,
      IndexState selected,
      QueryPoint query,
      SearchRequest request,
      LongSupplier nanoTime) {
    this.index = index;
    this.full = full;
    this.request = request;
    final BudgetMeter meter = new BudgetMeter(request.budget(), nanoTime);
    state = selected;
    Metric.Evaluator evaluator = index.metric().evaluator();
    measurement = new Measurement(state, index.metric(), evaluator, index.pool(), query, request);
    boolean stored = query.ordinal() != QueryPoint.UPLOADED;
    double[] distances =
        stored
            ? storedDistances(query.ordinal())
            : VantageIndex.distances(state, evaluator, query.row(), query.offset());
    counts.vantagePoints(distances.length, stored ? 0 : distances.length);
    bounds =
        new LowerBounds(
            state.vantage(),
            distances,
            index.metric().squaredDistanceError(),
            index.metric().relativeDistanceError());
    cascade =
        new Cascade(
            state.sketches(),
            index.metric().lowerBounds(),
            index.pool(),
            sketch(query),
            state.rows().isResident() ? 1 : COST_OF_READING);
    refinement =
        new Refinement(
            state,
            index.pool(),
            new SearchReach(bounds, measurement),
            request,
            cascade,
            meter,
            counts);
    TableScan table = new TableScan(state, index.pool(), request.checkpoint());
    scan = new BlockScan(state, table, bounds, cascade, refinement, counts);
  }

  private double[] storedDistances(int ordinal) {
    DoubleRows rows = state.vantage().distances();
    int offset = rows.offset(ordinal);
    return Arrays.copyOfRange(rows.block(ordinal), offset, offset + rows.rowSize());
  }

  private float[] sketch(QueryPoint query) {
    float[] sketch = new float[state.sketches().size()];
    if (query.ordinal() != QueryPoint.UPLOADED) {
      state.sketches().get(query.ordinal(), sketch);
    } else {
      index.metric().sketch(query.row(), query.offset(), sketch, 0);
    }
    return sketch;
  }

  /**
   * The result of a search before any scan by the bound from vantage points.
   *
   * @param answer the answer if it is complete, else empty
   * @param blocks the blocks to scan if there is no answer, increasing
   */
  record PartialResult(Optional<SearchResult> answer, int[] blocks) {
    static PartialResult with(SearchResult answer) {
      return new PartialResult(Optional.of(answer), new int[0]);
    }
  }

  /**
   * Returns whether a search may be small work: not with a filter, which is applied to all series,
   * nor with a k that needs many measured series for a first limit.
   */
  static boolean mayBeSmall(SearchRequest request) {
    return request.where().isEmpty()
        && (request.k() <= MOST_SEEDED || request.radius() < Double.POSITIVE_INFINITY);
  }

  /** Returns whether measuring rows with this count of numbers in all is small work. */
  static boolean isSmall(long numbers) {
    return numbers <= FEW_NUMBERS;
  }

  public SearchResult run() {
    PartialResult seeded = seed();
    boolean isSmall = TableScan.parts(seeded.blocks()) <= 1;
    return seeded.answer().orElseGet(() -> onPoolUnless(isSmall, () -> search(seeded.blocks())));
  }

  /** Runs the rest of a search on the pool, unless it is small. */
  private SearchResult onPoolUnless(boolean isSmall, Callable<SearchResult> rest) {
    return isSmall ? index.pool().callSmall(rest) : index.pool().call(rest);
  }

  private SearchResult search(int[] blocks) {
    PartialResult begun = proceed(blocks);
    return begun.answer().orElseGet(() -> finish(begun.blocks(), scan.byVantage(begun.blocks())));
  }

  /** Searches as far as possible without a scan by the bound from vantage points. */
  PartialResult begin() {
    PartialResult seeded = seed();
    return seeded.answer().isPresent() ? seeded : proceed(seeded.blocks());
  }

  /** Finds a first limit, or the answer itself if there is little to search. */
  private PartialResult seed() {
    if (request.where().isPresent() && state.live().count() <= SMALLEST_PLANNED) {
      return PartialResult.with(meet(state.live().toArray()));
    }
    int[] all = scan.allBlocks();
    if (all.length <= SEED_BLOCKS) {
      return PartialResult.with(meetAll(all));
    }
    float[] boxes = bounds.squaredBoundsOfBlocks(scan.blocks());
    if (request.k() <= MOST_SEEDED || request.radius() == Double.POSITIVE_INFINITY) {
      int[] some = request.k() <= MOST_SEEDED ? nearest(all, boxes) : all;
      refinement.probe(scan.leastByVantage(some));
    }
    return new PartialResult(Optional.empty(), withinReach(all, boxes, refinement.squaredReach()));
  }

  /** Continues with the blocks within the first limit. */
  private PartialResult proceed(int[] blocks) {
    return plan((long) blocks.length * FloatColumns.LANES)
        .map(PartialResult::with)
        .orElseGet(() -> pass(blocks));
  }

  private PartialResult pass(int[] blocks) {
    return switch (scan.wayFor(blocks)) {
      case BY_FIRST -> PartialResult.with(refinement.answer(scan.byFirst(blocks)));
      case MEASURE_ALL -> PartialResult.with(measureAll(blocks));
      case BY_VANTAGE -> new PartialResult(Optional.empty(), blocks);
    };
  }

  /** Creates the scan of blocks. */
  BlockScan blocks() {
    return scan;
  }

  /** Returns the answer, from the candidates kept of the scanned blocks. */
  SearchResult finish(int[] blocks, Candidates kept) {
    scan.count(blocks, kept.size());
    return finish(kept);
  }

  private SearchResult finish(Candidates candidates) {
    return onPoolUnless(
        isSmall((long) candidates.size() * index.metric().rowSize()),
        () -> {
          refinement.settle(candidates, 0);
          return refinement.answer(candidates);
        });
  }

  private static int[] withinReach(int[] blocks, float[] boxes, float reach) {
    int[] within = new int[blocks.length];
    int count = 0;
    for (int block : blocks) {
      if (boxes[block] <= reach) {
        within[count++] = block;
      }
    }
    return Arrays.copyOf(within, count);
  }

  /** Returns the blocks with the nearest boxes that together hold enough series, increasing. */
  private int[] nearest(int[] blocks, float[] boxes) {
    Candidates nearest = new Candidates(blocks.length);
    for (int block : blocks) {
      nearest.add(block, boxes[block]);
    }
    for (int count = SEED_BLOCKS; ; count *= 4) {
      Candidates least = nearest.least(count);
      int[] some = new int[least.size()];
      long series = 0;
      for (int slot = 0; slot < some.length; slot++) {
        some[slot] = least.ordinal(slot);
        series += state.live().countInBlock(some[slot]);
      }
      Arrays.sort(some);
      if (series > refinement.promising() || some.length == blocks.length) {
        return some;
      }
    }
  }

  /**
   * Returns the answer from the smallest annulus or from the series that pass the filter; empty if
   * a scan of the blocks is cheaper.
   *
   * @param scanned the number of series that a scan would bound
   */
  private Optional<SearchResult> plan(long scanned) {
    if (scanned < SMALLEST_PLANNED) {
      return Optional.empty();
    }
    int most = (int) (scanned / WALK_COST);
    Optional<Annulus> annulus =
        index.smallestAnnulus(
            full, bounds::queryDistance, bounds.annulusReach(measurement.limit()), most);
    annulus.ifPresent(
        found ->
            counts.estimate(
                new SearchReport.Estimate(
                    found.series(), (double) WALK_COST * found.series(), scanned)));
    int passing = request.where().isPresent() ? state.live().count() : Integer.MAX_VALUE;
    int inAnnulus = annulus.map(Annulus::series).orElse(Integer.MAX_VALUE);
    if (Math.min(inAnnulus, passing) > most) {
      return Optional.empty();
    }
    return Optional.of(
        inAnnulus < passing
            ? walk(annulus.orElseThrow().ordinals())
            : meet(state.live().toArray()));
  }

  /** Searches all series of a table that is no larger than the part measured for a first limit. */
  private SearchResult meetAll(int[] blocks) {
    Candidates candidates = scan.byVantage(blocks);
    scan.count(blocks, candidates.size());
    refinement.probeLeast(candidates);
    return finish(candidates);
  }

  /** Measures the open series of some blocks, if no bound is worth its cost. */
  private SearchResult measureAll(int[] blocks) {
    int[] all = scan.openAmong(blocks);
    scan.count(blocks, all.length);
    refinement.measureAll(all);
    return refinement.answer(new Candidates(0));
  }

  private SearchResult walk(int[] annulus) {
    counts.plan(SearchReport.Plan.ANNULUS_WALK);
    return finish(oneByOne(annulus));
  }

  /** Searches all series that pass a filter, one by one. */
  private SearchResult meet(int[] passing) {
    counts.plan(SearchReport.Plan.CONDITION_WALK);
    if (passing.length <= MOST_MEASURED) {
      Candidates all = unbounded(passing);
      refinement.sweep(all);
      return refinement.answer(all);
    }
    Candidates candidates = oneByOne(passing);
    if (!refinement.isLimited()) {
      refinement.probeLeast(candidates);
    }
    return finish(candidates);
  }

  /** Returns some series as candidates without known bounds. */
  private Candidates unbounded(int[] ordinals) {
    Candidates candidates = new Candidates(ordinals.length);
    for (int ordinal : ordinals) {
      if (refinement.isOpen(ordinal)) {
        candidates.add(ordinal, 0);
      }
    }
    counts.visited(candidates.size());
    return candidates;
  }

  /** Bounds some series one by one; returns the open ones within reach. */
  private Candidates oneByOne(int[] ordinals) {
    float[] found = new float[ordinals.length];
    index
        .pool()
        .forEach(
            ordinals.length,
            WALKED_AT_ONCE,
            (from, to) -> {
              request.checkpoint().run();
              for (int i = from; i < to; i++) {
                found[i] = bounds.squaredBound(ordinals[i]);
              }
            });
    Candidates candidates = new Candidates(64);
    float reach = refinement.squaredReach();
    final long open = refinement.open();
    long met = 0;
    for (int i = 0; i < ordinals.length; i++) {
      if (refinement.isOpen(ordinals[i])) {
        met++;
        if (found[i] <= reach) {
          candidates.add(ordinals[i], found[i]);
        }
      }
    }
    counts.visited(measurement.candidates() - open + met);
    counts.pruned(SearchReport.TRIANGLE, open - met);
    counts.pruned(bounds.name(), met - candidates.size());
    return candidates;
  }
}

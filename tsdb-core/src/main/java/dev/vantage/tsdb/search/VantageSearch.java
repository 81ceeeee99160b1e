package dev.vantage.tsdb.search;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * One search by vantage points.
 *
 * <ol>
 *   <li>Series lie in blocks, near ones together, and each block has a box around its coordinates.
 *       The most promising series of the nearest boxes are measured, and the k-th nearest of them
 *       is a first limit. For that limit, or the radius asked for, the trees count their annuli.
 *       The smallest one is walked if that is cheaper than to scan the blocks that the limit
 *       reaches.
 *   <li>Each series met gets a lower bound from the n-simplex. Those within the limit are the
 *       candidates.
 *   <li>The metric's own bounds, the cheapest first, raise the bounds of all candidates, and leave
 *       out what is beyond the limit; between two of them the most promising are measured, so that
 *       the limit shrinks early.
 *   <li>What is left is measured in increasing order of its bound.
 *   <li>Where a budget is spent before, the least bound of what is left says how far the answer is
 *       complete.
 * </ol>
 *
 * <p>Whatever the plan, what is skipped is certainly beyond the limit, so plans differ in cost
 * alone. The steps are apart, because several searches may share one pass over the table.
 */
final class VantageSearch {
  /** Fewer series are scanned without asking the trees. */
  private static final int SMALLEST_PLANNED = 1 << 11;

  /** Blocks from which the first series to be measured come. */
  private static final int SEED_BLOCKS = 6;

  /** For a larger k there is more in them than they can hold. */
  private static final int MOST_SEEDED = 128;

  /** To read a row, prepare and measure it costs so many times what it costs to measure it. */
  private static final double COST_OF_READING = 8;

  /** An ordinal met in a tree costs about as much as this many of a scan, for its cache misses. */
  private static final int WALK_COST = 60;

  /** Series of an annulus that one task of the pool takes. */
  private static final int WALKED_AT_ONCE = 1 << 10;

  /** Beyond k, this many of the most promising are looked at before all others. */
  private static final int EXTRA_PROMISING = 22;

  /** Blocks that show whether a bound is worth a pass over all. */
  private static final int SAMPLED_BLOCKS = 8;

  /** One of so many blocks is searched before all others. */
  private static final int BLOCKS_PER_SAMPLED = 16;

  /** The n-simplex must rule out such a share of series, or they need not meet it. */
  private static final double LEAST_BY_SIMPLEX = 0.3;

  /** Candidates measured one by one before batches are handed to all threads. */
  private static final int SEQUENTIAL = 32;

  private static final int BATCH_PER_THREAD = 64;

  /** Of more candidates only so many are measured in order, the rest as they lie in memory. */
  private static final int ORDERED = 1 << 12;

  private final VantageIndex index;
  private final IndexState state;
  private final LowerBounds bounds;
  private final SearchRequest request;
  private final Measurement measurement;
  private final Cascade cascade;
  private final Allowance allowance;
  private final SearchCounts.Builder counts = new SearchCounts.Builder();
  private final BitSet measured = new BitSet();

  /** The name of the bound that was applied last, to which what is left out is put down. */
  private String lastBound = SearchCounts.SIMPLEX;

  VantageSearch(VantageIndex index, IndexState state, QueryPoint query, SearchRequest request) {
    this.index = index;
    this.state = state;
    this.request = request;
    allowance = request.budget().start(System::nanoTime);
    measurement = new Measurement(state, index.metric(), index.pool(), query, request);
    boolean stored = query.ordinal() != QueryPoint.UPLOADED;
    double[] distances =
        stored
            ? storedDistances(query.ordinal())
            : index.distances(state, query.row(), query.offset());
    counts.vantagePoints(distances.length, stored ? 0 : distances.length);
    bounds = new LowerBounds(state.vantage(), distances, index.metric().squaredDistanceError());
    cascade =
        new Cascade(
            state.sketches(),
            index.metric().lowerBounds(),
            index.pool(),
            sketch(query),
            state.rows().isResident() ? 1 : COST_OF_READING);
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

  Found run() {
    TableScan scan = new TableScan(state, index.pool(), request.checkpoint());
    if (request.k() > MOST_SEEDED && request.radius() == Double.POSITIVE_INFINITY) {
      return finish(scan, scan.bounds(new LowerBounds[] {bounds})[0]);
    }
    float[] boxes = bounds.squaredSimplexOfBlocks(scan.blocks());
    int[] all = scan.allBlocks();
    if (request.k() <= MOST_SEEDED) {
      int[] nearest = nearest(all, boxes);
      probe(leastOf(nearest, taker -> scan.run(simplex(), nearest, taker)));
    }
    float reach = squaredReach();
    int[] blocks = IntStream.of(all).filter(block -> boxes[block] <= reach).toArray();
    return plan((long) blocks.length * FloatColumns.LANES)
        .map(annulus -> finish(walk(annulus)))
        .orElseGet(() -> scan(scan, blocks));
  }

  private Supplier<TableScan.Source> simplex() {
    return () -> bounds::squaredSimplex;
  }

  /**
   * Scans blocks by the n-simplex, or at once by the metric's first bound, where a sample shows
   * that the one rules out next to nothing and the other enough.
   */
  private Found scan(TableScan scan, int[] blocks) {
    int[] sample = TableScan.sample(blocks, SAMPLED_BLOCKS);
    if (blocks.length > 2 * SAMPLED_BLOCKS && cascade.size() > 0) {
      Beyond bySimplex = beyond(scan, simplex(), sample);
      if (bySimplex.share() < LEAST_BY_SIMPLEX) {
        Beyond byFirst = beyond(scan, cascade::first, sample);
        if (cascade.pays(0, byFirst.beyond, byFirst.open)) {
          return scanByFirst(scan, blocks);
        }
      }
    }
    return finish(withinReach(blocks, taker -> scan.run(simplex(), blocks, taker)));
  }

  /**
   * Scans blocks by the metric's first bound, and by the next one at once what that leaves. A
   * sample of the blocks is searched to its end before, for a narrow limit.
   */
  private Found scanByFirst(TableScan scan, int[] blocks) {
    lastBound = cascade.name(0);
    final long open = open();
    int[] sample = TableScan.sample(blocks, blocks.length / BLOCKS_PER_SAMPLED);
    Candidates some =
        withinReach(sample, taker -> scan.run(cascade::first, sample, taker), OptionalInt.empty());
    final int left = some.size();
    settle(some, 1);
    int[] rest =
        IntStream.of(blocks).filter(block -> Arrays.binarySearch(sample, block) < 0).toArray();
    OptionalInt second = cascade.second();
    Candidates others = withinReach(rest, taker -> scan.run(cascade::first, rest, taker), second);
    counts.visited(Math.min(measurement.candidates(), (long) blocks.length * FloatColumns.LANES));
    counts.pruned(cascade.name(0), open - left - others.size());
    int applied = 1;
    if (second.isPresent()) {
      applied = second.getAsInt() + 1;
      lastBound = cascade.name(second.getAsInt());
      counts.pruned(lastBound, others.dropBeyond(squaredReach()));
    }
    others.addOpen(some);
    return finish(others, applied);
  }

  /** How many open series of some blocks there are, and how many of them are beyond reach. */
  private record Beyond(long beyond, long open) {
    double share() {
      return (double) beyond / open;
    }
  }

  private Beyond beyond(TableScan scan, Supplier<TableScan.Source> sourceOf, int[] blocks) {
    LongAdder beyond = new LongAdder();
    LongAdder open = new LongAdder();
    float reach = squaredReach();
    scan.run(
        sourceOf,
        blocks,
        part ->
            (first, end, all) -> {
              for (int ordinal = first; ordinal < end; ordinal++) {
                if (isOpen(ordinal)) {
                  open.increment();
                  beyond.add(all[ordinal - first] > reach ? 1 : 0);
                }
              }
            });
    return new Beyond(beyond.sum(), open.sum());
  }

  /** The blocks with the nearest boxes, increasing. */
  private static int[] nearest(int[] blocks, float[] boxes) {
    Candidates nearest = new Candidates(blocks.length);
    for (int block : blocks) {
      nearest.add(block, boxes[block]);
    }
    Candidates least = nearest.least(SEED_BLOCKS);
    return IntStream.range(0, least.size()).map(least::ordinal).sorted().toArray();
  }

  /**
   * The series to walk, or empty where blocks must be scanned.
   *
   * @param scanned how many series there would be to scan
   */
  private Optional<int[]> plan(long scanned) {
    if (scanned < SMALLEST_PLANNED) {
      return Optional.empty();
    }
    int most = (int) (scanned / WALK_COST);
    Optional<Annulus> annulus =
        index.smallestAnnulus(state, bounds, bounds.annulusReach(measurement.limit()), most);
    annulus.ifPresent(
        found ->
            counts.estimate(
                new SearchCounts.Estimate(
                    found.series(), (double) WALK_COST * found.series(), scanned)));
    return annulus.filter(found -> found.series() <= most).map(Annulus::ordinals);
  }

  LowerBounds bounds() {
    return bounds;
  }

  private int promising() {
    return (int) Math.min(state.live().count(), (long) request.k() + EXTRA_PROMISING);
  }

  private Candidates walk(int[] annulus) {
    counts.walkedAnnulus();
    float[] found = new float[annulus.length];
    index
        .pool()
        .forEach(
            annulus.length,
            WALKED_AT_ONCE,
            (from, to) -> {
              request.checkpoint().run();
              for (int i = from; i < to; i++) {
                found[i] = bounds.squaredSimplex(annulus[i]);
              }
            });
    Candidates candidates = new Candidates(64);
    float reach = squaredReach();
    long met = measured.cardinality();
    for (int i = 0; i < annulus.length; i++) {
      if (isOpen(annulus[i])) {
        met++;
        if (found[i] <= reach) {
          candidates.add(annulus[i], found[i]);
        }
      }
    }
    counts.visited(met);
    counts.pruned(SearchCounts.TRIANGLE, measurement.candidates() - met);
    counts.pruned(SearchCounts.SIMPLEX, met - measured.cardinality() - candidates.size());
    return candidates;
  }

  /** Whether an ordinal of the table is a series that may be found and was not measured yet. */
  private boolean isOpen(int ordinal) {
    return state.live().contains(ordinal)
        && ordinal != measurement.excluded()
        && !measured.get(ordinal);
  }

  /** The answer, from bounds on all series by ordinal, made by a pass over the table. */
  Found finish(TableScan scan, float[] all) {
    int[] blocks = scan.allBlocks();
    if (measurement.limit() == Double.POSITIVE_INFINITY) {
      probe(leastOf(blocks, taker -> scan.run(TableScan.replay(all), blocks, taker)));
    }
    return finish(withinReach(blocks, taker -> scan.run(TableScan.replay(all), blocks, taker)));
  }

  /** The open series of some blocks whose bounds are within reach, in the order of ordinals. */
  private Candidates withinReach(int[] blocks, Consumer<IntFunction<TableScan.Taker>> pass) {
    final long open = open();
    Candidates candidates = withinReach(blocks, pass, OptionalInt.empty());
    counts.visited(Math.min(measurement.candidates(), (long) blocks.length * FloatColumns.LANES));
    counts.pruned(lastBound, open - candidates.size());
    return candidates;
  }

  /** How many series have not been measured yet. */
  private long open() {
    return measurement.candidates() - measured.cardinality();
  }

  /**
   * The same without counting.
   *
   * @param raise the stage by which they are raised at once
   */
  private Candidates withinReach(
      int[] blocks, Consumer<IntFunction<TableScan.Taker>> pass, OptionalInt raise) {
    Candidates[] found = new Candidates[TableScan.parts(blocks)];
    float reach = squaredReach();
    pass.accept(
        part -> {
          found[part] = new Candidates(64);
          return new WithinReach(reach, found[part], raise);
        });
    return Candidates.all(found);
  }

  /** Keeps the open series of some blocks whose bounds are within reach. */
  private final class WithinReach implements TableScan.Taker {
    private final float reach;
    private final Candidates kept;
    private final Optional<Cascade.Raising> raising;

    WithinReach(float reach, Candidates kept, OptionalInt raise) {
      this.reach = reach;
      this.kept = kept;
      raising =
          raise.isPresent()
              ? Optional.of(cascade.new Raising(raise.getAsInt(), kept))
              : Optional.empty();
    }

    @Override
    public void take(int first, int end, float[] all) {
      int before = kept.size();
      for (int ordinal = first; ordinal < end; ordinal++) {
        if (all[ordinal - first] <= reach && isOpen(ordinal)) {
          kept.add(ordinal, all[ordinal - first]);
        }
      }
      if (raising.isPresent()) {
        raising.get().added(before);
      }
    }

    @Override
    public void end() {
      raising.ifPresent(Cascade.Raising::end);
    }
  }

  /** The open series of some blocks with the least bounds, as many as are promising. */
  private Candidates leastOf(int[] blocks, Consumer<IntFunction<TableScan.Taker>> pass) {
    int count = promising();
    Candidates[] found = new Candidates[TableScan.parts(blocks)];
    pass.accept(
        part -> {
          Candidates own = new Candidates(Math.min(4 * count, 1 << 13));
          found[part] = own;
          return (first, end, bounds) -> {
            for (int ordinal = first; ordinal < end; ordinal++) {
              if (isOpen(ordinal)) {
                own.offer(ordinal, bounds[ordinal - first], count);
              }
            }
          };
        });
    return Candidates.all(found).least(count);
  }

  private Found finish(Candidates candidates) {
    return finish(candidates, 0);
  }

  /**
   * The answer from all candidates.
   *
   * @param applied how many of the metric's bounds have been applied
   */
  private Found finish(Candidates candidates, int applied) {
    settle(candidates, applied);
    return answer(candidates);
  }

  /** Bounds and measures candidates until none is left, or the budget is spent. */
  private void settle(Candidates candidates, int applied) {
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
  private void probe(Candidates promising) {
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
  private void leaveOut(Candidates candidates) {
    candidates.drop(measured);
    counts.pruned(lastBound, candidates.dropBeyond(squaredReach()));
  }

  private float squaredReach() {
    double reach = bounds.squaredReach(measurement.limit());
    return Math.nextUp((float) reach);
  }

  private void measureInOrder(Candidates candidates) {
    int[] order = candidates.inOrder();
    int ordered = order.length > 2 * ORDERED ? ORDERED : order.length;
    measure(candidates, order, 0, ordered);
    if (ordered < order.length) {
      // Bounds say little here; rows are read faster as they lie.
      Arrays.sort(order, ordered, order.length);
      measure(candidates, order, ordered, order.length);
    }
  }

  private void measure(Candidates candidates, int[] slots, int from, int to) {
    int threads = index.pool().threads();
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

  private Found answer(Candidates candidates) {
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

package dev.vantage.tsdb.search;

import dev.vantage.tsdb.SearchReport;
import dev.vantage.tsdb.index.IndexState;
import dev.vantage.tsdb.index.table.FloatColumns;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * The part of a search that scans whole blocks of the table. Not thread-safe: used by the searching
 * thread, which passes blocks to the pool. Blocks are bounded from vantage points ({@link
 * LowerBounds}) or, if that rules out next to nothing, by the metric's own bounds.
 */
final class BlockScan {
  /** The number of sampled blocks that decide whether a bound is worth a pass over all blocks. */
  private static final int SAMPLED_BLOCKS = 8;

  /**
   * The minimum number of blocks to sample: a pass over fewer costs little more than the sample.
   */
  private static final int LEAST_SAMPLED = 4 * SAMPLED_BLOCKS;

  /**
   * One in this many blocks is searched first if the bound from vantage points rules out little.
   */
  private static final int BLOCKS_PER_FIRST = 64;

  /** The minimum fraction of series that the bound from vantage points must rule out to be used. */
  private static final double LEAST_BY_VANTAGE = 0.3;

  /** The fraction that pays for that bound even if all remaining series are measured. */
  private static final double SOME_BY_VANTAGE = 0.02;

  private final IndexState state;
  private final TableScan table;
  private final LowerBounds bounds;
  private final Cascade cascade;
  private final Refinement refinement;
  private final SearchReport.Builder counts;

  BlockScan(
      IndexState state,
      TableScan table,
      LowerBounds bounds,
      Cascade cascade,
      Refinement refinement,
      SearchReport.Builder counts) {
    this.state = state;
    this.table = table;
    this.bounds = bounds;
    this.cascade = cascade;
    this.refinement = refinement;
    this.counts = counts;
  }

  /** Returns the number of blocks of the table. */
  int blocks() {
    return table.blocks();
  }

  /** Returns all blocks that contain a series. */
  int[] allBlocks() {
    return table.allBlocks();
  }

  /** Returns the promising candidates: the open series of some blocks with the least bounds. */
  Candidates leastByVantage(int[] blocks) {
    int count = refinement.promising();
    Candidates[] found = new Candidates[TableScan.parts(blocks)];
    table.run(
        vantageBounds(),
        blocks,
        part -> {
          Candidates own = new Candidates(Math.min(4 * count, 1 << 13));
          found[part] = own;
          return (first, end, all) -> {
            for (int ordinal = first; ordinal < end; ordinal++) {
              if (refinement.isOpen(ordinal)) {
                own.offer(ordinal, all[ordinal - first], count);
              }
            }
          };
        });
    return Candidates.all(found).least(count);
  }

  /**
   * Returns the open series of some blocks that the bound from vantage points does not rule out.
   */
  Candidates byVantage(int[] blocks) {
    return keep(vantageBounds(), blocks);
  }

  /** Bounds a block, and adds the open series within reach. */
  void byVantage(int block, float[] scratch, Candidates own) {
    bounds.squaredBounds(block, scratch);
    int first = block * FloatColumns.LANES;
    int end = Math.min(state.live().end(), first + FloatColumns.LANES);
    keep(first, end, scratch, refinement.squaredReach(), own);
  }

  /** Records blocks that were bounded, and how many of their series were kept. */
  void count(int[] blocks, int kept) {
    counts.visited(refinement.candidatesIn(blocks));
    counts.pruned(refinement.lastBound(), refinement.open() - kept);
  }

  private Supplier<TableScan.Source> vantageBounds() {
    return () -> (block, next, found) -> bounds.squaredBounds(block, found);
  }

  /** A way to search blocks. */
  enum Way {
    /**
     * By the bound from vantage points: it rules out enough, was not sampled, or no other way is
     * better.
     */
    BY_VANTAGE,
    /** By the metric's first bound, without the bound from vantage points. */
    BY_FIRST,
    /**
     * By measuring all series: no bound rules out enough to be worth its cost, as on white noise.
     */
    MEASURE_ALL
  }

  /** Chooses the way for all blocks from a sample of them. */
  Way wayFor(int[] blocks) {
    if (blocks.length <= LEAST_SAMPLED || cascade.size() == 0) {
      return Way.BY_VANTAGE;
    }
    int[] sample = TableScan.sample(blocks, SAMPLED_BLOCKS);
    Beyond byVantage = beyond(vantageBounds(), sample);
    if (byVantage.beyond >= LEAST_BY_VANTAGE * byVantage.open) {
      return Way.BY_VANTAGE;
    }
    if (byVantage.beyond <= SOME_BY_VANTAGE * byVantage.open
        && refinement.isNoise(Candidates.unbounded(openAmong(sample)))) {
      return Way.MEASURE_ALL;
    }
    Beyond byFirst = beyond(cascade::first, sample);
    return cascade.pays(0, byFirst.beyond, byFirst.open) ? Way.BY_FIRST : Way.BY_VANTAGE;
  }

  /** The open series of some blocks. */
  int[] openAmong(int[] blocks) {
    int[] open = new int[blocks.length * FloatColumns.LANES];
    int count = 0;
    for (int block : blocks) {
      int first = block * FloatColumns.LANES;
      int end = Math.min(state.live().end(), first + FloatColumns.LANES);
      for (int ordinal = first; ordinal < end; ordinal++) {
        if (refinement.isOpen(ordinal)) {
          open[count++] = ordinal;
        }
      }
    }
    return Arrays.copyOf(open, count);
  }

  /**
   * Searches blocks by the metric's first bound. It works in rounds, each completed before the
   * next, so that the limit shrinks from round to round. A round takes a share of the remaining
   * blocks, spread evenly.
   *
   * @return the remaining candidates, settled as far as the budget allows
   */
  Candidates byFirst(int[] blocks) {
    counts.visited(refinement.candidatesIn(blocks));
    Candidates settled = new Candidates(0);
    final long open = refinement.open();
    long left = 0;
    int[] rest = blocks;
    while (rest.length > 0) {
      int done = blocks.length - rest.length;
      int[] round = TableScan.sample(rest, Math.max(done, blocks.length / BLOCKS_PER_FIRST + 1));
      left += searchRound(round, settled);
      rest = without(rest, round);
    }
    counts.pruned(cascade.name(0), open - left);
    return settled;
  }

  /** Searches some blocks by the first bound; returns how many series that bound left. */
  private long searchRound(int[] round, Candidates settled) {
    int next = cascade.firstPaying(1);
    if (next == cascade.size()) {
      Candidates kept = keep(cascade::first, round);
      final long left = kept.size();
      settle(kept, 0, settled);
      return left;
    }
    LongAdder left = new LongAdder();
    Candidates kept = byFirstAnd(next, round, left);
    counts.pruned(cascade.name(next), left.sum() - kept.size());
    settle(kept, next, settled);
    return left.sum();
  }

  /** Settles the candidates that the bounds up to some stage left. */
  private void settle(Candidates kept, int stage, Candidates settled) {
    refinement.appliedLast(cascade.name(stage));
    refinement.settle(kept, stage + 1);
    settled.addOpen(kept);
  }

  /**
   * Returns the open series of some blocks within reach by the first bound and by another bound.
   * The second bound is applied to each part while the part is in the cache.
   *
   * @param left counts the series that the first bound leaves
   */
  private Candidates byFirstAnd(int stage, int[] blocks, LongAdder left) {
    Candidates[] found = new Candidates[TableScan.parts(blocks)];
    float reach = refinement.squaredReach();
    table.run(
        cascade::first,
        blocks,
        part -> {
          Candidates own = new Candidates(64);
          found[part] = own;
          return new TableScan.Taker() {
            @Override
            public void take(int first, int end, float[] all) {
              keep(first, end, all, reach, own);
            }

            @Override
            public void end() {
              left.add(own.size());
              cascade.narrow(stage, own, reach);
            }
          };
        });
    return Candidates.all(found);
  }

  /** Returns some blocks without a sample of them; both are increasing. */
  private static int[] without(int[] blocks, int[] sample) {
    int[] rest = new int[blocks.length - sample.length];
    int count = 0;
    int next = 0;
    for (int block : blocks) {
      if (next < sample.length && block == sample[next]) {
        next++;
      } else {
        rest[count++] = block;
      }
    }
    return rest;
  }

  /** Counts of the open series of some blocks: all, and those beyond reach. */
  private record Beyond(long beyond, long open) {}

  private Beyond beyond(Supplier<TableScan.Source> sourceOf, int[] blocks) {
    LongAdder beyond = new LongAdder();
    LongAdder open = new LongAdder();
    float reach = refinement.squaredReach();
    table.run(
        sourceOf,
        blocks,
        part ->
            (first, end, all) -> {
              int openHere = 0;
              int beyondHere = 0;
              for (int ordinal = first; ordinal < end; ordinal++) {
                if (refinement.isOpen(ordinal)) {
                  openHere++;
                  beyondHere += all[ordinal - first] > reach ? 1 : 0;
                }
              }
              open.add(openHere);
              beyond.add(beyondHere);
            });
    return new Beyond(beyond.sum(), open.sum());
  }

  /**
   * Returns the open series of some blocks whose bounds are within reach, in the order of ordinals.
   */
  private Candidates keep(Supplier<TableScan.Source> sourceOf, int[] blocks) {
    Candidates[] found = new Candidates[TableScan.parts(blocks)];
    float reach = refinement.squaredReach();
    table.run(
        sourceOf,
        blocks,
        part -> {
          Candidates own = new Candidates(64);
          found[part] = own;
          return (first, end, all) -> keep(first, end, all, reach, own);
        });
    return Candidates.all(found);
  }

  private void keep(int first, int end, float[] all, float reach, Candidates own) {
    for (int ordinal = first; ordinal < end; ordinal++) {
      if (all[ordinal - first] <= reach && refinement.isOpen(ordinal)) {
        own.add(ordinal, all[ordinal - first]);
      }
    }
  }
}

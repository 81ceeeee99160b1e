package dev.vantage.tsdb.search;

import dev.vantage.tsdb.index.IndexState;
import dev.vantage.tsdb.index.table.FloatColumns;
import dev.vantage.tsdb.pool.Coprocessor;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Scans the packed table: computes bounds for every series in some blocks, on all threads of the
 * pool, a few blocks per task.
 */
final class TableScan {
  /** The number of blocks per task. */
  private static final int GRAIN = 32;

  private static final int LANES = FloatColumns.LANES;

  private final IndexState state;
  private final Coprocessor pool;
  private final Runnable checkpoint;

  TableScan(IndexState state, Coprocessor pool, Runnable checkpoint) {
    this.state = state;
    this.pool = pool;
    this.checkpoint = checkpoint;
  }

  /** Receives the bounds of blocks. */
  interface Taker {
    /**
     * Receives the bounds of a block.
     *
     * @param first the ordinal of the first bound
     * @param end the ordinal after the last series
     * @param bounds a bound for each ordinal from the first on; overwritten after this call
     */
    void take(int first, int end, float[] bounds);

    /** Called after the last block. */
    default void end() {}
  }

  /** Returns the number of blocks of the table. */
  int blocks() {
    return (state.live().end() + LANES - 1) / LANES;
  }

  /** Returns all blocks that contain a series. */
  int[] allBlocks() {
    int[] blocks = new int[blocks()];
    int count = 0;
    for (int block = 0; block < blocks.length; block++) {
      if (state.live().countInBlock(block) > 0) {
        blocks[count++] = block;
      }
    }
    return Arrays.copyOf(blocks, count);
  }

  /** Returns the number of parts into which some blocks are divided. */
  static int parts(int[] blocks) {
    return (blocks.length + GRAIN - 1) / GRAIN;
  }

  /** Returns the blocks of a part. */
  static int[] part(int[] blocks, int part) {
    return Arrays.copyOfRange(blocks, part * GRAIN, Math.min(blocks.length, (part + 1) * GRAIN));
  }

  /** Computes bounds. Not thread-safe. */
  interface Source {
    /**
     * Bounds the squares of the true distances to all series of a block.
     *
     * @param block the number of the block
     * @param next the block that is likely to be read after it, or the same if there is none
     * @param bounds receives the bounds; series that are not live get arbitrary values
     */
    void read(int block, int next, float[] bounds);
  }

  /** Returns up to a number of blocks, spread evenly over the given blocks. */
  static int[] sample(int[] blocks, int count) {
    if (blocks.length <= count) {
      return blocks;
    }
    int[] sample = new int[count];
    Arrays.setAll(sample, i -> blocks[(int) ((long) i * blocks.length / count)]);
    return sample;
  }

  /**
   * Bounds the squares of the true distances from one query.
   *
   * @param sourceOf creates the source of the bounds of a part
   * @param blocks the blocks to scan, increasing
   * @param takerOf creates the receiver of the bounds of a part; parts are numbered from 0
   */
  void run(Supplier<Source> sourceOf, int[] blocks, IntFunction<Taker> takerOf) {
    pool.forEach(
        parts(blocks),
        1,
        (from, to) -> {
          float[] found = new float[LANES];
          for (int part = from; part < to; part++) {
            checkpoint.run();
            Source source = sourceOf.get();
            Taker taker = takerOf.apply(part);
            int end = Math.min(blocks.length, (part + 1) * GRAIN);
            for (int i = part * GRAIN; i < end; i++) {
              int first = blocks[i] * LANES;
              source.read(blocks[i], blocks[Math.min(i + 1, blocks.length - 1)], found);
              taker.take(first, Math.min(state.live().end(), first + LANES), found);
            }
            taker.end();
          }
        });
  }
}

package dev.vantage.tsdb.search;

import java.util.function.IntFunction;

/**
 * Passes over the packed table: the n-simplex bounds of every series, for one query or several. On
 * all threads of the pool, each of which takes some blocks at a time.
 */
final class TableScan {
  /** Blocks that one task takes. */
  private static final int GRAIN = 32;

  private static final int LANES = FloatColumns.LANES;

  private final IndexState state;
  private final Coprocessor pool;
  private final Runnable checkpoint;
  private final FloatColumns coordinates;
  private final int blocks;

  TableScan(IndexState state, Coprocessor pool, Runnable checkpoint) {
    this.state = state;
    this.pool = pool;
    this.checkpoint = checkpoint;
    coordinates = state.vantage().coordinates();
    blocks = (state.live().end() + LANES - 1) / LANES;
  }

  /** Where the bounds of a block go. */
  interface Taker {
    /**
     * Takes the bounds of a block.
     *
     * @param first the ordinal of the first of them
     * @param end the ordinal after the last of them that is a series
     * @param bounds one for each ordinal from the first on; overwritten later
     */
    void take(int first, int end, float[] bounds);
  }

  /**
   * Bounds the squares of the true distances from one query. Costs a few operations for each series
   * and vantage point.
   *
   * @param takerOf makes what takes the bounds of the blocks of a part; parts are numbered from 0
   */
  void run(LowerBounds query, IntFunction<Taker> takerOf) {
    pool.forEach(
        parts(),
        1,
        (from, to) -> {
          float[] found = new float[LANES];
          for (int part = from; part < to; part++) {
            checkpoint.run();
            Taker taker = takerOf.apply(part);
            for (int block = part * GRAIN; block < endOf(part); block++) {
              if (coordinates.isThere(block)) {
                query.squaredSimplex(block, found);
                taker.take(block * LANES, Math.min(state.live().end(), (block + 1) * LANES), found);
              }
            }
          }
        });
  }

  int parts() {
    return (blocks + GRAIN - 1) / GRAIN;
  }

  private int endOf(int part) {
    return Math.min(blocks, (part + 1) * GRAIN);
  }

  /**
   * Bounds for several queries, in one pass: each block is used for all of them while it is in the
   * cache.
   *
   * @return for each query the bounds by ordinal; what is not live has any bound
   */
  float[][] bounds(LowerBounds[] queries) {
    float[][] all = new float[queries.length][blocks * LANES];
    pool.forEach(
        blocks,
        GRAIN,
        (from, to) -> {
          checkpoint.run();
          float[] found = new float[LANES];
          for (int block = from; block < to; block++) {
            if (coordinates.isThere(block)) {
              for (int q = 0; q < queries.length; q++) {
                queries[q].squaredSimplex(block, found);
                System.arraycopy(found, 0, all[q], block * LANES, LANES);
              }
            }
          }
        });
    return all;
  }

  /** Hands out bounds that are there already, in the same parts. */
  void replay(float[] all, IntFunction<Taker> takerOf) {
    pool.forEach(
        parts(),
        1,
        (from, to) -> {
          float[] found = new float[LANES];
          for (int part = from; part < to; part++) {
            checkpoint.run();
            Taker taker = takerOf.apply(part);
            for (int block = part * GRAIN; block < endOf(part); block++) {
              if (coordinates.isThere(block)) {
                System.arraycopy(all, block * LANES, found, 0, LANES);
                taker.take(block * LANES, Math.min(state.live().end(), (block + 1) * LANES), found);
              }
            }
          }
        });
  }
}

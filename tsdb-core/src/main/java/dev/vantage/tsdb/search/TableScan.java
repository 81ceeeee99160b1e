package dev.vantage.tsdb.search;

/** A pass over the packed table: the n-simplex bounds of every series, for one query or several. */
final class TableScan {
  /** Blocks that one task of the pool takes. */
  private static final int GRAIN = 32;

  private final IndexState state;
  private final Coprocessor pool;
  private final Runnable checkpoint;

  TableScan(IndexState state, Coprocessor pool, Runnable checkpoint) {
    this.state = state;
    this.pool = pool;
    this.checkpoint = checkpoint;
  }

  /**
   * Bounds the squares of the true distances from one query. Costs a few operations for each series
   * and vantage point.
   *
   * @return by ordinal; what is not live has any bound
   */
  float[] bounds(LowerBounds query) {
    return bounds(new LowerBounds[] {query})[0];
  }

  /** Bounds for several queries, in one pass: each block is used for all of them. */
  float[][] bounds(LowerBounds[] queries) {
    int blocks = FloatColumns.block(state.live().end() - 1) + 1;
    float[][] all = new float[queries.length][blocks * FloatColumns.LANES];
    FloatColumns coordinates = state.vantage().coordinates();
    pool.forEach(
        blocks,
        GRAIN,
        (from, to) -> {
          checkpoint.run();
          float[] found = new float[FloatColumns.LANES];
          for (int block = from; block < to; block++) {
            if (coordinates.isThere(block)) {
              for (int q = 0; q < queries.length; q++) {
                queries[q].squaredSimplex(block, found);
                System.arraycopy(found, 0, all[q], block * FloatColumns.LANES, FloatColumns.LANES);
              }
            }
          }
        });
    return all;
  }
}

package dev.vantage.tsdb.metric.kernel;

import dev.vantage.tsdb.fft.RealFft;

/**
 * Uses all kinds of vectors of this package once, before any is used much. Thread-safe. The kinds
 * share code of the Vector API, and the optimising compiler speculates on the kinds that this code
 * has seen. If a new kind makes a speculation fail, the compiler stops speculating and leaves
 * vectors of all kinds on the heap.
 */
final class VectorKinds {
  private static final int LENGTH = 128;

  static {
    double[] row = new double[LENGTH];
    new VectorKernel(new RealFft(LENGTH), new KernelSum(1)).sum(row, 0, row, 0);
    for (int level = 0; level < 2; level++) {
      float[] query = new float[Sketch.size(level)];
      float[] series = new float[query.length * VectorGroup.WIDTH];
      LowPassGrid grid = new LowPassGrid(1, 0, level);
      new VectorLowPass(grid, new LaneFft(grid.half), query)
          .squaredLowerBounds(
              series, VectorGroup.WIDTH, 0, VectorGroup.WIDTH, new float[VectorGroup.WIDTH]);
    }
  }

  private VectorKinds() {}

  /** Uses all kinds of vectors, at the first call only. */
  static void meet() {}
}

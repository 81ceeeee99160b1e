package dev.vantage.tsdb.metric.kernel;

import dev.vantage.tsdb.metric.LowerBound;

/** Creates evaluators of the Vector API. Immutable. Loaded by its name. */
final class VectorLowPassMaker implements LowPassMaker {

  VectorLowPassMaker() {
    VectorKinds.meet();
  }

  @Override
  public LowerBound.Evaluator make(LowPassGrid grid, LaneFft fft, float[] query) {
    return new VectorLowPass(grid, fft, query);
  }
}

package dev.vantage.tsdb.metric;

/** Makes evaluators of the Vector API. Found by its name. */
final class VectorLowPassMaker implements LowPassMaker {

  VectorLowPassMaker() {
    VectorKinds.meet();
  }

  @Override
  public LowerBound.Evaluator make(LowPassGrid grid, LaneFft fft, float[] query) {
    return new VectorLowPass(grid, fft, query);
  }
}

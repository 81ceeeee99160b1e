package dev.vantage.tsdb.metric.kernel;

import dev.vantage.tsdb.metric.LowerBound;

/** Makes evaluators of {@link LowPassBound} of one kind. Immutable and thread-safe. */
interface LowPassMaker {

  /**
   * An evaluator for one thread.
   *
   * @param fft of as many complex numbers as the grid has pairs of places
   * @param query a sketch, not to be changed
   */
  LowerBound.Evaluator make(LowPassGrid grid, LaneFft fft, float[] query);
}

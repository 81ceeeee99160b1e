package dev.vantage.tsdb.metric.kernel;

import dev.vantage.tsdb.metric.LowerBound;

/** Creates evaluators of {@link LowPassBound} of one kind. Immutable. */
interface LowPassMaker {

  /**
   * Creates an evaluator; not thread-safe.
   *
   * @param fft a transform of half the number of places of the grid
   * @param query a sketch; must not be changed
   */
  LowerBound.Evaluator make(LowPassGrid grid, LaneFft fft, float[] query);
}

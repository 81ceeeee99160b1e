package dev.vantage.tsdb.metric.phase;

import dev.vantage.tsdb.metric.Metric;

/** The distance of the best circular shift of a series or of its reversal. Not thread-safe. */
final class ReversalEvaluator implements Metric.Evaluator {
  private final int length;
  private final ShiftedDistance plain;
  private final double[] reversed;

  ReversalEvaluator(int length, ShiftedDistance plain) {
    this.length = length;
    this.plain = plain;
    reversed = new double[length + 1];
  }

  @Override
  public double distance(double[] query, int queryOffset, double[] stored, int storedOffset) {
    double forward = plain.distance(query, queryOffset, stored, storedOffset);
    reverse(stored, storedOffset);
    return Math.min(forward, plain.distance(query, queryOffset, reversed, 0));
  }

  /** The spectrum of a reversed series is the conjugate. */
  private void reverse(double[] row, int offset) {
    System.arraycopy(row, offset, reversed, 0, length + 1);
    for (int f = length / 2 + 1; f < length; f++) {
      reversed[f] = -reversed[f];
    }
  }

  @Override
  public boolean isReversed(double[] query, int queryOffset, double[] stored, int storedOffset) {
    double forward = plain.distance(query, queryOffset, stored, storedOffset);
    reverse(stored, storedOffset);
    return plain.distance(query, queryOffset, reversed, 0) < forward;
  }

  /** {@inheritDoc} Of a reversed match, the query at t matches the other series at lag - t. */
  @Override
  public int bestLag(double[] query, int queryOffset, double[] stored, int storedOffset) {
    if (!isReversed(query, queryOffset, stored, storedOffset)) {
      return plain.bestLag(query, queryOffset, stored, storedOffset);
    }
    return (length - plain.bestLag(query, queryOffset, reversed, 0)) % length;
  }
}

package dev.vantage.tsdb.search;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.Match;
import dev.vantage.tsdb.metric.Invariance;
import dev.vantage.tsdb.metric.Metric;
import java.util.ArrayList;
import java.util.List;

/** Describes matches, as far as a metric can say more than their lags. Thread-safe. */
final class Matches {
  /** The most pairs of samples in one answer. */
  private static final long MOST_PAIRS = 1 << 22;

  /** The longest series that are aligned: the table of the steps has the square of it in bytes. */
  private static final int LONGEST = 1 << 13;

  private final Metric metric;
  private final boolean isAligned;
  private final boolean mayBeReversed;

  /**
   * Prepares.
   *
   * @param aligned whether to list the samples that match
   */
  Matches(Metric metric, boolean aligned) {
    this.metric = metric;
    isAligned = aligned && metric.isElastic();
    mayBeReversed = metric.invariances().contains(Invariance.REVERSAL);
  }

  /** Returns whether there is nothing to say. */
  boolean areEmpty() {
    return !isAligned && !mayBeReversed && metric.shapeDistance(0).isEmpty();
  }

  /**
   * Checks that an answer is not too large.
   *
   * @throws InvalidRequestException if it is
   */
  void check(int neighbors) {
    int length = metric.length();
    if (isAligned && length > LONGEST) {
      throw new InvalidRequestException(
          "length of series to align must be at most " + LONGEST + ": length=" + length);
    }
    if (isAligned && 2L * length * neighbors > MOST_PAIRS) {
      throw new InvalidRequestException(
          "neighbors with an alignment must be at most "
              + MOST_PAIRS / (2L * length)
              + ": neighbors="
              + neighbors
              + "; hint: ask for fewer");
    }
  }

  /** Describes the match of a query with a stored row, both as an evaluator takes them. */
  Match describe(
      Metric.Evaluator evaluator,
      QueryPoint query,
      double[] stored,
      int storedOffset,
      double distance) {
    Match match = Match.PLAIN;
    if (metric.shapeDistance(distance).isPresent()) {
      match = match.withShapeDistance(metric.shapeDistance(distance).getAsDouble());
    }
    if (mayBeReversed && evaluator.isReversed(query.row(), query.offset(), stored, storedOffset)) {
      match = match.reversed();
    }
    return isAligned
        ? match.withAlignment(
            pairs(evaluator.alignment(query.row(), query.offset(), stored, storedOffset)))
        : match;
  }

  private static List<Match.Pair> pairs(int[] indices) {
    List<Match.Pair> pairs = new ArrayList<>(indices.length / 2);
    for (int i = 0; i < indices.length; i += 2) {
      pairs.add(new Match.Pair(indices[i], indices[i + 1]));
    }
    return pairs;
  }
}

package dev.vantage.tsdb.search;

import dev.vantage.tsdb.Match;
import dev.vantage.tsdb.metric.Invariance;
import dev.vantage.tsdb.metric.Metric;
import java.util.ArrayList;
import java.util.List;

/** Describes matches, as far as a metric can say more than their lags. Thread-safe. */
final class Matches {
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
    isAligned = aligned;
    mayBeReversed = metric.invariances().contains(Invariance.REVERSAL);
  }

  /** Returns whether there is nothing to say. */
  boolean areEmpty() {
    return !isAligned && !mayBeReversed && metric.shapeDistance(0).isEmpty();
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

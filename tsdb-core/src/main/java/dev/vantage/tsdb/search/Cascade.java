package dev.vantage.tsdb.search;

import dev.vantage.tsdb.metric.LowerBound;
import java.util.List;

/**
 * The metric's own lower bounds on the candidates of one search, cheapest first. A bound that does
 * not earn its cost on this search is left out after a trial. For one thread.
 */
final class Cascade {
  /** Trying a bound may cost as much as so many exact distances before it has to pay. */
  private static final double TRIAL = 8;

  private final PreparedRows.Cursor cursor;
  private final QueryPoint query;
  private final List<LowerBound> bounds;
  private final LowerBound.Evaluator[] evaluators;
  private final int[] tried;

  /** How many of those tried had to be measured all the same. */
  private final int[] measured;

  Cascade(PreparedRows.Cursor cursor, QueryPoint query, List<LowerBound> bounds) {
    this(cursor, query, bounds, new int[bounds.size()], new int[bounds.size()]);
  }

  private Cascade(
      PreparedRows.Cursor cursor,
      QueryPoint query,
      List<LowerBound> bounds,
      int[] tried,
      int[] measured) {
    this.cursor = cursor;
    this.query = query;
    this.bounds = bounds;
    this.tried = tried;
    this.measured = measured;
    evaluators = bounds.stream().map(LowerBound::evaluator).toArray(LowerBound.Evaluator[]::new);
  }

  /** The same with the same experience, for another thread and its cursor. */
  Cascade copy(PreparedRows.Cursor own) {
    return new Cascade(own, query, bounds, tried.clone(), measured.clone());
  }

  /** The first stage from a given one on that is worth its cost, or {@link #size} if none is. */
  int next(int from) {
    int stage = from;
    while (stage < evaluators.length && !pays(stage)) {
      stage++;
    }
    return stage;
  }

  private boolean pays(int stage) {
    double spent = bounds.get(stage).cost() * tried[stage];
    return spent < TRIAL || tried[stage] - measured[stage] > spent;
  }

  /** Takes note that a candidate had to be measured. */
  void measured(int stagesMet) {
    for (int stage = 0; stage < stagesMet; stage++) {
      measured[stage]++;
    }
  }

  int size() {
    return evaluators.length;
  }

  /** The bound of a stage on the squared distance of a series. */
  double squaredBound(int stage, int ordinal) {
    tried[stage]++;
    cursor.seek(ordinal);
    return evaluators[stage].squaredLowerBound(
        query.row(), query.offset(), cursor.array(), cursor.offset());
  }

  /** Whether any bound from a stage on rules a series out. */
  boolean rulesOut(int ordinal, int from, double squaredReach) {
    for (int stage = next(from); stage < evaluators.length; stage = next(stage + 1)) {
      if (squaredBound(stage, ordinal) > squaredReach) {
        return true;
      }
    }
    measured(evaluators.length);
    return false;
  }
}

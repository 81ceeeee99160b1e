package dev.vantage.tsdb.metric.elastic;

import dev.vantage.tsdb.metric.elastic.ElasticDistance.StepCosts;
import java.util.Arrays;

/** Finds the cheapest steps through a whole table: slow and simple. Thread-safe. */
final class Alignment {
  private static final byte MATCH = 0;
  private static final byte DOWN = 1;
  private static final byte RIGHT = 2;

  private Alignment() {}

  /**
   * Finds the cheapest path from no samples to all samples. Of steps of one cost a match comes
   * before a step down, and that before a step to the right.
   *
   * @param costs the costs of the steps
   * @param length samples per series
   * @return the cells of the path, from the first to the last: pairs of indices, one after the
   *     other
   */
  static int[] path(StepCosts costs, int length) {
    byte[][] steps = steps(costs, length);
    int[] back = new int[4 * length];
    int size = 0;
    int i = length - 1;
    int j = length - 1;
    while (i >= 0 || j >= 0) {
      back[size++] = Math.max(j, 0);
      back[size++] = Math.max(i, 0);
      byte step = steps[i + 1][j + 1];
      i -= step == RIGHT ? 0 : 1;
      j -= step == DOWN ? 0 : 1;
    }
    int[] path = new int[size];
    for (int at = 0; at < size; at++) {
      path[at] = back[size - 1 - at];
    }
    return path;
  }

  /** Returns the cheapest step into each cell; row and column 0 stand for no samples. */
  private static byte[][] steps(StepCosts costs, int length) {
    byte[][] steps = new byte[length + 1][length + 1];
    double[] before = new double[length + 1];
    double[] row = new double[length + 1];
    for (int i = -1; i < length; i++) {
      for (int j = -1; j < length; j++) {
        if (i < 0 && j < 0) {
          continue;
        }
        double match = i >= 0 && j >= 0 ? before[j] + costs.match(i, j) : Double.POSITIVE_INFINITY;
        double down = i >= 0 ? before[j + 1] + costs.down(i, j) : Double.POSITIVE_INFINITY;
        double right = j >= 0 ? row[j] + costs.right(i, j) : Double.POSITIVE_INFINITY;
        row[j + 1] = Math.min(match, Math.min(down, right));
        steps[i + 1][j + 1] = match <= row[j + 1] ? MATCH : down <= row[j + 1] ? DOWN : RIGHT;
      }
      double[] other = before;
      before = row;
      row = other;
      Arrays.fill(row, Double.POSITIVE_INFINITY);
    }
    return steps;
  }
}

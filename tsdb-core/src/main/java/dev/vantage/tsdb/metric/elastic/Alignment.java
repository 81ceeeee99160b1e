package dev.vantage.tsdb.metric.elastic;

import dev.vantage.tsdb.metric.elastic.ElasticDistance.StepCosts;

/** Finds the cheapest steps through a whole table: slow and simple. Thread-safe. */
public final class Alignment {
  private Alignment() {}

  /**
   * Finds the cheapest path from no samples to all samples. Of paths of one cost it is the one
   * that, seen from the end, matches as early as possible, and else goes down.
   *
   * @param costs the costs of the steps
   * @param length samples per series
   * @return the cells of the path, from the first to the last: pairs of indices, one after the
   *     other
   */
  static int[] path(StepCosts costs, int length) {
    double[][] table = table(costs, length);
    int[] back = new int[4 * length];
    int size = 0;
    int i = length - 1;
    int j = length - 1;
    while (i >= 0 || j >= 0) {
      back[size++] = Math.max(j, 0);
      back[size++] = Math.max(i, 0);
      double cell = table[i + 1][j + 1];
      if (i >= 0 && j >= 0 && table[i][j] + costs.match(i, j) == cell) {
        i--;
        j--;
      } else if (i >= 0 && table[i][j + 1] + costs.down(i, j) == cell) {
        i--;
      } else {
        j--;
      }
    }
    int[] path = new int[size];
    for (int at = 0; at < size; at++) {
      path[at] = back[size - 1 - at];
    }
    return path;
  }

  /** Returns the cost of the cheapest path: the last cell of the table. */
  static double cost(StepCosts costs, int length) {
    return table(costs, length)[length][length];
  }

  private static double[][] table(StepCosts costs, int length) {
    double[][] table = new double[length + 1][length + 1];
    for (int i = -1; i < length; i++) {
      for (int j = -1; j < length; j++) {
        table[i + 1][j + 1] = i < 0 && j < 0 ? 0 : cell(costs, table, i, j);
      }
    }
    return table;
  }

  private static double cell(StepCosts costs, double[][] table, int i, int j) {
    double least = Double.POSITIVE_INFINITY;
    if (i >= 0 && j >= 0) {
      least = table[i][j] + costs.match(i, j);
    }
    if (i >= 0) {
      least = Math.min(least, table[i][j + 1] + costs.down(i, j));
    }
    if (j >= 0) {
      least = Math.min(least, table[i + 1][j] + costs.right(i, j));
    }
    return least;
  }
}

package dev.vantage.tsdb.metric.twe;

import dev.vantage.tsdb.metric.elastic.ElasticDistance;

/**
 * The time warp edit distance (Marteau, "Time warp edit distance with stiffness adjustment for time
 * series matching", 2009, doi:10.1109/TPAMI.2008.76). Both series are preceded by 0 at time 0, and
 * the samples have the times 1 to n.
 *
 * <pre>
 *   D(i,j) = min(D(i-1,j-1) + |x_i - y_j| + |x_(i-1) - y_(j-1)| + 2 stiffness |i - j|,
 *                D(i-1,j) + |x_i - x_(i-1)| + stiffness + penalty,
 *                D(i,j-1) + |y_j - y_(j-1)| + stiffness + penalty)
 * </pre>
 */
final class Twe implements ElasticDistance {
  private final int length;
  private final double stiffness;
  private final double deletion;
  private final double[] row;

  Twe(int length, double stiffness, double penalty) {
    this.length = length;
    this.stiffness = stiffness;
    deletion = stiffness + penalty;
    row = new double[length];
  }

  @Override
  public double distance(double[] x, int xOffset, double[] y, int yOffset, double limit) {
    if (isBeyond(x, xOffset, y, yOffset, limit) || isBeyond(y, yOffset, x, xOffset, limit)) {
      return NONE;
    }
    int begin = 0;
    int end = 0;
    double before = 0;
    for (int i = 0; i < length; i++) {
      double sample = x[xOffset + i];
      double down = Math.abs(sample - before) + deletion;
      double diagonal = i == 0 ? 0 : NONE;
      double left = NONE;
      double otherBefore = begin == 0 ? 0 : y[yOffset + begin - 1];
      int first = length;
      int last = begin;
      for (int j = begin; j < length; j++) {
        double up = j < end ? row[j] : NONE;
        if (j >= end && left > limit && diagonal > limit) {
          break;
        }
        double other = y[yOffset + j];
        double cell = diagonal + matched(sample, other, before, otherBefore, i - j);
        cell = Math.min(cell, up + down);
        cell = Math.min(cell, left + (Math.abs(other - otherBefore) + deletion));
        diagonal = up;
        left = cell;
        otherBefore = other;
        row[j] = cell;
        if (cell <= limit) {
          first = Math.min(first, j);
          last = j + 1;
        }
      }
      if (first == length) {
        return NONE;
      }
      begin = first;
      end = last;
      before = sample;
    }
    return end == length ? row[length - 1] : NONE;
  }

  private double matched(
      double sample, double other, double before, double otherBefore, int apart) {
    return Math.abs(sample - other)
        + Math.abs(before - otherBefore)
        + 2 * stiffness * Math.abs(apart);
  }

  /**
   * Says whether a lower bound is above the limit: each sample is either deleted, or matched with
   * one in the range of the other series, as is the sample before it.
   */
  private boolean isBeyond(double[] x, int xOffset, double[] y, int yOffset, double limit) {
    double least = y[yOffset - 2];
    double greatest = y[yOffset - 1];
    double sum = 0;
    double before = 0;
    double gapBefore = 0;
    for (int i = 0; i < length; i++) {
      double sample = x[xOffset + i];
      double gap = ElasticDistance.gap(sample, least, greatest);
      sum += Math.min(gap + gapBefore, Math.abs(sample - before) + deletion);
      before = sample;
      // The sample before may be matched with the 0 at time 0.
      gapBefore = ElasticDistance.gap(sample, Math.min(least, 0), Math.max(greatest, 0));
    }
    return sum * KEPT > limit;
  }

  @Override
  public StepCosts costs(double[] x, int xOffset, double[] y, int yOffset) {
    return new StepCosts() {
      @Override
      public double match(int i, int j) {
        return matched(x(i), y(j), x(i - 1), y(j - 1), i - j);
      }

      @Override
      public double down(int i, int j) {
        return j < 0 ? NONE : Math.abs(x(i) - x(i - 1)) + deletion;
      }

      @Override
      public double right(int i, int j) {
        return i < 0 ? NONE : Math.abs(y(j) - y(j - 1)) + deletion;
      }

      private double x(int i) {
        return i < 0 ? 0 : x[xOffset + i];
      }

      private double y(int j) {
        return j < 0 ? 0 : y[yOffset + j];
      }
    };
  }
}

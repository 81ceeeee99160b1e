package dev.vantage.tsdb.metric.erp;

import dev.vantage.tsdb.metric.elastic.ElasticDistance;

/**
 * The edit distance with real penalty (Chen, Ng, "On the marriage of Lp-norms and edit distance",
 * 2004, doi:10.1016/B978-012088469-8.50070-X): a match costs {@code |x_i - y_j|}, a gap {@code |x_i
 * - gap|} or {@code |y_j - gap|}.
 */
final class Erp implements ElasticDistance {
  private final int length;
  private final double gap;

  /** Column j + 1 stands for the samples up to j of the second series. */
  private final double[] row;

  Erp(int length, double gap) {
    this.length = length;
    this.gap = gap;
    row = new double[length + 1];
  }

  @Override
  public double distance(double[] x, int xOffset, double[] y, int yOffset, double limit) {
    if (isBeyond(x, xOffset, y, yOffset, limit) || isBeyond(y, yOffset, x, xOffset, limit)) {
      return NONE;
    }
    int begin = 0;
    int end = firstRow(y, yOffset, limit);
    for (int i = 0; i < length; i++) {
      double sample = x[xOffset + i];
      double down = Math.abs(sample - gap);
      double diagonal = NONE;
      double left = NONE;
      int first = length + 1;
      int last = begin;
      for (int j = begin; j <= length; j++) {
        double up = j < end ? row[j] : NONE;
        if (j >= end && left > limit && diagonal > limit) {
          break;
        }
        double cell = up + down;
        if (j > 0) {
          double other = y[yOffset + j - 1];
          cell = Math.min(cell, diagonal + Math.abs(sample - other));
          cell = Math.min(cell, left + Math.abs(other - gap));
        }
        diagonal = up;
        left = cell;
        row[j] = cell;
        if (cell <= limit) {
          first = Math.min(first, j);
          last = j + 1;
        }
      }
      if (first > length) {
        return NONE;
      }
      begin = first;
      end = last;
    }
    return end > length ? row[length] : NONE;
  }

  /** Fills the row of no samples; returns its end within the limit. */
  private int firstRow(double[] y, int yOffset, double limit) {
    row[0] = 0;
    int j = 1;
    while (j <= length && row[j - 1] <= limit) {
      row[j] = row[j - 1] + Math.abs(y[yOffset + j - 1] - gap);
      j++;
    }
    return row[j - 1] <= limit ? j : j - 1;
  }

  /**
   * Says whether a lower bound is above the limit: each sample is either matched with one in the
   * range of the other series, or with the gap.
   */
  private boolean isBeyond(double[] x, int xOffset, double[] y, int yOffset, double limit) {
    double least = y[yOffset - 2];
    double greatest = y[yOffset - 1];
    double sum = 0;
    for (int i = 0; i < length; i++) {
      double sample = x[xOffset + i];
      double outside = ElasticDistance.gap(sample, least, greatest);
      sum += Math.min(outside, Math.abs(sample - gap));
    }
    return sum * KEPT > limit;
  }

  @Override
  public StepCosts costs(double[] x, int xOffset, double[] y, int yOffset) {
    return new StepCosts() {
      @Override
      public double match(int i, int j) {
        return Math.abs(x[xOffset + i] - y[yOffset + j]);
      }

      @Override
      public double down(int i, int j) {
        return Math.abs(x[xOffset + i] - gap);
      }

      @Override
      public double right(int i, int j) {
        return Math.abs(y[yOffset + j] - gap);
      }
    };
  }
}

package dev.vantage.tsdb.metric.msm;

import dev.vantage.tsdb.metric.elastic.ElasticDistance;

/**
 * The distance of moves, splits and merges (Stefan, Athitsos, Das, "The move-split-merge metric for
 * time series", 2013, doi:10.1109/TKDE.2012.88):
 *
 * <pre>
 *   D(i,j) = min(D(i-1,j-1) + |x_i - y_j|, D(i-1,j) + C(x_i, x_(i-1), y_j), D(i,j-1) + C(y_j, x_i, y_(j-1)))
 *   C(a,b,c) = cost if a lies between b and c, else cost + min(|a - b|, |a - c|)
 * </pre>
 */
final class Msm implements ElasticDistance {
  private final int length;
  private final double cost;
  private final double[] row;

  Msm(int length, double cost) {
    this.length = length;
    this.cost = cost;
    row = new double[length];
  }

  @Override
  public double distance(double[] x, int xOffset, double[] y, int yOffset, double limit) {
    if (isBeyond(x, xOffset, y, yOffset, limit) || isBeyond(y, yOffset, x, xOffset, limit)) {
      return NONE;
    }
    int begin = 0;
    int end = firstRow(x[xOffset], y, yOffset, limit);
    for (int i = 1; i < length; i++) {
      double sample = x[xOffset + i];
      double before = x[xOffset + i - 1];
      double diagonal = NONE;
      double left = NONE;
      int first = length;
      int last = begin;
      for (int j = begin; j < length; j++) {
        double up = j < end ? row[j] : NONE;
        if (j >= end && left > limit && diagonal > limit) {
          break;
        }
        double other = y[yOffset + j];
        double cell = up + step(sample, before, other);
        if (j > 0) {
          cell = Math.min(cell, diagonal + Math.abs(sample - other));
          cell = Math.min(cell, left + step(other, sample, y[yOffset + j - 1]));
        }
        diagonal = up;
        left = cell;
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
    }
    return end == length ? row[length - 1] : NONE;
  }

  /** Fills the first row; returns its end within the limit. */
  private int firstRow(double sample, double[] y, int yOffset, double limit) {
    row[0] = Math.abs(sample - y[yOffset]);
    int j = 1;
    while (j < length && row[j - 1] <= limit) {
      row[j] = row[j - 1] + step(y[yOffset + j], sample, y[yOffset + j - 1]);
      j++;
    }
    return row[j - 1] <= limit ? j : j - 1;
  }

  private double step(double a, double b, double c) {
    return a >= Math.min(b, c) && a <= Math.max(b, c)
        ? cost
        : cost + Math.min(Math.abs(a - b), Math.abs(a - c));
  }

  /**
   * Says whether a lower bound is above the limit: each sample but the first is either moved into
   * the range of the other series, or split or merged.
   */
  private boolean isBeyond(double[] x, int xOffset, double[] y, int yOffset, double limit) {
    double least = y[yOffset - 2];
    double greatest = y[yOffset - 1];
    double sum = Math.abs(x[xOffset] - y[yOffset]);
    for (int i = 1; i < length; i++) {
      double sample = x[xOffset + i];
      double gap = ElasticDistance.gap(sample, least, greatest);
      sum += Math.min(gap, cost);
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
        return i == 0 || j < 0 ? NONE : step(x[xOffset + i], x[xOffset + i - 1], y[yOffset + j]);
      }

      @Override
      public double right(int i, int j) {
        return j == 0 || i < 0 ? NONE : step(y[yOffset + j], x[xOffset + i], y[yOffset + j - 1]);
      }
    };
  }
}

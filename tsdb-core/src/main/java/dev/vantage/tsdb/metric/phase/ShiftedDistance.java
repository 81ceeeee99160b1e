package dev.vantage.tsdb.metric.phase;

import dev.vantage.tsdb.fft.RealFft;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.metric.kernel.Correlations;

/**
 * The distance of the best circular shift: {@code d^2 = |x|^2 + |y|^2 - 2 n max_s c_s}. Where that
 * is small against the norms, the shifts that may be best are compared without cancellation. Not
 * thread-safe.
 */
final class ShiftedDistance implements Metric.Evaluator {
  /** Below this part of the norms, squared distances are computed without cancellation. */
  static final double NEAR = 0x1p-10;

  /** Correlations that differ by less than this part of the norms may differ by rounding alone. */
  private static final double SAME = 1e-14;

  /** Shifts that differ by less than this part of the norms count as equally good. */
  private static final double EQUALLY_GOOD = 1e-12;

  private final int length;
  private final UnitShifts shifts;
  private final Correlations correlations;

  ShiftedDistance(RealFft fft, UnitShifts shifts) {
    length = fft.length();
    this.shifts = shifts;
    correlations = new Correlations(fft);
  }

  @Override
  public double distance(double[] query, int queryOffset, double[] stored, int storedOffset) {
    double[] found = correlations.of(query, queryOffset, stored, storedOffset);
    double greatest = greatest(found);
    double norms = norm(query[queryOffset]) + norm(stored[storedOffset]);
    double square = norms - 2 * greatest;
    if (square < NEAR * norms) {
      square = Double.POSITIVE_INFINITY;
      for (int place = 0; place < length; place++) {
        if (found[place] >= greatest - SAME * norms) {
          int lag = correlations.lagAt(place);
          square =
              Math.min(
                  square, shifts.squaredDistance(query, queryOffset, stored, storedOffset, lag));
        }
      }
    }
    double means = query[queryOffset + length] - stored[storedOffset + length];
    return Math.sqrt(length * (Math.max(0, square) + means * means));
  }

  /** The least positive number stands for 0 in a row. */
  private static double norm(double self) {
    return self > Double.MIN_VALUE ? self : 0;
  }

  private static double greatest(double[] values) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      greatest = Math.max(greatest, value);
    }
    return greatest;
  }

  @Override
  public int bestLag(double[] query, int queryOffset, double[] stored, int storedOffset) {
    double[] found = correlations.of(query, queryOffset, stored, storedOffset);
    double norms = norm(query[queryOffset]) + norm(stored[storedOffset]);
    double least = greatest(found) - EQUALLY_GOOD * norms / 2;
    int lag = length;
    for (int place = 0; place < length; place++) {
      if (found[place] >= least) {
        lag = Math.min(lag, correlations.lagAt(place));
      }
    }
    return lag;
  }
}

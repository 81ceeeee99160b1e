package dev.vantage.tsdb.series;

import java.util.Locale;
import java.util.Objects;

/**
 * How the points of a series become a fixed number of values: points at equal times are averaged,
 * then values are interpolated linearly. Thread-safe. Cost: sorting the points, then one pass.
 */
public enum Resampling {
  /**
   * The series is one period. The phase of a point is the fractional part of time / period if the
   * series is folded; otherwise it is the time, which must be in [0, 1). Value {@code k} of {@code
   * n} is taken at phase {@code k/n}, and the last point is joined to the first.
   */
  PERIODIC {
    @Override
    public double[] resample(TimeSeries series, int length) {
      Objects.requireNonNull(series, "series");
      Points points = Points.sortedAndAveraged(series.phases(), series.values());
      double first = points.time(0);
      double last = points.time(points.size() - 1);
      if (first < 0 || last >= 1) {
        throw new InvalidSeriesException(
            "times must be phases in [0, 1) where no period is given: first="
                + first
                + ", last="
                + last
                + "; hint: "
                + (last - first <= MOST_PERIODS
                    ? "period 1 wraps them (--period 1)"
                    : "their period, in the unit of the times, folds them (--period P)")
                + ", and a database with interval resampling takes any times (--resampling"
                + " interval)");
      }
      return points.wrapped().interpolate(k -> (double) k / length, length);
    }
  },

  /**
   * The series has a beginning and an end. Value {@code k} of {@code n} is taken at {@code first +
   * (last - first) k / (n - 1)}, so both ends are included. The series must not have a period.
   */
  INTERVAL {
    @Override
    public double[] resample(TimeSeries series, int length) {
      Objects.requireNonNull(series, "series");
      if (series.isFolded()) {
        throw new InvalidSeriesException(
            "a period needs periodic resampling: period="
                + series.period().getAsDouble()
                + ", resampling=interval");
      }
      Points points = Points.sortedAndAveraged(series.phases(), series.values());
      double first = points.time(0);
      double last = points.time(points.size() - 1);
      // Weighted ends instead of first + k * step: no overflow, and the last place is exact.
      return points.interpolate(
          k -> {
            double share = (double) k / (length - 1);
            return first * (1 - share) + last * share;
          },
          length);
    }
  };

  /** Times over more periods than this are hardly phases: a period of 1 would make nonsense. */
  private static final double MOST_PERIODS = 10;

  /**
   * Resamples a series.
   *
   * @param series the points
   * @param length the number of values wanted, at least 2
   * @return {@code length} finite values
   * @throws InvalidSeriesException if the times do not suit this resampling, or the values are all
   *     the same once equal times are averaged
   */
  public abstract double[] resample(TimeSeries series, int length);

  /** {@return the name that users write, in lower case} */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a name.
   *
   * @param label {@code periodic} or {@code interval}, in any case
   * @return the resampling of that name
   * @throws IllegalArgumentException if no resampling has that name
   */
  public static Resampling ofLabel(String label) {
    Objects.requireNonNull(label, "label");
    for (Resampling resampling : values()) {
      if (resampling.label().equals(label.toLowerCase(Locale.ROOT))) {
        return resampling;
      }
    }
    throw new IllegalArgumentException(
        "resampling must be periodic or interval: resampling=" + label);
  }
}

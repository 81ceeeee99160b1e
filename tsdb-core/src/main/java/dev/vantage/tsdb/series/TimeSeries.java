package dev.vantage.tsdb.series;

import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The points of one series, exactly as given: values, optionally their times in any order, and
 * optionally a period. Immutable. Arrays are copied on the way in and out.
 *
 * <p>Every number is finite, there are at least two distinct times, and the values are not all the
 * same. Values at equal times (or equal phases) are averaged when the series is resampled, not
 * here, so that {@link #times()} and {@link #values()} return the points as given.
 *
 * <p>Without times the values are evenly spaced: value {@code k} of {@code m} sits at {@code k/m}
 * of a period.
 */
public final class TimeSeries {
  private static final double NO_PERIOD = Double.NaN;

  private final double[] times;
  private final double[] values;
  private final boolean timed;
  private final double period;

  private TimeSeries(double[] times, double[] values, boolean timed, double period) {
    this.times = times;
    this.values = values;
    this.timed = timed;
    this.period = period;
  }

  /**
   * Creates a series with times.
   *
   * @param times the times, in any order and any unit
   * @param values the values, one for each time
   * @return the series
   * @throws InvalidSeriesException if the lengths differ, a number is not finite, there are fewer
   *     than two distinct times, or the values are all the same
   */
  public static TimeSeries of(double[] times, double[] values) {
    Objects.requireNonNull(times, "times");
    Objects.requireNonNull(values, "values");
    if (times.length != values.length) {
      throw new InvalidSeriesException(
          "times and values must have the same length: times="
              + times.length
              + ", values="
              + values.length);
    }
    double[] ownTimes = times.clone();
    checkFinite("times", ownTimes);
    double[] ownValues = checkValues(values.clone());
    if (!varies(ownTimes)) {
      throw new InvalidSeriesException(
          "series must have at least 2 distinct times: distinct=1, points=" + times.length);
    }
    return new TimeSeries(ownTimes, ownValues, true, NO_PERIOD);
  }

  /**
   * Creates an evenly spaced series.
   *
   * @param values the values, in the order of time
   * @return the series
   * @throws InvalidSeriesException if a value is not finite, there are fewer than two values, or
   *     they are all the same
   */
  public static TimeSeries ofValues(double... values) {
    Objects.requireNonNull(values, "values");
    double[] ownValues = checkValues(values.clone());
    double[] times = new double[values.length];
    Arrays.setAll(times, k -> (double) k / times.length);
    return new TimeSeries(times, ownValues, false, NO_PERIOD);
  }

  /**
   * Returns the same points, to be folded by a period when they are resampled: the phase of a point
   * is the fractional part of {@code time / period}.
   *
   * @param newPeriod the period, in the unit of the times; finite and above 0
   * @return a series that shares these points
   * @throws InvalidSeriesException if the period is not finite and positive, the series has no
   *     times, or all its points fall on one phase
   */
  public TimeSeries foldedBy(double newPeriod) {
    if (!(newPeriod > 0 && newPeriod < Double.POSITIVE_INFINITY)) {
      throw new InvalidSeriesException(
          "period must be finite and greater than 0: period=" + newPeriod);
    }
    if (!timed) {
      throw new InvalidSeriesException(
          "a period needs a series with times: period=" + newPeriod + ", times=none");
    }
    TimeSeries folded = new TimeSeries(times, values, true, newPeriod);
    if (!varies(folded.phases())) {
      throw new InvalidSeriesException(
          "series must have at least 2 distinct phases: distinct=1, period=" + newPeriod);
    }
    return folded;
  }

  /** {@return the number of points} */
  public int size() {
    return values.length;
  }

  /** {@return whether times were given, rather than implied by even spacing} */
  public boolean hasTimes() {
    return timed;
  }

  /** {@return a copy of the times as given; {@code k / size()} if no times were given} */
  public double[] times() {
    return times.clone();
  }

  /** {@return a copy of the values as given} */
  public double[] values() {
    return values.clone();
  }

  /** {@return the period by which the times are folded, in their unit, or empty} */
  public OptionalDouble period() {
    return isFolded() ? OptionalDouble.of(period) : OptionalDouble.empty();
  }

  boolean isFolded() {
    return !Double.isNaN(period);
  }

  /** Returns the times, or the phases in [0, 1) if the series is folded; a fresh array. */
  double[] phases() {
    double[] phases = times.clone();
    if (isFolded()) {
      for (int i = 0; i < phases.length; i++) {
        phases[i] = fraction(phases[i] / period);
      }
    }
    return phases;
  }

  private static double fraction(double cycles) {
    if (!Double.isFinite(cycles)) {
      throw new InvalidSeriesException("time / period must be finite: quotient=" + cycles);
    }
    double fraction = cycles - Math.floor(cycles);
    // Just below an integer the difference rounds to 1, which is phase 0 of the next cycle.
    return fraction == 1.0 ? 0.0 : fraction;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TimeSeries that
        && timed == that.timed
        && Double.compare(period, that.period) == 0
        && Arrays.equals(times, that.times)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(times) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "TimeSeries[points=" + size() + (isFolded() ? ", period=" + period : "") + "]";
  }

  private static double[] checkValues(double[] values) {
    if (values.length < 2) {
      throw new InvalidSeriesException(
          "series must have at least 2 points: points=" + values.length);
    }
    checkFinite("values", values);
    if (!varies(values)) {
      throw new InvalidSeriesException(
          "series must not be constant: every value=" + values[0] + ", points=" + values.length);
    }
    return values;
  }

  private static void checkFinite(String what, double[] numbers) {
    for (int i = 0; i < numbers.length; i++) {
      if (!Double.isFinite(numbers[i])) {
        throw new InvalidSeriesException(
            what + " must be finite: " + what + "[" + i + "]=" + numbers[i]);
      }
    }
  }

  private static boolean varies(double[] numbers) {
    for (double number : numbers) {
      if (number != numbers[0]) {
        return true;
      }
    }
    return false;
  }
}

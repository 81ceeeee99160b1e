package dev.vantage.tsdb.store;

import dev.vantage.tsdb.series.TimeSeries;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;

/**
 * What every series has by itself, besides its id. Immutable.
 *
 * @param mean the arithmetic mean of its values as they were given; finite
 * @param std their standard deviation, with divisor n; finite
 * @param length their number
 * @param insertedAt when it was inserted or last replaced, to the microsecond; empty where that was
 *     not recorded
 */
public record Summary(double mean, double std, long length, Optional<Instant> insertedAt) {
  public Summary {
    mean += 0.0; // not every storage knows a negative zero
    insertedAt = insertedAt.map(moment -> moment.truncatedTo(ChronoUnit.MICROS));
  }

  /**
   * Computes the summary of a series, in time linear in its length.
   *
   * @param series the series
   * @param insertedAt when it is inserted, if that is known
   * @return its summary
   */
  public static Summary of(TimeSeries series, Optional<Instant> insertedAt) {
    return ofSamples(series.values(), insertedAt);
  }

  /**
   * Of any samples, even of none and of damaged ones, which have some finite numbers too: that they
   * are damaged is found when they are read.
   */
  static Summary ofSamples(double[] samples, Optional<Instant> insertedAt) {
    double greatest = 0;
    for (double sample : samples) {
      greatest = Math.max(greatest, Double.isFinite(sample) ? Math.abs(sample) : 0);
    }
    if (greatest == 0) {
      return new Summary(0, 0, samples.length, insertedAt);
    }
    // Samples of at most 2 neither overflow nor, but for those that do not matter, underflow. A
    // power of two changes no digit.
    int exponent = Math.getExponent(greatest);
    double[] scaled =
        Arrays.stream(samples)
            .map(sample -> Double.isFinite(sample) ? Math.scalb(sample, -exponent) : 0)
            .toArray();
    double mean = Arrays.stream(scaled).sum() / scaled.length; // the sum of a stream compensates
    double bound = Math.scalb(greatest, -exponent);
    return new Summary(
        Math.scalb(Math.max(-bound, Math.min(bound, mean)), exponent),
        Math.scalb(Math.min(bound, std(scaled, mean)), exponent),
        samples.length,
        insertedAt);
  }

  private static double std(double[] samples, double mean) {
    double squares = Arrays.stream(samples).map(x -> (x - mean) * (x - mean)).sum();
    double rest = Arrays.stream(samples).map(x -> x - mean).sum();
    // The mean is rounded, so deviations from it do not add up to 0.
    return Math.sqrt(Math.max(0, squares - rest * rest / samples.length) / samples.length);
  }
}

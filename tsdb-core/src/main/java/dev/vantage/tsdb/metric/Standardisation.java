package dev.vantage.tsdb.metric;

import dev.vantage.tsdb.series.InvalidSeriesException;
import java.util.Objects;

/** Standardises samples of any scale to mean 0 and population standard deviation 1. Thread-safe. */
public final class Standardisation {
  private Standardisation() {}

  /**
   * Standardises samples.
   *
   * @param samples the samples, finite; at least one
   * @return a new array
   * @throws InvalidSeriesException if the samples are all the same
   */
  public static double[] standardise(double[] samples) {
    Objects.requireNonNull(samples, "samples");
    double least = samples[0];
    double greatest = samples[0];
    for (double sample : samples) {
      least = Math.min(least, sample);
      greatest = Math.max(greatest, sample);
    }
    if (!(least < greatest)) {
      throw new InvalidSeriesException(
          "resampled series must not be constant: every value="
              + least
              + ", length="
              + samples.length);
    }
    double[] result = centred(samples, least, greatest);
    subtractMean(result);
    subtractMean(result); // repeated, because rounding leaves a small mean
    double sumOfSquares = 0;
    for (double value : result) {
      sumOfSquares += value * value;
    }
    double deviation = Math.sqrt(sumOfSquares / samples.length);
    for (int t = 0; t < result.length; t++) {
      result[t] /= deviation;
    }
    return result;
  }

  /**
   * Moves the least value to 0 and scales the range to about 1. Differences of near values are
   * exact. Squares of huge samples do not overflow; squares of denormal samples do not vanish.
   */
  private static double[] centred(double[] samples, double least, double greatest) {
    int exponent = Math.getExponent(greatest / 2 - least / 2) + 1;
    double[] result = new double[samples.length];
    for (int t = 0; t < samples.length; t++) {
      result[t] =
          exponent > 900
              ? Math.scalb(samples[t], -exponent) - Math.scalb(least, -exponent)
              : Math.scalb(samples[t] - least, -exponent);
    }
    return result;
  }

  private static void subtractMean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.length;
    for (int t = 0; t < values.length; t++) {
      values[t] -= mean;
    }
  }
}

package dev.vantage.tsdb;

import dev.vantage.tsdb.metric.MetricSpec;
import dev.vantage.tsdb.series.Resampling;
import java.util.Objects;

/**
 * The settings that a database is created with and keeps for its life. Immutable.
 *
 * @param length values per resampled series: a power of two from 8 to 65536
 * @param metric the distance with its parameters; checked when the database is created
 * @param vantagePoints the number of vantage points to choose, 1 to 1000
 * @param seed the seed of every random choice
 * @param resampling how points are converted to {@code length} values
 */
public record Settings(
    int length, MetricSpec metric, int vantagePoints, long seed, Resampling resampling) {
  /** Length 1024, {@link MetricSpec#DEFAULT}, 20 vantage points, seed 0, periodic resampling. */
  public static final Settings DEFAULT =
      new Settings(1024, MetricSpec.DEFAULT, 20, 0, Resampling.PERIODIC);

  /** The shortest length. */
  public static final int MIN_LENGTH = 8;

  /** The longest length. */
  public static final int MAX_LENGTH = 65_536;

  /** The most vantage points that can be asked for. */
  public static final int MAX_VANTAGE_POINTS = 1000;

  public Settings {
    Objects.requireNonNull(metric, "metric");
    Objects.requireNonNull(resampling, "resampling");
    if (length < MIN_LENGTH || length > MAX_LENGTH || Integer.bitCount(length) != 1) {
      throw new InvalidRequestException(
          "length must be a power of two from 8 to 65536: length=" + length);
    }
    if (vantagePoints < 1 || vantagePoints > MAX_VANTAGE_POINTS) {
      throw new InvalidRequestException(
          "vantage points must be from 1 to 1000: vantage points=" + vantagePoints);
    }
  }

  /**
   * Changes the length.
   *
   * @param length values per resampled series
   * @return a copy with that length
   */
  public Settings withLength(int length) {
    return new Settings(length, metric, vantagePoints, seed, resampling);
  }

  /**
   * Changes the distance.
   *
   * @param metric the distance, with its parameters
   * @return a copy with that distance
   */
  public Settings withMetric(MetricSpec metric) {
    return new Settings(length, metric, vantagePoints, seed, resampling);
  }

  /**
   * Changes the parameter {@code multiplier} of the distance: of {@link MetricSpec#DEFAULT} the
   * sharpness of the kernel, above 0 and at most 300; larger values give more weight to the best
   * alignment.
   *
   * @param multiplier the value
   * @return a copy with that multiplier
   */
  public Settings withMultiplier(double multiplier) {
    return withMetric(metric.with(MetricSpec.MULTIPLIER, Double.toString(multiplier)));
  }

  /**
   * Changes the number of vantage points.
   *
   * @param vantagePoints how many to choose
   * @return a copy with that number
   */
  public Settings withVantagePoints(int vantagePoints) {
    return new Settings(length, metric, vantagePoints, seed, resampling);
  }

  /**
   * Changes the seed.
   *
   * @param seed the seed of every random choice
   * @return a copy with that seed
   */
  public Settings withSeed(long seed) {
    return new Settings(length, metric, vantagePoints, seed, resampling);
  }

  /**
   * Changes the resampling.
   *
   * @param resampling how points are converted to values
   * @return a copy with that resampling
   */
  public Settings withResampling(Resampling resampling) {
    return new Settings(length, metric, vantagePoints, seed, resampling);
  }
}

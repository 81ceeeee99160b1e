package dev.vantage.tsdb.series;

import java.util.Arrays;
import java.util.Objects;

/**
 * A series as it is compared, for plots: values that are evenly spaced over the whole series, and
 * where each of them is. Immutable.
 */
public final class Curve {
  /** The most curves that one call can ask for. */
  public static final int MAX_CURVES = 200;

  /** The most values that all curves of one call can have together. */
  public static final int MAX_VALUES = 1 << 20;

  private final String id;
  private final double[] phases;
  private final double[] values;

  /**
   * Creates a curve.
   *
   * @param id the id of the series
   * @param phases the phases of a period, or the times of an interval as parts of its duration; 0
   *     to 1
   * @param values the values, one for each phase
   * @throws InvalidSeriesException if the lengths differ
   */
  public Curve(String id, double[] phases, double[] values) {
    this.id = Objects.requireNonNull(id, "id");
    this.phases = Objects.requireNonNull(phases, "phases").clone();
    this.values = Objects.requireNonNull(values, "values").clone();
    if (phases.length != values.length) {
      throw new InvalidSeriesException(
          "phases and values must have one length: phases="
              + phases.length
              + ", values="
              + values.length);
    }
  }

  /**
   * Creates the curve of samples.
   *
   * @param id the id of the series
   * @param samples the resampled and standardised series, at least 2 samples
   * @param resampling how the series was resampled
   * @param points the number of values wanted, at least 2; where it is not the number of samples,
   *     values are interpolated linearly
   * @return the curve
   */
  public static Curve of(String id, double[] samples, Resampling resampling, int points) {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(samples, "samples");
    Objects.requireNonNull(resampling, "resampling");
    double[] phases = new double[points];
    double spaces = resampling == Resampling.PERIODIC ? points : points - 1.0;
    Arrays.setAll(phases, k -> k / spaces);
    double[] values =
        samples.length == points
            ? samples
            : resampling.resample(TimeSeries.ofValues(samples), points);
    return new Curve(id, phases, values);
  }

  /** {@return the id of the series} */
  public String id() {
    return id;
  }

  /** {@return the number of values} */
  public int size() {
    return values.length;
  }

  /** {@return a copy of the phases of a period, or of the parts of the duration; 0 to 1} */
  public double[] phases() {
    return phases.clone();
  }

  /** {@return a copy of the values} */
  public double[] values() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Curve that
        && id.equals(that.id)
        && Arrays.equals(phases, that.phases)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(values) + id.hashCode();
  }

  @Override
  public String toString() {
    return "Curve[id=" + id + ", values=" + values.length + "]";
  }
}

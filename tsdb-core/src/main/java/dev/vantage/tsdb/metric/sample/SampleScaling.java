package dev.vantage.tsdb.metric.sample;

import dev.vantage.tsdb.metric.Invariance;
import dev.vantage.tsdb.metric.Standardisation;
import dev.vantage.tsdb.series.InvalidSeriesException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** How samples are scaled before they are compared. */
public enum SampleScaling {
  /** They get mean 0 and population standard deviation 1; samples that are all the same fail. */
  Z,

  /** They stay as they are. */
  NONE;

  /** The name of the parameter. */
  public static final String PARAMETER = "standardise";

  /** The greatest magnitude of samples that stay as they are: sums of their squares are finite. */
  private static final double MOST = 1e12;

  /** {@return the word that stands for it in parameters} */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads the parameter.
   *
   * @throws IllegalArgumentException if the word is unknown
   */
  public static SampleScaling ofLabel(String label) {
    return Arrays.stream(values())
        .filter(scaling -> scaling.label().equals(label))
        .findAny()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "standardise must be z or none: standardise=" + label));
  }

  /** {@return the greatest root of the mean square of scaled samples} */
  public double greatestRootMeanSquare() {
    return this == Z ? 1 : MOST;
  }

  /** {@return the transformations that change no scaled sample} */
  public Set<Invariance> invariances() {
    return this == Z ? Set.of(Invariance.SCALE, Invariance.OFFSET) : Set.of();
  }

  /**
   * Scales samples.
   *
   * @return the samples, scaled; a new array
   * @throws InvalidSeriesException if they cannot be scaled, or are too large to stay as they are
   */
  public double[] scale(double[] samples) {
    if (this == Z) {
      return Standardisation.standardise(samples);
    }
    for (double sample : samples) {
      if (!(Math.abs(sample) <= MOST)) {
        throw new InvalidSeriesException(
            "values that are not standardised must be from -1e12 to 1e12: value=" + sample);
      }
    }
    return Arrays.stream(samples).map(sample -> sample + 0.0).toArray(); // without -0
  }
}

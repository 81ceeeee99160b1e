package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.series.Resampling;
import java.util.Locale;

/**
 * How much later an answer comes than the query: a lag as a signed part of a period, or of the
 * duration of an interval.
 */
final class Shift {
  private Shift() {}

  /**
   * Converts a lag.
   *
   * @param lag the lag, 0 to length - 1 samples
   * @return the shift: above 0 if the answer comes later, at most about a half; below 0 if it comes
   *     earlier
   */
  static double of(int lag, Settings settings) {
    int length = settings.length();
    int samples = lag > length / 2 ? lag - length : lag;
    double spaces = settings.resampling() == Resampling.PERIODIC ? length : length - 1.0;
    return samples / spaces;
  }

  /** Formats the shift of a lag for people, with its sign. */
  static String text(int lag, Settings settings) {
    return lag == 0 ? "0.0000" : String.format(Locale.ROOT, "%+.4f", of(lag, settings));
  }
}

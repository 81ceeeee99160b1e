package dev.vantage.tsdb.soak;

import java.util.Locale;

/**
 * A histogram of durations with an error of at most 3 percent. Not thread-safe; histograms of
 * several threads can be added.
 */
final class Histogram {
  private static final int STEPS_PER_OCTAVE = 32;
  private static final int OCTAVES = 45;

  private final long[] counts = new long[OCTAVES * STEPS_PER_OCTAVE];
  private long count;

  void record(long nanos) {
    counts[bucket(Math.max(1, nanos))]++;
    count++;
  }

  void add(Histogram other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    count += other.count;
  }

  long count() {
    return count;
  }

  /** The time within which a share of all was done, in milliseconds. */
  double quantile(double share) {
    long wanted = (long) Math.ceil(share * count);
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= wanted && seen > 0) {
        return Math.pow(2, (i + 1.0) / STEPS_PER_OCTAVE) / 1e6;
      }
    }
    return 0;
  }

  private static int bucket(long nanos) {
    int octave = 63 - Long.numberOfLeadingZeros(nanos);
    double fraction = nanos / (double) (1L << octave); // from 1 to 2
    int step = (int) (STEPS_PER_OCTAVE * Math.log(fraction) / Math.log(2));
    return Math.min((OCTAVES * STEPS_PER_OCTAVE) - 1, octave * STEPS_PER_OCTAVE + step);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "n=%d, p50=%.3f ms, p99=%.3f ms, p99.9=%.3f ms",
        count,
        quantile(0.5),
        quantile(0.99),
        quantile(0.999));
  }
}

package dev.vantage.tsdb.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Timestamps as they are stored: microseconds since 1970-01-01T00:00:00Z. */
public final class Microseconds {
  private Microseconds() {}

  /** Returns the microseconds of an instant, rounded down. */
  public static long of(Instant instant) {
    // ChronoUnit computes nanoseconds internally; a long holds only 292 years of nanoseconds.
    return 1_000_000 * instant.getEpochSecond() + instant.getNano() / 1000;
  }

  /** Returns the instant of a stored timestamp. */
  public static Instant toInstant(long microseconds) {
    return Instant.EPOCH.plus(microseconds, ChronoUnit.MICROS);
  }
}

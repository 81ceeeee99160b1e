package dev.vantage.tsdb.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Timestamps as they are stored: microseconds since 1970-01-01T00:00:00Z. */
public final class Microseconds {
  private Microseconds() {}

  /** The microseconds of an instant; what is below one is cut off. */
  public static long of(Instant instant) {
    // ChronoUnit counts nanoseconds on the way, of which a long holds 292 years.
    return 1_000_000 * instant.getEpochSecond() + instant.getNano() / 1000;
  }

  /** The instant so many microseconds after 1970-01-01T00:00:00Z. */
  public static Instant toInstant(long microseconds) {
    return Instant.EPOCH.plus(microseconds, ChronoUnit.MICROS);
  }
}

package dev.vantage.tsdb.language;

import dev.vantage.tsdb.Tsdb;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What surrounds one program: the database, the moment it began, and files. Not thread-safe. */
final class Host {
  private final Tsdb tsdb;
  private final LanguageOptions options;
  private final Meter meter;
  private final Instant began;

  Host(Tsdb tsdb, LanguageOptions options, Meter meter) {
    this.tsdb = tsdb;
    this.options = options;
    this.meter = meter;
    this.began = options.clock().instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** Returns the moment at which the program began. */
  Instant began() {
    return began;
  }
}

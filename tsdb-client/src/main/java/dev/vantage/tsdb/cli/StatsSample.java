package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.ServerStats;
import dev.vantage.tsdb.Stats;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * The statistics of a database at one time. Immutable.
 *
 * @param time the time, for display
 * @param nanos the time in nanoseconds, for differences
 * @param stats the statistics
 */
record StatsSample(Instant time, long nanos, Stats stats) {
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final double MICROS_PER_MILLI = 1000;

  /** Returns a count of the server, or empty if it has no such count. */
  OptionalLong load(String name) {
    Optional<Long> value = stats.server().map(ServerStats::load).map(load -> load.get(name));
    return value.isPresent() ? OptionalLong.of(value.get()) : OptionalLong.empty();
  }

  /** Returns the growth of a count per second since an earlier sample, or empty if unknown. */
  OptionalDouble perSecond(String name, StatsSample earlier) {
    double seconds = (nanos - earlier.nanos) / NANOS_PER_SECOND;
    OptionalLong growth = growth(name, earlier);
    return growth.isPresent() && seconds > 0
        ? OptionalDouble.of(growth.getAsLong() / seconds)
        : OptionalDouble.empty();
  }

  /**
   * Returns the mean time of a request in milliseconds since an earlier sample; empty without
   * requests.
   */
  OptionalDouble meanMillis(StatsSample earlier) {
    OptionalLong requests = growth("requests", earlier);
    OptionalLong micros = growth("request_us", earlier);
    return requests.orElse(0) > 0 && micros.isPresent()
        ? OptionalDouble.of(micros.getAsLong() / MICROS_PER_MILLI / requests.getAsLong())
        : OptionalDouble.empty();
  }

  /**
   * Returns the fraction of searches since an earlier sample that the cache answered; empty without
   * searches.
   */
  OptionalDouble hitRate(StatsSample earlier) {
    OptionalLong requests = growth("cache_requests", earlier);
    OptionalLong hits = growth("cache_hits", earlier);
    return requests.orElse(0) > 0 && hits.isPresent()
        ? OptionalDouble.of(hits.getAsLong() / (double) requests.getAsLong())
        : OptionalDouble.empty();
  }

  /**
   * Returns the growth of a count; empty if it has shrunk, because the server was then restarted or
   * replaced.
   */
  private OptionalLong growth(String name, StatsSample earlier) {
    OptionalLong now = load(name);
    OptionalLong then = earlier.load(name);
    return now.isPresent() && then.isPresent() && now.getAsLong() >= then.getAsLong()
        ? OptionalLong.of(now.getAsLong() - then.getAsLong())
        : OptionalLong.empty();
  }
}

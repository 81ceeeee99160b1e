package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.ServerStats;
import dev.vantage.tsdb.Stats;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * The state of a database at a moment.
 *
 * @param time the moment, to be shown
 * @param nanos the moment, to be subtracted from others
 * @param stats the state
 */
record StatsSample(Instant time, long nanos, Stats stats) {
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final double MICROS_PER_MILLI = 1000;

  /** A count of the server, or empty where there is none. */
  OptionalLong load(String name) {
    Optional<Long> value = stats.server().map(ServerStats::load).map(load -> load.get(name));
    return value.isPresent() ? OptionalLong.of(value.get()) : OptionalLong.empty();
  }

  /** How much a count has grown in each second since an earlier sample, if that is known. */
  OptionalDouble perSecond(String name, StatsSample earlier) {
    double seconds = (nanos - earlier.nanos) / NANOS_PER_SECOND;
    OptionalLong growth = growth(name, earlier);
    return growth.isPresent() && seconds > 0
        ? OptionalDouble.of(growth.getAsLong() / seconds)
        : OptionalDouble.empty();
  }

  /** How long a request took on average since an earlier sample, if there were any. */
  OptionalDouble meanMillis(StatsSample earlier) {
    OptionalLong requests = growth("requests", earlier);
    OptionalLong micros = growth("request_us", earlier);
    return requests.orElse(0) > 0 && micros.isPresent()
        ? OptionalDouble.of(micros.getAsLong() / MICROS_PER_MILLI / requests.getAsLong())
        : OptionalDouble.empty();
  }

  /** Which part of the searches since an earlier sample the cache answered, if there were any. */
  OptionalDouble hitRate(StatsSample earlier) {
    OptionalLong requests = growth("cache_requests", earlier);
    OptionalLong hits = growth("cache_hits", earlier);
    return requests.orElse(0) > 0 && hits.isPresent()
        ? OptionalDouble.of(hits.getAsLong() / (double) requests.getAsLong())
        : OptionalDouble.empty();
  }

  /** Empty also where a count has shrunk, since that is another server's. */
  private OptionalLong growth(String name, StatsSample earlier) {
    OptionalLong now = load(name);
    OptionalLong then = earlier.load(name);
    return now.isPresent() && then.isPresent() && now.getAsLong() >= then.getAsLong()
        ? OptionalLong.of(now.getAsLong() - then.getAsLong())
        : OptionalLong.empty();
  }
}

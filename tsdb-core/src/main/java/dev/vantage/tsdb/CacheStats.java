package dev.vantage.tsdb;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What the cache of a server holds, and how often it has helped. Immutable.
 *
 * @param settings how it works now
 * @param items answers in it
 * @param bytes memory that they take, with all that belongs to them
 * @param use what it was asked since the server started
 * @param samples how it was in the last {@link #HISTORY}, oldest first, one for each {@link
 *     #INTERVAL}; unmodifiable
 */
public record CacheStats(
    CacheSettings settings, long items, long bytes, Use use, List<Sample> samples) {
  /** The time from one sample to the next. */
  public static final Duration INTERVAL = Duration.ofSeconds(5);

  /** How far back samples go. */
  public static final Duration HISTORY = Duration.ofMinutes(10);

  public CacheStats {
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(use, "use");
    samples = List.copyOf(samples);
  }

  /**
   * What a cache was asked in some time. Searches while its capacity is 0 do not count.
   *
   * @param requests searches that it could have answered
   * @param hits those that it answered
   * @param evictions answers that it gave up for want of room
   */
  public record Use(long requests, long hits, long evictions) {

    /** {@return searches that it could not answer} */
    public long misses() {
      return requests - hits;
    }

    /** {@return the share of requests that it answered, 0 to 1; empty without requests} */
    public OptionalDouble hitRate() {
      return requests == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) hits / requests);
    }

    /** {@return the share of requests that it did not answer, 0 to 1; empty without requests} */
    public OptionalDouble missRate() {
      return requests == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of((double) misses() / requests);
    }

    /**
     * Adds what came later.
     *
     * @param other the other use
     * @return the sum of both
     */
    public Use plus(Use other) {
      return new Use(requests + other.requests, hits + other.hits, evictions + other.evictions);
    }

    /**
     * Takes off what came before.
     *
     * @param earlier the use up to then
     * @return the use since then
     */
    public Use since(Use earlier) {
      return new Use(
          requests - earlier.requests, hits - earlier.hits, evictions - earlier.evictions);
    }
  }

  /**
   * A cache at one moment.
   *
   * @param time the moment
   * @param items answers in it then
   * @param bytes memory that they took then
   * @param use what it was asked since the sample before
   */
  public record Sample(Instant time, long items, long bytes, Use use) {}
}

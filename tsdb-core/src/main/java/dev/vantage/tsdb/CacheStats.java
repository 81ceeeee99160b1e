package dev.vantage.tsdb;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The content and the hit counts of a server's cache. Immutable.
 *
 * @param settings the present settings
 * @param items the number of cached answers
 * @param bytes the memory of the cached answers, overhead included, in bytes
 * @param use the requests since the server started
 * @param samples one sample per {@link #INTERVAL} of the last {@link #HISTORY}, oldest first;
 *     unmodifiable
 */
public record CacheStats(
    CacheSettings settings, long items, long bytes, Use use, List<Sample> samples) {
  /** The time from one sample to the next. */
  public static final Duration INTERVAL = Duration.ofSeconds(5);

  /** The time that the samples cover. */
  public static final Duration HISTORY = Duration.ofMinutes(10);

  public CacheStats {
    Objects.requireNonNull(samples, "samples");
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(use, "use");
    samples = List.copyOf(samples);
  }

  /**
   * Requests to a cache during a period. Immutable. Searches while the capacity is 0 are not
   * counted.
   *
   * @param requests searches that looked for a cached answer
   * @param hits requests that the cache answered
   * @param evictions answers that were evicted because the cache was full
   */
  public record Use(long requests, long hits, long evictions) {

    /** {@return requests that the cache did not answer} */
    public long misses() {
      return requests - hits;
    }

    /** {@return the share of requests that the cache answered, 0 to 1; empty without requests} */
    public OptionalDouble hitRate() {
      return requests == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) hits / requests);
    }

    /**
     * {@return the share of requests that the cache did not answer, 0 to 1; empty without requests}
     */
    public OptionalDouble missRate() {
      return requests == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of((double) misses() / requests);
    }

    /**
     * Adds the counts of a later period.
     *
     * @param other the counts of that period
     * @return the sum of both
     */
    public Use plus(Use other) {
      Objects.requireNonNull(other, "other");
      return new Use(requests + other.requests, hits + other.hits, evictions + other.evictions);
    }

    /**
     * Subtracts the counts of an earlier period.
     *
     * @param earlier the counts up to some time
     * @return the counts since then
     */
    public Use since(Use earlier) {
      Objects.requireNonNull(earlier, "earlier");
      return new Use(
          requests - earlier.requests, hits - earlier.hits, evictions - earlier.evictions);
    }
  }

  /**
   * The state of a cache at one time. Immutable.
   *
   * @param time when the sample was taken
   * @param items the number of cached answers
   * @param bytes the memory of the cached answers, in bytes
   * @param use the requests since the previous sample
   */
  public record Sample(Instant time, long items, long bytes, Use use) {
    public Sample {
      Objects.requireNonNull(time, "time");
      Objects.requireNonNull(use, "use");
    }
  }
}

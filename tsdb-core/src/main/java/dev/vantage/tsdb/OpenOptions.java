package dev.vantage.tsdb;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How a database is opened. Immutable.
 *
 * @param access what may be done, and whether the database may or must be made
 * @param settings the settings of a database that is made; where one exists already, they must be
 *     those it was made with; empty takes what is there, or the defaults
 * @param threads threads of the co-processor pool on which distances are computed, 1 to 1024
 * @param smallSearches where searches are done that take less than to wake a thread of the pool
 * @param spectra where the spectra of the series are kept; changes the speed of searches, and
 *     nothing else about them
 * @param refresh how long after one refresh a database open for reading only refreshes itself
 *     again, at least 10 ms; empty if only {@link EmbeddedTsdb#refresh} does so; nothing to a
 *     database open for writing
 * @param attributeLimits how many attributes may be written
 */
public record OpenOptions(
    Access access,
    Optional<Settings> settings,
    int threads,
    SmallSearches smallSearches,
    Spectra spectra,
    Optional<Duration> refresh,
    AttributeLimits attributeLimits) {
  private static final Duration LEAST_REFRESH = Duration.ofMillis(10);

  /** Opens or creates, with the settings that are there or the defaults, on every processor. */
  public static final OpenOptions DEFAULT =
      new OpenOptions(
          Access.OPEN_OR_CREATE,
          Optional.empty(),
          Runtime.getRuntime().availableProcessors(),
          SmallSearches.BY_CALLER,
          Spectra.AUTO,
          Optional.empty(),
          AttributeLimits.DEFAULT);

  /** What may be done with the database. */
  public enum Access {
    /** Read and write; made if it does not exist. */
    OPEN_OR_CREATE,
    /** Read and write; must not exist. */
    CREATE,
    /** Read and write; must exist. */
    WRITE,
    /** Read only, beside any writer; must exist. */
    READ_ONLY
  }

  /**
   * Which thread does a search that is small: one of some thousand series at most, or one that is
   * left with few of them soon. What is larger is always done on the pool; answers are the same.
   */
  public enum SmallSearches {
    /** The thread that asks, which need not wait for another: less than 0.1 ms faster. */
    BY_CALLER,
    /** A thread of the pool, so that no more searches than it has threads are computed at once. */
    ON_POOL
  }

  /**
   * Where the spectra of the series are kept while a database is open. They take 8 bytes a sample
   * and series, and are computed from the stored series when a search first needs them. One that is
   * not in memory is computed again by each search that needs it, at some ten times the cost of a
   * distance.
   */
  public enum Spectra {
    /** In memory as far as half of the greatest heap allows, the others on the disk. */
    AUTO,
    /** All in memory. */
    MEMORY,
    /** On the disk, but for those of the vantage points. */
    DISK;

    /** The most bytes for spectra in memory. */
    public long room() {
      return switch (this) {
        case AUTO -> Runtime.getRuntime().maxMemory() / 2;
        case MEMORY -> Long.MAX_VALUE;
        case DISK -> 0;
      };
    }

    /** {@return the name in options and on the wire, in lower case} */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds a place by its name.
     *
     * @param label the name, in lower case
     * @return the place
     * @throws InvalidRequestException if there is no such place
     */
    public static Spectra ofLabel(String label) {
      return Arrays.stream(values())
          .filter(place -> place.label().equals(label))
          .findFirst()
          .orElseThrow(
              () ->
                  new InvalidRequestException(
                      "spectra must be auto, memory or disk: spectra=" + label));
    }
  }

  public OpenOptions {
    if (threads < 1 || threads > 1024) {
      throw new InvalidRequestException("threads must be from 1 to 1024: threads=" + threads);
    }
    if (refresh.isPresent() && refresh.get().compareTo(LEAST_REFRESH) < 0) {
      throw new InvalidRequestException("refresh must be at least 10 ms: refresh=" + refresh.get());
    }
  }

  /**
   * Changes the access.
   *
   * @param newAccess what may be done
   * @return a copy with that access
   */
  public OpenOptions withAccess(Access newAccess) {
    return new OpenOptions(
        newAccess, settings, threads, smallSearches, spectra, refresh, attributeLimits);
  }

  /**
   * Changes the settings.
   *
   * @param newSettings what the database is, or must have been, made with
   * @return a copy with those settings
   */
  public OpenOptions withSettings(Settings newSettings) {
    return new OpenOptions(
        access,
        Optional.of(newSettings),
        threads,
        smallSearches,
        spectra,
        refresh,
        attributeLimits);
  }

  /**
   * Changes the number of threads.
   *
   * @param newThreads threads of the co-processor pool
   * @return a copy with that number
   */
  public OpenOptions withThreads(int newThreads) {
    return new OpenOptions(
        access, settings, newThreads, smallSearches, spectra, refresh, attributeLimits);
  }

  /**
   * Changes which thread does small searches.
   *
   * @param newSmallSearches which
   * @return a copy with that thread
   */
  public OpenOptions withSmallSearches(SmallSearches newSmallSearches) {
    return new OpenOptions(
        access, settings, threads, newSmallSearches, spectra, refresh, attributeLimits);
  }

  /**
   * Changes where spectra are kept.
   *
   * @param newSpectra where
   * @return a copy with that place
   */
  public OpenOptions withSpectra(Spectra newSpectra) {
    return new OpenOptions(
        access, settings, threads, smallSearches, newSpectra, refresh, attributeLimits);
  }

  /**
   * Lets a database open for reading only refresh itself, on a thread of its own.
   *
   * @param newRefresh how long after one refresh the next one is
   * @return a copy that does so
   */
  public OpenOptions withRefresh(Duration newRefresh) {
    return new OpenOptions(
        access,
        settings,
        threads,
        smallSearches,
        spectra,
        Optional.of(newRefresh),
        attributeLimits);
  }

  /**
   * Changes how many attributes may be written.
   *
   * @param newAttributeLimits how many
   * @return a copy with those limits
   */
  public OpenOptions withAttributeLimits(AttributeLimits newAttributeLimits) {
    return new OpenOptions(
        access, settings, threads, smallSearches, spectra, refresh, newAttributeLimits);
  }
}

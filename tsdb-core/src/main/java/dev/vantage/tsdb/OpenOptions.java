package dev.vantage.tsdb;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Options for opening a database. Immutable.
 *
 * @param access read or write access, and whether the database may or must be created
 * @param settings the settings of a new database; an existing database must have been created with
 *     the same settings; empty accepts the settings of an existing database and creates a new one
 *     with the defaults
 * @param threads threads of the coprocessor pool that computes distances, 1 to 1024
 * @param smallSearches which thread runs searches that take less time than waking a thread of the
 *     pool
 * @param spectra where the spectra of the series are kept; affects only the speed of searches
 * @param refresh the pause between two automatic refreshes of a read-only database, at least 10 ms;
 *     empty for refreshes by {@link EmbeddedTsdb#refresh} alone; ignored by a database open for
 *     writing
 * @param attributeLimits the most attributes per series and per database
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

  /** Opens or creates, with the stored settings or the defaults, with one thread per processor. */
  public static final OpenOptions DEFAULT =
      new OpenOptions(
          Access.OPEN_OR_CREATE,
          Optional.empty(),
          Runtime.getRuntime().availableProcessors(),
          SmallSearches.BY_CALLER,
          Spectra.AUTO,
          Optional.empty(),
          AttributeLimits.DEFAULT);

  /** Read or write access, and whether the database may or must be created. */
  public enum Access {
    /** Read and write; created if it does not exist. */
    OPEN_OR_CREATE,
    /** Read and write; must not exist. */
    CREATE,
    /** Read and write; must exist. */
    WRITE,
    /** Read only, beside any writer; must exist. */
    READ_ONLY
  }

  /**
   * Which thread runs a small search: a search over a few thousand series at most, or one that soon
   * prunes all but a few of them. Larger searches always run on the pool. The answers are the same.
   */
  public enum SmallSearches {
    /** The calling thread, which saves waking another one: less than 0.1 ms faster. */
    BY_CALLER,
    /**
     * A thread of the pool, so that never more searches are computed at once than the pool has
     * threads.
     */
    ON_POOL
  }

  /**
   * Where the spectra of the series are kept while a database is open. The spectrum of a series
   * takes 8 bytes per sample and is computed from the stored series when a search first needs it.
   * Each search that needs a spectrum which is not in memory computes it again, at about ten times
   * the cost of a distance.
   */
  public enum Spectra {
    /** In memory up to half of the maximum heap, the others on the disk. */
    AUTO,
    /** All in memory. */
    MEMORY,
    /** On the disk, except the spectra of the vantage points. */
    DISK;

    /** {@return the most bytes for spectra in memory} */
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
   * @param newAccess the access
   * @return a copy with that access
   */
  public OpenOptions withAccess(Access newAccess) {
    return new OpenOptions(
        newAccess, settings, threads, smallSearches, spectra, refresh, attributeLimits);
  }

  /**
   * Changes the settings.
   *
   * @param newSettings the settings of a new database, which an existing one must match
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
   * @param newThreads threads of the coprocessor pool, 1 to 1024
   * @return a copy with that number
   */
  public OpenOptions withThreads(int newThreads) {
    return new OpenOptions(
        access, settings, newThreads, smallSearches, spectra, refresh, attributeLimits);
  }

  /**
   * Changes which thread runs small searches.
   *
   * @param newSmallSearches the thread
   * @return a copy with that thread
   */
  public OpenOptions withSmallSearches(SmallSearches newSmallSearches) {
    return new OpenOptions(
        access, settings, threads, newSmallSearches, spectra, refresh, attributeLimits);
  }

  /**
   * Changes where spectra are kept.
   *
   * @param newSpectra the place
   * @return a copy with that place
   */
  public OpenOptions withSpectra(Spectra newSpectra) {
    return new OpenOptions(
        access, settings, threads, smallSearches, newSpectra, refresh, attributeLimits);
  }

  /**
   * Makes a read-only database refresh itself on a background thread.
   *
   * @param newRefresh the pause between two refreshes, at least 10 ms
   * @return a copy with that pause
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
   * Changes the most attributes per series and per database.
   *
   * @param newAttributeLimits the limits
   * @return a copy with those limits
   */
  public OpenOptions withAttributeLimits(AttributeLimits newAttributeLimits) {
    return new OpenOptions(
        access, settings, threads, smallSearches, spectra, refresh, newAttributeLimits);
  }
}

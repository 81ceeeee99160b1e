package dev.vantage.tsdb;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Options for opening a database. Immutable. */
public final class OpenOptions {
  private static final Duration LEAST_REFRESH = Duration.ofMillis(10);

  /** Opens or creates, with the stored settings or the defaults, with one thread per processor. */
  public static final OpenOptions DEFAULT =
      new OpenOptions(
          Access.OPEN_OR_CREATE,
          null,
          Runtime.getRuntime().availableProcessors(),
          SmallSearches.BY_CALLER,
          Spectra.AUTO,
          null,
          AttributeLimits.DEFAULT);

  private final Access access;
  private final @Nullable Settings settings;
  private final int threads;
  private final SmallSearches smallSearches;
  private final Spectra spectra;
  private final @Nullable Duration refresh;
  private final AttributeLimits attributeLimits;

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
      Objects.requireNonNull(label, "label");
      return Arrays.stream(values())
          .filter(place -> place.label().equals(label))
          .findFirst()
          .orElseThrow(
              () ->
                  new InvalidRequestException(
                      "spectra must be auto, memory or disk: spectra=" + label));
    }
  }

  private OpenOptions(
      Access access,
      @Nullable Settings settings,
      int threads,
      SmallSearches smallSearches,
      Spectra spectra,
      @Nullable Duration refresh,
      AttributeLimits attributeLimits) {
    this.access = access;
    this.settings = settings;
    this.threads = threads;
    this.smallSearches = smallSearches;
    this.spectra = spectra;
    this.refresh = refresh;
    this.attributeLimits = attributeLimits;
  }

  /**
   * Changes the access.
   *
   * @param access the access
   * @return a copy with that access
   */
  public OpenOptions withAccess(Access access) {
    Objects.requireNonNull(access, "access");
    return new OpenOptions(
        access, settings, threads, smallSearches, spectra, refresh, attributeLimits);
  }

  /**
   * Changes the settings.
   *
   * @param settings the settings of a new database, which an existing one must match
   * @return a copy with those settings
   */
  public OpenOptions withSettings(Settings settings) {
    Objects.requireNonNull(settings, "settings");
    return new OpenOptions(
        access, settings, threads, smallSearches, spectra, refresh, attributeLimits);
  }

  /**
   * Changes the number of threads.
   *
   * @param threads threads of the coprocessor pool, 1 to 1024
   * @return a copy with that number
   * @throws InvalidRequestException if the number is out of range
   */
  public OpenOptions withThreads(int threads) {
    if (threads < 1 || threads > 1024) {
      throw new InvalidRequestException("threads must be from 1 to 1024: threads=" + threads);
    }
    return new OpenOptions(
        access, settings, threads, smallSearches, spectra, refresh, attributeLimits);
  }

  /**
   * Changes which thread runs small searches.
   *
   * @param smallSearches the thread
   * @return a copy with that thread
   */
  public OpenOptions withSmallSearches(SmallSearches smallSearches) {
    Objects.requireNonNull(smallSearches, "smallSearches");
    return new OpenOptions(
        access, settings, threads, smallSearches, spectra, refresh, attributeLimits);
  }

  /**
   * Changes where spectra are kept.
   *
   * @param spectra the place
   * @return a copy with that place
   */
  public OpenOptions withSpectra(Spectra spectra) {
    Objects.requireNonNull(spectra, "spectra");
    return new OpenOptions(
        access, settings, threads, smallSearches, spectra, refresh, attributeLimits);
  }

  /**
   * Makes a read-only database refresh itself on a background thread.
   *
   * @param refresh the pause between two refreshes, at least 10 ms
   * @return a copy with that pause
   * @throws InvalidRequestException if the pause is shorter
   */
  public OpenOptions withRefresh(Duration refresh) {
    Objects.requireNonNull(refresh, "refresh");
    if (refresh.compareTo(LEAST_REFRESH) < 0) {
      throw new InvalidRequestException("refresh must be at least 10 ms: refresh=" + refresh);
    }
    return new OpenOptions(
        access, settings, threads, smallSearches, spectra, refresh, attributeLimits);
  }

  /**
   * Changes the most attributes per series and per database.
   *
   * @param attributeLimits the limits
   * @return a copy with those limits
   */
  public OpenOptions withAttributeLimits(AttributeLimits attributeLimits) {
    Objects.requireNonNull(attributeLimits, "attributeLimits");
    return new OpenOptions(
        access, settings, threads, smallSearches, spectra, refresh, attributeLimits);
  }

  /** {@return read or write access, and whether the database may or must be created} */
  public Access access() {
    return access;
  }

  /**
   * {@return the settings of a new database; an existing database must have been created with the
   * same settings; empty accepts the settings of an existing database and creates a new one with
   * the defaults}
   */
  public Optional<Settings> settings() {
    return Optional.ofNullable(settings);
  }

  /** {@return threads of the coprocessor pool that computes distances, 1 to 1024} */
  public int threads() {
    return threads;
  }

  /** {@return which thread runs searches that take less time than waking a thread of the pool} */
  public SmallSearches smallSearches() {
    return smallSearches;
  }

  /** {@return where the spectra of the series are kept; affects only the speed of searches} */
  public Spectra spectra() {
    return spectra;
  }

  /**
   * {@return the pause between two automatic refreshes of a read-only database, at least 10 ms;
   * empty for refreshes by {@link EmbeddedTsdb#refresh} alone; ignored by a database open for
   * writing}
   */
  public Optional<Duration> refresh() {
    return Optional.ofNullable(refresh);
  }

  /** {@return the most attributes per series and per database} */
  public AttributeLimits attributeLimits() {
    return attributeLimits;
  }

  private List<Object> parts() {
    return List.of(access, settings(), threads, smallSearches, spectra, refresh(), attributeLimits);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OpenOptions options && parts().equals(options.parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  @Override
  public String toString() {
    return "OpenOptions[access="
        + access
        + (settings == null ? "" : ", settings=" + settings)
        + ", threads="
        + threads
        + ", smallSearches="
        + smallSearches
        + ", spectra="
        + spectra
        + (refresh == null ? "" : ", refresh=" + refresh)
        + ", attributeLimits="
        + attributeLimits
        + "]";
  }
}

package dev.vantage.tsdb;

import java.util.Optional;

/**
 * How a database is opened. Immutable.
 *
 * @param access what may be done, and whether the database may or must be made
 * @param settings the settings of a database that is made; where one exists already, they must be
 *     those it was made with; empty takes what is there, or the defaults
 * @param threads threads of the co-processor pool on which every distance is computed, 1 to 1024
 */
public record OpenOptions(Access access, Optional<Settings> settings, int threads) {
  /** Opens or creates, with the settings that are there or the defaults, on every processor. */
  public static final OpenOptions DEFAULT =
      new OpenOptions(
          Access.OPEN_OR_CREATE, Optional.empty(), Runtime.getRuntime().availableProcessors());

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

  public OpenOptions {
    if (threads < 1 || threads > 1024) {
      throw new InvalidRequestException("threads must be from 1 to 1024: threads=" + threads);
    }
  }

  /**
   * Changes the access.
   *
   * @param newAccess what may be done
   * @return a copy with that access
   */
  public OpenOptions withAccess(Access newAccess) {
    return new OpenOptions(newAccess, settings, threads);
  }

  /**
   * Changes the settings.
   *
   * @param newSettings what the database is, or must have been, made with
   * @return a copy with those settings
   */
  public OpenOptions withSettings(Settings newSettings) {
    return new OpenOptions(access, Optional.of(newSettings), threads);
  }

  /**
   * Changes the number of threads.
   *
   * @param newThreads threads of the co-processor pool
   * @return a copy with that number
   */
  public OpenOptions withThreads(int newThreads) {
    return new OpenOptions(access, settings, newThreads);
  }
}

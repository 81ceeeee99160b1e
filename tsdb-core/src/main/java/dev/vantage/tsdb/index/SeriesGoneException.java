package dev.vantage.tsdb.index;

/**
 * A series of the searched state is neither in memory nor in the storage: another process has
 * removed it.
 */
public final class SeriesGoneException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SeriesGoneException(long storageKey) {
    super("a series that is searched must be stored: storage key=" + storageKey);
  }
}

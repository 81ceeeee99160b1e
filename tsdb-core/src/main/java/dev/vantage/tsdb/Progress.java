package dev.vantage.tsdb;

/** Receives the progress of a long operation, on the thread that runs it. */
public interface Progress {
  /** Ignores progress. */
  Progress NONE = (series, of) -> {};

  /**
   * Receives the progress so far.
   *
   * @param series the number of series done
   * @param of the approximate number of all series; 0 if unknown
   */
  void reached(long series, long of);
}

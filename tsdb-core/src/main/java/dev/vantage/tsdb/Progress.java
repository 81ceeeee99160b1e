package dev.vantage.tsdb;

/** Receives the progress of a long operation, on the thread that runs it. */
public interface Progress {
  /** Ignores progress. */
  Progress NONE = (series, of) -> {};

  /**
   * Receives the progress so far.
   *
   * @param series how many series are done
   * @param of about how many series there are in all; 0 if not known
   */
  void reached(long series, long of);
}

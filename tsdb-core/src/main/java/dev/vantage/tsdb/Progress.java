package dev.vantage.tsdb;

/** Is told how far a long operation has come, on the thread that does it. */
public interface Progress {
  /** Tells nobody. */
  Progress NONE = (series, of) -> {};

  /**
   * Takes note.
   *
   * @param series how many series are done
   * @param of about how many there are in all; 0 where that is not known
   */
  void reached(long series, long of);
}

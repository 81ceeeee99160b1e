package dev.vantage.tsdb;

/** Is told how far a check of a database has come. */
public interface VerifyProgress {

  /**
   * Takes note.
   *
   * @param series how many series have been checked
   * @param of how many there are, about
   */
  void checked(long series, long of);
}

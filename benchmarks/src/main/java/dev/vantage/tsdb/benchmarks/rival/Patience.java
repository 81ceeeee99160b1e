package dev.vantage.tsdb.benchmarks.rival;

/**
 * The time that an engine has left. Engines that cannot be told to stop are ended from inside the
 * distance code. For one thread.
 */
public final class Patience {
  private long start;
  private long allowed;

  private Patience(double seconds) {
    allow(seconds);
  }

  /** {@return patience without end} */
  public static Patience endless() {
    return new Patience(Double.POSITIVE_INFINITY);
  }

  /**
   * Gives an engine time, from now.
   *
   * @param seconds how much; perhaps infinite
   */
  public void allow(double seconds) {
    start = System.nanoTime();
    allowed = seconds < 1e9 ? (long) (seconds * 1e9) : Long.MAX_VALUE;
  }

  void check() {
    if (System.nanoTime() - start > allowed) {
      throw new GivenUpException("time is over: allowed seconds=" + allowed / 1e9);
    }
  }
}

package dev.vantage.tsdb.pool;

/** Waits to the end, also when the waiting thread is interrupted. Stateless. */
public final class UninterruptibleWait {
  private UninterruptibleWait() {}

  /** A wait that an interrupt ends early. */
  @FunctionalInterface
  public interface Wait {
    /**
     * Waits.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    void await() throws InterruptedException;
  }

  /**
   * Waits, again after each interrupt, and restores the interrupt at the end.
   *
   * @param wait the wait
   */
  public static void run(Wait wait) {
    boolean interrupted = false;
    while (true) {
      try {
        wait.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

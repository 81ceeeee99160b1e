package dev.vantage.tsdb.pool;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A thread that runs rounds of work until it is stopped. Thread-safe. If a round throws anything,
 * even an error, the next round begins after a short pause, when memory may be free again. Only
 * {@link #stop} ends the thread.
 */
public final class LivingThread {
  private static final long PAUSE_AFTER_FAILURE = TimeUnit.MILLISECONDS.toNanos(100);

  private final Round round;
  private final Consumer<Throwable> failed;
  private final Thread thread;
  private volatile boolean stopped;

  /** One round of the work. A round may wait for work for any time. */
  @FunctionalInterface
  public interface Round {
    /**
     * Does the work.
     *
     * @throws Exception if it fails; the next round begins soon after
     */
    void run() throws Exception;
  }

  private LivingThread(String name, boolean daemon, Round round, Consumer<Throwable> failed) {
    this.round = round;
    this.failed = failed;
    this.thread = new Thread(this::run, name);
    this.thread.setDaemon(daemon);
  }

  /**
   * Starts a thread.
   *
   * @param name its name
   * @param daemon whether the process may end while the thread runs
   * @param round the work, run repeatedly
   * @param failed receives the exception of a round, unless the thread was stopped meanwhile; may
   *     throw
   * @return the running thread
   */
  public static LivingThread start(
      String name, boolean daemon, Round round, Consumer<Throwable> failed) {
    LivingThread living = new LivingThread(name, daemon, round, failed);
    living.thread.start();
    return living;
  }

  private void run() {
    while (!stopped) {
      try {
        round.run();
      } catch (Throwable e) {
        report(e);
      }
    }
  }

  private void report(Throwable failure) {
    try {
      if (!stopped) {
        failed.accept(failure);
        LockSupport.parkNanos(PAUSE_AFTER_FAILURE);
      }
    } catch (Throwable e) {
      // Possibly out of memory: the next round is worth more than a line in the log.
    }
  }

  /** {@return the name of the thread} */
  public String name() {
    return thread.getName();
  }

  /** {@return whether the thread has ended without being stopped} */
  public boolean isLost() {
    return !stopped && !thread.isAlive();
  }

  /** Ends the thread after its current round. A parked round is unparked. */
  public void stop() {
    stopped = true;
    LockSupport.unpark(thread);
  }

  /** Waits until the thread has ended, and restores an interrupt of the caller afterwards. */
  public void join() {
    UninterruptibleWait.run(thread::join);
  }
}

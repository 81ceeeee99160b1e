package dev.vantage.tsdb.pool;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A thread that others depend on, so that it must live until it is stopped. It runs one round after
 * another. A round that throws ends alone, whatever it throws: the next round follows after a short
 * pause, since memory that was short may be free again then. Nothing but {@link #stop} ends the
 * thread. Thread-safe.
 */
public final class LivingThread {
  private static final long PAUSE_AFTER_FAILURE = TimeUnit.MILLISECONDS.toNanos(100);

  private final Round round;
  private final Consumer<Throwable> failed;
  private final Thread thread;
  private volatile boolean stopped;

  /** A part of the work, which waits for more of it as long as it likes. */
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
   * @param daemon whether the process may end while it lives
   * @param round what it does again and again
   * @param failed is told what a round threw, unless the thread was stopped meanwhile; may throw
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
      // There is no memory to say so, perhaps: the next round is worth more than a line of a log.
    }
  }

  /** {@return the name of the thread} */
  public String name() {
    return thread.getName();
  }

  /** {@return whether the thread has ended though nobody has stopped it} */
  public boolean isLost() {
    return !stopped && !thread.isAlive();
  }

  /** Lets the thread end after its round; a round that is parked goes on at once. */
  public void stop() {
    stopped = true;
    LockSupport.unpark(thread);
  }

  /** Waits until the thread has ended, and keeps an interrupt of the caller for later. */
  public void join() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

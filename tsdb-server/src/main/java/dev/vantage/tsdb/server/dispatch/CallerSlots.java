package dev.vantage.tsdb.server.dispatch;

import dev.vantage.tsdb.UnavailableException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The caller does the work itself when it is its turn, which saves handing it over and back. */
final class CallerSlots implements WorkerSlots {
  private final Semaphore workers;

  CallerSlots(int workers) {
    this.workers = new Semaphore(workers, true);
  }

  @Override
  public <T> T take(RequestDeadline deadline, Supplier<T> work) {
    try {
      // With a time, even if there is none left: only then does this not jump the queue.
      if (!workers.tryAcquire(Math.max(0, deadline.left()), TimeUnit.NANOSECONDS)) {
        throw deadline.exceeded();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("request must not be interrupted while it waits: try again");
    }
    try {
      return work.get();
    } finally {
      workers.release();
    }
  }

  @Override
  public int waiting() {
    return workers.getQueueLength();
  }

  @Override
  public void close() {
    // There are no threads to let go.
  }
}

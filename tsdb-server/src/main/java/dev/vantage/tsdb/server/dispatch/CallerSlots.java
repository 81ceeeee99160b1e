package dev.vantage.tsdb.server.dispatch;

import dev.vantage.tsdb.UnavailableException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Runs the work on the calling thread, which saves a handover. A fair semaphore sets the order. */
final class CallerSlots implements WorkerSlots {
  private final Semaphore workers;

  CallerSlots(int workers) {
    this.workers = new Semaphore(workers, true);
  }

  @Override
  public <T> T take(RequestDeadline deadline, Supplier<T> work) {
    try {
      // Uses a timeout, even of 0: without a timeout, tryAcquire ignores the order of the queue.
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
    // There are no threads to end.
  }
}

package dev.vantage.tsdb.server.dispatch;

import dev.vantage.tsdb.ShuttingDownException;
import dev.vantage.tsdb.UnavailableException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Runs the work on platform threads while the caller waits. For callers on virtual threads, whose
 * few carrier threads must not compute or wait for a disk.
 */
final class ThreadPoolSlots implements WorkerSlots {
  private static final long KEEP_ALIVE_SECONDS = 10;

  private final ThreadPoolExecutor workers;

  ThreadPoolSlots(String name, int workers) {
    AtomicLong count = new AtomicLong();
    this.workers =
        new ThreadPoolExecutor(
            workers,
            workers,
            KEEP_ALIVE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> new Thread(task, "tsdb-" + name + "-" + count.incrementAndGet()));
    this.workers.allowCoreThreadTimeOut(true);
  }

  @Override
  public <T> T take(RequestDeadline deadline, Supplier<T> work) {
    FutureTask<T> task = new FutureTask<>(work::get);
    try {
      workers.execute(task);
    } catch (RejectedExecutionException e) {
      throw new ShuttingDownException("server must not be shutting down: try again later");
    }
    try {
      return awaited(task, deadline);
    } catch (InterruptedException e) {
      workers.remove(task);
      Thread.currentThread().interrupt();
      throw new UnavailableException("request must not be interrupted while it waits: try again");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause(); // a supplier throws no checked exceptions
    }
  }

  private <T> T awaited(FutureTask<T> task, RequestDeadline deadline)
      throws InterruptedException, ExecutionException {
    try {
      return task.get(Math.max(0, deadline.left()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      if (workers.remove(task)) {
        throw deadline.exceeded();
      }
      return task.get(); // the task has started, and observes the deadline itself
    }
  }

  @Override
  public int waiting() {
    return workers.getQueue().size();
  }

  @Override
  public void close() {
    workers.shutdown();
  }
}

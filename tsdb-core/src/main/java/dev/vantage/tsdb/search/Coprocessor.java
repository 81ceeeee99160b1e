package dev.vantage.tsdb.search;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The fork-join pool on which every distance of a database is computed. Thread-safe. */
public final class Coprocessor implements AutoCloseable {
  private static final AtomicInteger POOLS = new AtomicInteger();
  private static final long CLOSE_SECONDS = 60;

  private final ForkJoinPool pool;

  /** Work on a part of a range. */
  @FunctionalInterface
  public interface RangeTask {
    /**
     * Works on the numbers of a part.
     *
     * @param from the first
     * @param to the last, exclusive
     */
    void run(int from, int to);
  }

  /**
   * Starts a pool.
   *
   * @param threads its number of threads, at least 1
   */
  public Coprocessor(int threads) {
    String name = "tsdb-coprocessor-" + POOLS.incrementAndGet() + "-";
    AtomicInteger number = new AtomicInteger();
    pool =
        new ForkJoinPool(
            threads,
            forkJoinPool -> {
              ForkJoinWorkerThread thread =
                  ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(forkJoinPool);
              thread.setName(name + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            },
            null,
            false);
  }

  /** {@return the number of threads} */
  public int threads() {
    return pool.getParallelism();
  }

  /**
   * Runs work on the pool and waits for it, even if this thread is interrupted meanwhile.
   *
   * @param <T> the type of the result
   * @param work the work; throws unchecked exceptions only
   * @return its result
   * @throws RejectedExecutionException if the pool is closed
   */
  public <T> T call(Callable<T> work) {
    if (ForkJoinTask.getPool() == pool) {
      return ForkJoinTask.adapt(work).invoke();
    }
    Thread caller = Thread.currentThread();
    ForkJoinTask<T> task = pool.submit(work);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw unwrapped(e);
        }
      }
    } finally {
      if (interrupted) {
        caller.interrupt();
      }
    }
  }

  private static RuntimeException unwrapped(ExecutionException failure) {
    Throwable cause = failure.getCause();
    // A failed task hands over a copy of its exception, made by reflection, with the first as
    // cause.
    while (cause.getCause() != null && cause.getCause().getClass() == cause.getClass()) {
      cause = cause.getCause();
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
  }

  /**
   * Splits a range among the threads and waits until all of it is done.
   *
   * @param size the range is from 0 to this, exclusive
   * @param grain the largest part that is not split
   * @param task what to do with each part
   */
  public void forEach(int size, int grain, RangeTask task) {
    if (size <= grain || threads() == 1) {
      call(
          () -> {
            task.run(0, size);
            return null;
          });
      return;
    }
    call(
        () -> {
          new Split(0, size, grain, task).invoke();
          return null;
        });
  }

  /** Ends the pool when the work that was handed in is done. */
  @Override
  public void close() {
    pool.shutdown();
    try {
      pool.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Split extends RecursiveAction {
    private static final long serialVersionUID = 1L;
    private final int from;
    private final int to;
    private final int grain;
    private final transient RangeTask task;

    Split(int from, int to, int grain, RangeTask task) {
      this.from = from;
      this.to = to;
      this.grain = grain;
      this.task = task;
    }

    @Override
    protected void compute() {
      if (to - from <= grain) {
        task.run(from, to);
        return;
      }
      int middle = (from + to) >>> 1;
      invokeAll(new Split(from, middle, grain, task), new Split(middle, to, grain, task));
    }
  }
}

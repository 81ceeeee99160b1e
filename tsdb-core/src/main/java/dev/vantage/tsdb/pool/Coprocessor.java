package dev.vantage.tsdb.pool;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The fork-join pool on which the distances of a database are computed. Thread-safe.
 *
 * <p>Small work may run on the calling thread, because waking a thread of the pool and being woken
 * by it takes longer than many searches.
 */
public final class Coprocessor implements AutoCloseable {
  private static final AtomicInteger POOLS = new AtomicInteger();
  private static final long CLOSE_SECONDS = 60;

  private final ForkJoinPool pool;
  private final boolean callersWork;

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
   * Starts a pool that runs all work, small work included.
   *
   * @param threads its number of threads, at least 1
   */
  public Coprocessor(int threads) {
    this(threads, false);
  }

  /**
   * Starts a pool.
   *
   * @param threads its number of threads, at least 1
   * @param callersWork whether small work runs on the calling thread; else all work runs on the
   *     pool
   */
  public Coprocessor(int threads, boolean callersWork) {
    this.callersWork = callersWork;
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

  /** Returns how many threads share the work of this thread: 1 if it runs small work itself. */
  public int threadsHere() {
    return callersWork && ForkJoinTask.getPool() != pool ? 1 : threads();
  }

  /**
   * Runs work on the pool and waits for it, even if the calling thread is interrupted meanwhile.
   *
   * @param <T> the type of the result
   * @param work the work; throws unchecked exceptions only
   * @return its result
   * @throws RejectedExecutionException if the pool is closed
   */
  public <T> T call(Callable<T> work) {
    Outcome<T> outcome = new Outcome<>(work);
    if (ForkJoinTask.getPool() == pool) {
      outcome.run();
    } else {
      pool.execute(outcome);
      outcome.awaitEnd();
    }
    return outcome.get();
  }

  /**
   * Runs small work on the calling thread if callers work, else on the pool.
   *
   * @param <T> the type of the result
   * @param work the work; throws unchecked exceptions only
   * @return its result
   * @throws RejectedExecutionException if the pool is needed, and closed
   */
  public <T> T callSmall(Callable<T> work) {
    if (!callersWork) {
      return call(work);
    }
    Outcome<T> outcome = new Outcome<>(work);
    outcome.run();
    return outcome.get();
  }

  /** Work that was submitted to the pool. */
  public interface Pending {
    /**
     * Waits for the end of the work, even if the calling thread is interrupted meanwhile, and
     * rethrows the exception of the work.
     */
    void await();
  }

  /**
   * Runs work on the pool without waiting for it. Must not be called from the pool's own threads.
   *
   * @param work the work
   * @return the work, to be waited for
   * @throws RejectedExecutionException if the pool is closed
   */
  public Pending begin(Runnable work) {
    Outcome<Boolean> outcome =
        new Outcome<>(
            () -> {
              work.run();
              return true;
            });
    pool.execute(outcome);
    return outcome;
  }

  /**
   * Work and its result or exception. Fork-join tasks are not used for this: a failed task throws a
   * copy of its exception, made by reflection, which looks like an exception with a cause; and a
   * thread that waits for a task may lose an interrupt that arrives just as the task ends.
   */
  private static final class Outcome<T> implements Runnable, Pending {
    private final Callable<T> work;
    private final CountDownLatch done = new CountDownLatch(1);
    private @Nullable T result;
    private @Nullable Throwable failure;

    Outcome(Callable<T> work) {
      this.work = work;
    }

    @Override
    public void run() {
      try {
        result = work.call();
      } catch (Throwable e) {
        failure = e;
      } finally {
        done.countDown();
      }
    }

    @Override
    public void await() {
      awaitEnd();
      get();
    }

    /** Waits for the end of the work, and restores an interrupt afterwards. */
    void awaitEnd() {
      UninterruptibleWait.run(done::await);
    }

    T get() {
      throwIfAny(failure);
      return Objects.requireNonNull(result, "result");
    }
  }

  private static void throwIfAny(@Nullable Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }

  /**
   * Splits a range among the threads and waits until all of it is done; a range that is not split
   * is small work. If a part fails, parts that have not begun are skipped, and the first failure is
   * thrown when no part is running any more.
   *
   * @param size the range is from 0 to this, exclusive
   * @param grain the largest part that is not split
   * @param task the work on each part
   */
  public void forEach(int size, int grain, RangeTask task) {
    Callable<Boolean> whole =
        () -> {
          task.run(0, size);
          return true;
        };
    if (size <= grain) {
      callSmall(whole);
    } else if (threads() == 1) {
      call(whole);
    } else {
      call(() -> split(size, grain, task));
    }
  }

  private static boolean split(int size, int grain, RangeTask task) {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    new Split(0, size, grain, task, failure).invoke();
    throwIfAny(failure.get());
    return true;
  }

  /** Ends the pool after all submitted work is done. */
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
    private final AtomicReference<Throwable> failure;

    Split(int from, int to, int grain, RangeTask task, AtomicReference<Throwable> failure) {
      this.from = from;
      this.to = to;
      this.grain = grain;
      this.task = task;
      this.failure = failure;
    }

    @Override
    protected void compute() {
      if (failure.get() != null) {
        return;
      }
      if (to - from <= grain) {
        try {
          task.run(from, to);
        } catch (Throwable e) {
          failure.compareAndSet(null, e);
        }
        return;
      }
      int middle = (from + to) >>> 1;
      invokeAll(
          new Split(from, middle, grain, task, failure),
          new Split(middle, to, grain, task, failure));
    }
  }
}

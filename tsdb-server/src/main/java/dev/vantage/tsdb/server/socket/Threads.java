package dev.vantage.tsdb.server.socket;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Threads and pools, with names. */
final class Threads {
  private static final long KEEP_ALIVE_SECONDS = 10;

  private Threads() {}

  static Thread named(String name, Runnable task) {
    return new Thread(task, name);
  }

  /** A pool that refuses a task when all its threads are busy. */
  static ThreadPoolExecutor handingOver(String name, int threads) {
    return new ThreadPoolExecutor(
        0, threads, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), numbered(name));
  }

  /** A pool that refuses a task when all its threads are busy and the queue is full. */
  static ThreadPoolExecutor queueing(String name, int threads, int queue) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            KEEP_ALIVE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queue),
            numbered(name));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  static ScheduledThreadPoolExecutor timer(String name) {
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, numbered(name));
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  /** Waits for a pool that was shut down, and says whether its tasks ended in time. */
  static boolean await(ExecutorService pool, Duration time) {
    try {
      return pool.awaitTermination(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ThreadFactory numbered(String name) {
    AtomicLong count = new AtomicLong();
    return task -> named(name + "-" + count.incrementAndGet(), task);
  }
}

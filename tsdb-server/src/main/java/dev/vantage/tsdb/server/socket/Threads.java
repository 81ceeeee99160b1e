package dev.vantage.tsdb.server.socket;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Named threads and thread pools. */
final class Threads {
  private static final long KEEP_ALIVE_SECONDS = 10;

  private Threads() {}

  /** Creates an executor with one thread for each task, virtual from Java 21 on. */
  static ExecutorService perTask(String name) {
    return virtual(name)
        .orElseGet(
            () ->
                new ThreadPoolExecutor(
                    0,
                    Integer.MAX_VALUE,
                    KEEP_ALIVE_SECONDS,
                    TimeUnit.SECONDS,
                    new SynchronousQueue<>(),
                    numbered(name)));
  }

  /** Whether connections run on virtual threads, which must not do long computations. */
  static boolean areVirtual() {
    return virtualFactory("tsdb").isPresent();
  }

  /** Returns a factory of virtual threads, found by reflection; empty before Java 21. */
  static Optional<ThreadFactory> virtualFactory(String name) {
    try {
      Class<?> type = Class.forName("java.lang.Thread$Builder");
      Object unnamed = Thread.class.getMethod("ofVirtual").invoke(null);
      Object builder =
          type.getMethod("name", String.class, long.class).invoke(unnamed, name + "-", 1L);
      return Optional.of((ThreadFactory) type.getMethod("factory").invoke(builder));
    } catch (ReflectiveOperationException e) {
      return Optional.empty();
    }
  }

  private static Optional<ExecutorService> virtual(String name) {
    return virtualFactory(name)
        .flatMap(
            factory -> {
              try {
                return Optional.of(
                    (ExecutorService)
                        Executors.class
                            .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                            .invoke(null, factory));
              } catch (ReflectiveOperationException e) {
                return Optional.empty();
              }
            });
  }

  /** Creates a pool that refuses a task when all its threads are busy and the queue is full. */
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

  /** Waits for a pool that was shut down. Returns whether its tasks ended in time. */
  static boolean await(ExecutorService pool, Duration time) {
    try {
      return pool.awaitTermination(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static ThreadFactory numbered(String name) {
    AtomicLong count = new AtomicLong();
    return task -> new Thread(task, name + "-" + count.incrementAndGet());
  }
}

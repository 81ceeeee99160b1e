package dev.vantage.tsdb.server.dispatch;

import dev.vantage.tsdb.UnavailableException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Workers for requests of one kind, with a bounded first-in, first-out queue. Thread-safe. Each
 * connection has at most one request in the queue, so the order is fair to all connections. A
 * request that finds the queue full is refused at once.
 */
final class Lane {
  private final String name;
  private final int workers;
  private final int capacity;
  private final int queue;
  private final WorkerSlots turns;
  private final AtomicInteger inside = new AtomicInteger();

  Lane(String name, int workers, int queue, WorkerSlots turns) {
    this.name = name;
    this.workers = workers;
    this.queue = queue;
    this.capacity = (int) Math.min(Integer.MAX_VALUE, (long) workers + queue);
    this.turns = turns;
  }

  /**
   * Waits for a worker, then runs the work.
   *
   * @throws UnavailableException if the queue is full
   * @throws dev.vantage.tsdb.DeadlineExceededException if the deadline passed before a worker was
   *     free
   */
  <T> T run(RequestDeadline deadline, Supplier<T> work) {
    if (inside.getAndUpdate(count -> Math.min(capacity, count + 1)) == capacity) {
      throw full();
    }
    try {
      return turns.take(deadline, work);
    } finally {
      inside.decrementAndGet();
    }
  }

  boolean isFull() {
    return inside.get() == capacity;
  }

  UnavailableException full() {
    return new UnavailableException(
        "waiting requests must be at most "
            + queue
            + ": lane="
            + name
            + ", workers="
            + workers
            + ", waiting="
            + queue
            + "; hint: try again later");
  }

  int running() {
    return Math.min(workers, inside.get());
  }

  int queued() {
    return Math.max(0, inside.get() - workers);
  }

  void close() {
    turns.close();
  }
}

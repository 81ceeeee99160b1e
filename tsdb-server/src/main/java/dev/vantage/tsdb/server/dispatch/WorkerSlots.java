package dev.vantage.tsdb.server.dispatch;

import java.util.function.Supplier;

/** Who does the work of a lane, and in which order: first come, first served. */
interface WorkerSlots {

  /**
   * Waits for a worker, and for what it does.
   *
   * @throws dev.vantage.tsdb.DeadlineExceededException if time was over before a worker was free
   */
  <T> T take(RequestDeadline deadline, Supplier<T> work);

  /** About how many wait. */
  int waiting();

  /** Lets the workers go once they are done. */
  void close();
}

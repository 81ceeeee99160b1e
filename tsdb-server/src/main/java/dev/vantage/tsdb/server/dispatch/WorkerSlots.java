package dev.vantage.tsdb.server.dispatch;

import java.util.function.Supplier;

/** The workers of a lane, which serve their callers first come, first served. */
interface WorkerSlots {

  /**
   * Waits for a worker and for the result of its work.
   *
   * @throws dev.vantage.tsdb.DeadlineExceededException if the deadline passed before a worker was
   *     free
   */
  <T> T take(RequestDeadline deadline, Supplier<T> work);

  /** Returns the approximate number of waiting callers. */
  int waiting();

  /** Ends the workers after their current work. */
  void close();
}

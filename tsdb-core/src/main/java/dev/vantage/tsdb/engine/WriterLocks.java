package dev.vantage.tsdb.engine;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Orders the writers of a database by two locks. Thread-safe. A search takes neither, except while
 * it waits for attributes to be loaded or for a series that another process has removed.
 *
 * <p>An insert holds the vantage lock shared from before it computes distances until they are
 * published; a change of the vantage points holds it exclusively. The commit lock is held while a
 * change becomes durable and is published, so that store and index change in the same order; writes
 * that wait for it are committed together ({@link CommitQueue}). The vantage lock is taken first.
 */
final class WriterLocks {
  private final ReentrantReadWriteLock vantageLock = new ReentrantReadWriteLock(true);
  private final Lock commitLock = new ReentrantLock(true);

  /** Runs work that computes distances to the vantage points, which stay as they are meanwhile. */
  <T> T measuring(Deadline deadline, Supplier<T> work) {
    return under(vantageLock.readLock(), deadline, work);
  }

  /** {@return whether a thread waits to change the vantage points} */
  boolean isVantageChangeWaiting() {
    return vantageLock.hasQueuedThreads();
  }

  /** Runs work that changes the index as the store has changed, while nothing else is committed. */
  <T> T committing(Deadline deadline, Supplier<T> work) {
    return under(commitLock, deadline, work);
  }

  /** Runs work that changes the vantage points, while no other thread measures or commits. */
  <T> T changingVantagePoints(Deadline deadline, Supplier<T> work) {
    return under(vantageLock.writeLock(), deadline, () -> committing(deadline, work));
  }

  /** {@return the commit lock, for the classes that commit by themselves} */
  Lock commitLock() {
    return commitLock;
  }

  private static <T> T under(Lock lock, Deadline deadline, Supplier<T> work) {
    deadline.lock(lock);
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}

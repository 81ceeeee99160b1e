package dev.vantage.tsdb.store.sql;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.TimeLimit;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Interrupts work on the connections of one database at its time limit. Thread-safe. */
final class Interrupter implements AutoCloseable {
  private static final int THREADS = 4;
  private static final long KEEP_ALIVE_SECONDS = 10;

  /**
   * The pause between two cancel requests. They are repeated, because a request between two
   * statements has no effect.
   */
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** The time after the limit after which a connection is aborted. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final SqlDatabase database;
  private final ScheduledThreadPoolExecutor clock;

  Interrupter(SqlDatabase database) {
    this.database = database;
    AtomicInteger number = new AtomicInteger();
    clock =
        new ScheduledThreadPoolExecutor(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "tsdb-deadline-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    clock.setRemoveOnCancelPolicy(true);
    clock.setKeepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
    clock.allowCoreThreadTimeOut(true);
  }

  /** Watches this thread's work on connections, and its wait for a connection. */
  Watch reading(TimeLimit limit) {
    return new Watch(
        limit,
        database.waitsForConnections() ? Optional.of(Thread.currentThread()) : Optional.empty());
  }

  /** Watches this thread's work on connections. */
  Watch writing(TimeLimit limit) {
    return new Watch(limit, Optional.empty());
  }

  /** Translates a failure to a timeout, if the time is over and the failure is not more severe. */
  StoreException failure(TimeLimit limit, StoreException failure) {
    boolean isWorse =
        switch (failure.kind()) {
          case DAMAGED, OUTCOME_UNKNOWN, IN_USE, REPLACED -> true;
          case UNAVAILABLE, INTERRUPTED, INVALID_LOCATION, FAILED -> false;
        };
    return isWorse || !limit.isOver()
        ? failure
        : new StoreException(StoreException.Kind.INTERRUPTED, lateness(), failure);
  }

  private String lateness() {
    return "the storage must answer within the time of the call: " + database.place();
  }

  /** Work on a connection. */
  interface Work<T> {
    T run() throws SQLException;
  }

  /** One watched piece of work, until it is closed. Not thread-safe: used by the working thread. */
  final class Watch implements AutoCloseable {
    private final TimeLimit limit;
    private final Optional<Thread> waiting;
    private final Optional<Future<?>> strikes;

    @GuardedBy("this")
    private Optional<Connection> connection = Optional.empty();

    @GuardedBy("this")
    private boolean wasInterrupted;

    @GuardedBy("this")
    private boolean closed;

    private Watch(TimeLimit limit, Optional<Thread> waiting) {
      this.limit = limit;
      this.waiting = waiting;
      strikes =
          limit.end().isEmpty()
              ? Optional.empty()
              : Optional.of(
                  clock.scheduleWithFixedDelay(
                      this::strike,
                      Math.max(0, limit.left()),
                      PAUSE.toNanos(),
                      TimeUnit.NANOSECONDS));
    }

    /**
     * Works on a connection. When this method returns, no further cancel request reaches the
     * connection, so its next user is never interrupted.
     *
     * @throws StoreException of the kind INTERRUPTED if the limit is already reached
     */
    <T> T on(Connection own, Work<T> work) throws SQLException {
      if (limit.end().isEmpty()) {
        return work.run();
      }
      begin(own);
      try {
        return work.run();
      } finally {
        end(own);
      }
    }

    private synchronized void begin(Connection own) throws SQLException {
      if (limit.isOver()) {
        throw new StoreException(StoreException.Kind.INTERRUPTED, lateness());
      }
      database.waitForLocks(own, limit);
      connection = Optional.of(own);
    }

    private synchronized void end(Connection own) {
      connection = Optional.empty();
      try {
        database.waitForLocks(own, TimeLimit.NONE);
      } catch (SQLException e) {
        // A closed connection has nothing to cancel.
      }
    }

    private synchronized void strike() {
      try {
        if (closed) {
          return;
        } else if (connection.isEmpty()) {
          wasInterrupted |= waiting.isPresent();
          waiting.ifPresent(Thread::interrupt);
        } else if (limit.left() > -GRACE.toNanos()) {
          database.interrupt(connection.get());
        } else {
          database.abandon(connection.get());
        }
      } catch (SQLException e) {
        // The request is repeated soon.
      }
    }

    @Override
    public void close() {
      strikes.ifPresent(future -> future.cancel(false));
      synchronized (this) {
        closed = true;
        if (wasInterrupted) {
          Thread.interrupted(); // the interrupt was meant only for the wait
        }
      }
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}

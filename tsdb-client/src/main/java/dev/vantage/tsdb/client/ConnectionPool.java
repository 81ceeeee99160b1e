package dev.vantage.tsdb.client;

import dev.vantage.tsdb.DeadlineExceededException;
import dev.vantage.tsdb.ShuttingDownException;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.protocol.Failures;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A bounded pool of connections to one server. Thread-safe. Reuses the most recently used
 * connection first.
 *
 * <p>A connection that was idle for 5 s is checked before it is used again, and replaced if the
 * server has closed it.
 */
final class ConnectionPool implements AutoCloseable {
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(5);

  private record Idle(ServerConnection connection, long since) {}

  private final Dialer dialer;
  private final ClientOptions options;
  private final LongSupplier nanoTime;
  private final Semaphore permits;
  private final ConcurrentLinkedDeque<Idle> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  ConnectionPool(InetSocketAddress address, ClientOptions options, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.dialer = new Dialer(address, options);
    this.options = options;
    permits = new Semaphore(options.maxConnections(), true);
  }

  /** Returns the deadline of a call that begins now, on the clock of the pool. */
  long end(Duration timeout) {
    return nanoTime.getAsLong() + timeout.toNanos();
  }

  /** Returns the nanoseconds that are left until a deadline; 0 or less after it. */
  long left(long end) {
    return end - nanoTime.getAsLong();
  }

  /** Returns the pauses of a call. */
  Backoff backoff(long end) {
    return new Backoff(options, end, nanoTime);
  }

  InetSocketAddress address() {
    return dialer.address();
  }

  /** Opens the first connection, to check that the server can be reached. */
  void open(long end) {
    Backoff backoff = backoff(end);
    while (true) {
      try {
        giveBack(take(end));
        return;
      } catch (RefusedException e) {
        if (!backoff.pause()) {
          throw Failures.toException(e.response());
        }
      }
    }
  }

  /**
   * Takes a connection for exclusive use, until it is returned or dropped.
   *
   * @throws RefusedException if the server refuses the connection because a limit is reached
   */
  ServerConnection take(long end) throws RefusedException {
    acquire(end);
    try {
      for (Idle last = idle.pollFirst(); last != null; last = idle.pollFirst()) {
        boolean fresh = nanoTime.getAsLong() - last.since() < FRESH_NANOS;
        if (fresh || !last.connection().isStale()) {
          return last.connection();
        }
        last.connection().close();
      }
      return dialer.dial();
    } catch (RefusedException | RuntimeException | Error e) {
      permits.release();
      throw e;
    }
  }

  private void acquire(long end) {
    if (closed) {
      throw closedAlready();
    }
    try {
      if (!permits.tryAcquire(Math.max(0, left(end)), TimeUnit.NANOSECONDS)) {
        throw new DeadlineExceededException(
            "a connection must be free in time: connections=" + options.maxConnections());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("the call was interrupted while it waited for a connection");
    }
    if (closed) {
      permits.release();
      throw closedAlready();
    }
  }

  private static UnavailableException closedAlready() {
    return new ShuttingDownException("client must be open: it has been closed");
  }

  void giveBack(ServerConnection connection) {
    if (connection.isRefused()) {
      drop(connection);
      return;
    }
    idle.addFirst(new Idle(connection, nanoTime.getAsLong()));
    permits.release();
    if (closed) {
      closeIdle();
    }
  }

  void drop(ServerConnection connection) {
    connection.abort();
    permits.release();
  }

  /**
   * Closes all idle connections. Called after one was found broken, because the others probably are
   * too.
   */
  void closeIdle() {
    for (Idle last = idle.pollFirst(); last != null; last = idle.pollFirst()) {
      last.connection().close();
    }
  }

  @Override
  public void close() {
    closed = true;
    closeIdle();
  }
}

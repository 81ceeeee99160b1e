package dev.vantage.tsdb.client;

import dev.vantage.tsdb.DeadlineExceededException;
import dev.vantage.tsdb.UnavailableException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A few connections to one server, opened when they are needed. Thread-safe. */
final class ConnectionPool implements AutoCloseable {
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

  private final InetSocketAddress address;
  private final ClientOptions options;

  /** One permit for each connection in use. */
  private final Semaphore permits;

  /** Those not in use, the last used first; guarded by itself. */
  private final Deque<Connection> idle = new ArrayDeque<>();

  private volatile boolean closed;

  ConnectionPool(InetSocketAddress address, ClientOptions options) {
    this.address = address;
    this.options = options;
    permits = new Semaphore(options.maxConnections(), true);
  }

  /** A connection that was quiet a moment ago; to be given back or discarded. */
  Connection borrow(Deadline deadline) {
    acquire(deadline);
    try {
      for (Connection old = pollIdle(); old != null; old = pollIdle()) {
        if (old.isQuiet()) {
          return old;
        }
        old.close();
      }
      return open(deadline);
    } catch (RuntimeException | Error e) {
      permits.release();
      throw e;
    }
  }

  void giveBack(Connection connection) {
    synchronized (idle) {
      idle.addFirst(connection);
    }
    permits.release();
  }

  /** Takes back a connection that failed. The idle ones have likely met the same fate. */
  void discard(Connection connection) {
    connection.close();
    closeIdle();
    permits.release();
  }

  /** Waits for the calls under way, then closes every connection. */
  @Override
  public void close() {
    closed = true;
    permits.acquireUninterruptibly(options.maxConnections());
    closeIdle();
    permits.release(options.maxConnections());
  }

  private void acquire(Deadline deadline) {
    try {
      checkOpen();
      if (!permits.tryAcquire(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new DeadlineExceededException(
            "call must begin within " + deadline.allowed() + ": every connection was in use");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("thread must not be interrupted while it waits to begin");
    }
    if (closed) {
      permits.release();
      checkOpen();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new UnavailableException("client must be open: it has been closed");
    }
  }

  private Connection pollIdle() {
    synchronized (idle) {
      return idle.pollFirst();
    }
  }

  private void closeIdle() {
    for (Connection old = pollIdle(); old != null; old = pollIdle()) {
      old.close();
    }
  }

  private Connection open(Deadline deadline) {
    if (address.isUnresolved()) {
      throw new ConnectionException("server must have a known host: host=" + address.getHostName());
    }
    IOException last = new IOException("time is up");
    for (int tried = 0; tried < options.connectTries() && !deadline.hasPassed(); tried++) {
      try {
        pause(PAUSE_AFTER_FAILURE.multipliedBy(tried));
        return Connection.open(
            address, Deadline.shorter(options.connectTimeout(), deadline.left()));
      } catch (IOException e) {
        last = e;
      }
    }
    if (deadline.hasPassed()) {
      throw new DeadlineExceededException(
          "call must end within " + deadline.allowed() + ": no connection in that time");
    }
    throw new ConnectionException(
        "server must be reachable: server="
            + address.getHostString()
            + ":"
            + address.getPort()
            + ", problem="
            + last.getMessage(),
        last);
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("thread must not be interrupted while it connects");
    }
  }
}

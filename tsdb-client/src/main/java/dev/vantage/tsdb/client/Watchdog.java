package dev.vantage.tsdb.client;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Closes connections whose time is up, which ends reading and writing alike. Its one thread lives
 * only from the first use to the close.
 */
final class Watchdog implements AutoCloseable {
  private final ScheduledThreadPoolExecutor timer;

  Watchdog() {
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "tsdb-client-deadlines");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
  }

  Watch watch(Connection connection, Duration time) {
    return new Watch(connection, time);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** The time of one connection's use. */
  final class Watch implements AutoCloseable {
    private final Connection connection;
    private final ScheduledFuture<?> end;
    private volatile boolean expired;

    private Watch(Connection connection, Duration time) {
      this.connection = connection;
      end = timer.schedule(this::expire, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void expire() {
      expired = true;
      connection.close();
    }

    /** Whether the time ran out, so that the connection is closed. */
    boolean hasExpired() {
      return expired;
    }

    @Override
    public void close() {
      end.cancel(false);
    }
  }
}

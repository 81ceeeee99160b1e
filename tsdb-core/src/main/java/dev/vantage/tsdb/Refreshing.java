package dev.vantage.tsdb;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up again and again what others have written, on a thread of its own, until it is closed. An
 * outage of the storage is reported when it begins and when it ends. Thread-safe.
 */
final class Refreshing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Refreshing.class);

  private final Predicate<Deadline> work;
  private final Duration pause;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "tsdb-refresh");

  private Refreshing(Predicate<Deadline> work, Duration pause) {
    this.work = work;
    this.pause = pause;
  }

  /** Begins to refresh a database by some work, with a pause after each time. */
  static Refreshing start(Predicate<Deadline> work, Duration pause) {
    Refreshing refreshing = new Refreshing(work, pause);
    refreshing.thread.setDaemon(true);
    refreshing.thread.start();
    return refreshing;
  }

  private void run() {
    boolean failing = false;
    try {
      while (!closing.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        Optional<RuntimeException> failure = refresh();
        if (failure.isPresent() && !failing) {
          LOG.warn("database cannot be refreshed: {}", failure.get().getMessage());
        } else if (failure.isEmpty() && failing) {
          LOG.info("database is refreshed again");
        }
        failing = failure.isPresent();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody but the end of the process does so
    }
  }

  private Optional<RuntimeException> refresh() {
    try {
      work.test(Deadline.after(Optional.empty()));
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(e);
    }
  }

  /** Returns when no refresh is under way any more. */
  @Override
  public void close() {
    closing.countDown();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

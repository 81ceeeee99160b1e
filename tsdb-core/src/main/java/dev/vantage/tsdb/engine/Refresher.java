package dev.vantage.tsdb.engine;

import dev.vantage.tsdb.pool.LivingThread;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls the storage on a background thread and loads other processes' writes, until it is closed.
 * Logs when an outage of the storage begins and when it ends. Thread-safe.
 */
public final class Refresher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Refresher.class);

  private final Consumer<Deadline> work;
  private final Duration pause;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final LivingThread thread;
  private boolean failing;

  private Refresher(Consumer<Deadline> work, Duration pause) {
    this.work = work;
    this.pause = pause;
    this.thread = LivingThread.start("tsdb-refresh", true, this::refreshLater, this::failed);
  }

  /** Starts a thread that repeats some work, with a pause after each run. */
  public static Refresher start(Consumer<Deadline> work, Duration pause) {
    return new Refresher(work, pause);
  }

  private void refreshLater() throws InterruptedException {
    if (!closing.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
      work.accept(Deadline.NONE);
      if (failing) {
        failing = false;
        LOG.info("database is refreshed again");
      }
    }
  }

  private void failed(Throwable failure) {
    if (!failing) {
      failing = true;
      LOG.warn("database cannot be refreshed: {}", failure.getMessage());
    }
  }

  /** The thread, which must live as long as the database is open. */
  public LivingThread thread() {
    return thread;
  }

  /** Returns when no refresh is under way any more. */
  @Override
  public void close() {
    thread.stop();
    closing.countDown();
    thread.join();
  }
}

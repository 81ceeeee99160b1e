package dev.vantage.tsdb.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.vantage.tsdb.ShuttingDownException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Loads the attributes of all series once, on a background thread, for all waiting calls. The load
 * outlives the deadline of a single call, so it completes even if all deadlines are short.
 * Thread-safe.
 */
final class AttributeLoader implements AutoCloseable {
  private final Runnable load;

  @GuardedBy("this")
  private Optional<CompletableFuture<Void>> running = Optional.empty();

  private volatile boolean closed;

  /**
   * Loads nothing yet.
   *
   * @param load loads all attributes; calls {@link #check} every now and then
   */
  AttributeLoader(Runnable load) {
    this.load = load;
  }

  /** Waits for the attributes; rethrows a failure of the load. */
  void await(Deadline deadline) {
    deadline.await(begun());
  }

  private synchronized CompletableFuture<Void> begun() {
    check();
    if (running.filter(one -> !one.isDone()).isEmpty()) {
      CompletableFuture<Void> next = new CompletableFuture<>();
      Thread thread = new Thread(() -> run(next), "tsdb-attributes");
      thread.setDaemon(true);
      thread.start();
      running = Optional.of(next);
    }
    return running.get();
  }

  private void run(CompletableFuture<Void> done) {
    try {
      load.run();
      done.complete(null);
    } catch (Throwable e) {
      done.completeExceptionally(e); // also an Error, which the waiting calls get
    }
  }

  /** Ends a load whose database is being closed. */
  void check() {
    if (closed) {
      throw new ShuttingDownException("database must be open: it is being closed");
    }
  }

  /** Returns when no load is under way any more. */
  @Override
  public void close() {
    Optional<CompletableFuture<Void>> last;
    synchronized (this) {
      closed = true;
      last = running;
    }
    last.ifPresent(one -> one.handle((nothing, failure) -> true).join());
  }
}

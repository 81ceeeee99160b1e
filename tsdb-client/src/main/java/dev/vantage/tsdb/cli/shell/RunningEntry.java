package dev.vantage.tsdb.cli.shell;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The work on one entry, which a signal stops. Thread-safe. */
final class RunningEntry {
  @GuardedBy("this")
  private @Nullable Thread worker;

  /** Runs work on this thread until it ends or has noticed that it was stopped. */
  <T> T run(Supplier<T> work) {
    synchronized (this) {
      worker = Thread.currentThread();
    }
    try {
      return work.get();
    } finally {
      synchronized (this) {
        worker = null;
        Thread.interrupted(); // an interrupt that came too late is for nobody
      }
    }
  }

  /** Interrupts the work, if there is any. */
  synchronized void stop() {
    if (worker != null) {
      worker.interrupt();
    }
  }
}

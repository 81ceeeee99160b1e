package dev.vantage.tsdb.engine;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the changes that searches can see. While a change is becoming visible, some searches see
 * it and others do not, so there is no count. Thread-safe, except that one thread at a time may
 * call {@link #show}.
 */
final class ChangeCount {
  /** Twice the number of changes; odd while a change is becoming visible. */
  private final AtomicLong twice = new AtomicLong();

  /** Makes a change visible. It counts even if that fails, since part of it may be visible. */
  void show(Runnable change) {
    twice.incrementAndGet();
    try {
      change.run();
    } finally {
      twice.incrementAndGet();
    }
  }

  /** {@return the number of changes; empty while a change is becoming visible} */
  OptionalLong get() {
    long now = twice.get();
    return now % 2 == 0 ? OptionalLong.of(now / 2) : OptionalLong.empty();
  }
}

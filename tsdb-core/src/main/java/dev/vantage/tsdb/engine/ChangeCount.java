package dev.vantage.tsdb.engine;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the changes that searches are shown. While one is being shown, some searches may see it
 * and others not, so there is no count then. One thread at a time shows changes; any may ask.
 */
final class ChangeCount {
  /** Twice the changes, and odd while one is being shown. */
  private final AtomicLong twice = new AtomicLong();

  /** Shows a change; it counts even if that fails, since part of it may be seen. */
  void show(Runnable change) {
    twice.incrementAndGet();
    try {
      change.run();
    } finally {
      twice.incrementAndGet();
    }
  }

  /** How many changes there were, or empty while one is being shown. */
  OptionalLong get() {
    long now = twice.get();
    return now % 2 == 0 ? OptionalLong.of(now / 2) : OptionalLong.empty();
  }
}

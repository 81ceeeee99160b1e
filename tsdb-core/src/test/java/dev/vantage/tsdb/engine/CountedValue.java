package dev.vantage.tsdb.engine;

import java.util.OptionalLong;

/** A database of one number, with a change count. */
public final class CountedValue {
  private final ChangeCount changes = new ChangeCount();
  private volatile int value;

  /** Only one thread at a time may. */
  public void set(int newValue) {
    changes.show(() -> value = newValue);
  }

  public int get() {
    return value;
  }

  public OptionalLong changeCount() {
    return changes.get();
  }
}

package dev.vantage.tsdb.server.socket;

import java.util.concurrent.atomic.AtomicLong;

/** A number of bytes of memory that all connections share. Thread-safe. */
final class ByteBudget {
  private final long most;
  private final AtomicLong taken = new AtomicLong();

  ByteBudget(long most) {
    this.most = most;
  }

  /** Takes all of these bytes, or none and returns false if fewer are left. */
  boolean tryTake(long bytes) {
    long before = taken.getAndUpdate(now -> now + bytes <= most ? now + bytes : now);
    return before + bytes <= most;
  }

  void giveBack(long bytes) {
    if (bytes > 0) {
      taken.addAndGet(-bytes);
    }
  }

  long most() {
    return most;
  }

  long taken() {
    return taken.get();
  }
}

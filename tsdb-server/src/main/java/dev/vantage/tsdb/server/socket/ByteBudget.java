package dev.vantage.tsdb.server.socket;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that connections share: each takes what it needs, if that many are left. Thread-safe. */
final class ByteBudget {
  private final long most;
  private final AtomicLong taken = new AtomicLong();

  ByteBudget(long most) {
    this.most = most;
  }

  /** Takes bytes, or none if there are not so many left. */
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

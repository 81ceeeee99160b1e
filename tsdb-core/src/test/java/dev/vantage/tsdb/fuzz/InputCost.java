package dev.vantage.tsdb.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** What one input costs the thread that reads it, against what its size allows. For one thread. */
public final class InputCost {
  /** The property that says how many times as much memory may be taken, 1 if it is not set. */
  static final String OVERHEAD = "tsdb.fuzz.overhead";

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final long bytesForAny;
  private final long bytesPerByte;
  private final Duration time;
  private long allocated;
  private long nanos;
  private long most;

  /**
   * A limit: so much memory for any input and so much more for each of its bytes, and so much time.
   */
  public InputCost(long bytesForAny, long bytesPerByte, Duration time) {
    int overhead = Integer.getInteger(OVERHEAD, 1);
    this.bytesForAny = bytesForAny * overhead;
    this.bytesPerByte = bytesPerByte * overhead;
    this.time = time;
  }

  /** Runs something, and again if it costs too much, since classes may have been loaded. */
  public void check(int inputBytes, Runnable action) {
    if (!isCheap(inputBytes, action) && !isCheap(inputBytes, action)) {
      throw new AssertionError(
          "input must not cost much: bytes="
              + inputBytes
              + ", allocated="
              + allocated
              + ", ms="
              + nanos / 1_000_000);
    }
    most = Math.max(most, allocated);
  }

  private boolean isCheap(int inputBytes, Runnable action) {
    long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
    long begun = System.nanoTime();
    action.run();
    nanos = System.nanoTime() - begun;
    allocated = THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
    return allocated <= bytesForAny + bytesPerByte * inputBytes && nanos <= time.toNanos();
  }

  /** The most that any input allocated, in bytes. */
  public long most() {
    return most;
  }
}

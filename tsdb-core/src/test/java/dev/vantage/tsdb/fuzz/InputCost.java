package dev.vantage.tsdb.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Limits the cost of reading one input, by its size. Not thread-safe. */
public final class InputCost {
  /** The property for the factor of the memory limit; 1 if it is not set. */
  static final String OVERHEAD = "tsdb.fuzz.overhead";

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final long bytesForAny;
  private final long bytesPerByte;
  private final Duration time;
  private long allocated;
  private long nanos;
  private long most;

  /** Creates a limit: memory for any input, memory per byte of input, and time. */
  public InputCost(long bytesForAny, long bytesPerByte, Duration time) {
    int overhead = Integer.getInteger(OVERHEAD, 1);
    this.bytesForAny = bytesForAny * overhead;
    this.bytesPerByte = bytesPerByte * overhead;
    this.time = time;
  }

  /** Runs an action, and repeats it if it costs too much, because classes may have been loaded. */
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

  /** Returns the maximum allocation of any input, in bytes. */
  public long most() {
    return most;
  }
}

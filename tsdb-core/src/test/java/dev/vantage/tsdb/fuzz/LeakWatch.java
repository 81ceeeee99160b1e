package dev.vantage.tsdb.fuzz;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;

/** Checks periodically that the heap after a full garbage collection does not grow. */
public final class LeakWatch {
  private static final long SLACK_BYTES = 8 << 20;
  private static final int SLACK_THREADS = 8;
  private static final int SLACK_FILES = 16;

  /** The time for other threads or a second collection to free objects. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String name;
  private final long every;
  private Held first;
  private long inputs;

  private record Held(long heap, int threads, long files) {
    static Held now() {
      System.gc();
      long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      long files =
          ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
              ? unix.getOpenFileDescriptorCount()
              : 0;
      return new Held(heap, ManagementFactory.getThreadMXBean().getThreadCount(), files);
    }

    boolean isMoreThan(Held first) {
      return heap > first.heap + SLACK_BYTES
          || threads > first.threads + SLACK_THREADS
          || files > first.files + SLACK_FILES;
    }
  }

  /** Checks after this many inputs. */
  public LeakWatch(String name, long every) {
    this.name = name;
    this.every = every;
  }

  /** Counts an input, and checks if it is due. */
  public void count() {
    inputs++;
    if (inputs % every == 0) {
      look();
    }
  }

  /** Counts inputs, and checks. */
  public void count(long more) {
    inputs += more;
    look();
  }

  /** Fails if more heap is used than at the first check. */
  public void look() {
    Held now = Held.now();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (first != null && now.isMoreThan(first) && System.nanoTime() < end) {
      now = Held.now();
    }
    System.out.printf(
        Locale.ROOT,
        "%s: inputs=%d, heap after collection=%.1f MB, threads=%d, files=%d%n",
        name,
        inputs,
        now.heap / 1e6,
        now.threads,
        now.files);
    if (first == null) {
      first = now;
    } else if (now.isMoreThan(first)) {
      throw new AssertionError("nothing must grow with inputs: " + first + " -> " + now);
    }
  }
}

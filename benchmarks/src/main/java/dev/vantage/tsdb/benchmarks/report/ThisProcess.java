package dev.vantage.tsdb.benchmarks.report;

import java.lang.management.ManagementFactory;

/** The memory and processor time of this process. */
final class ThisProcess {
  private static final double NANOSECONDS = 1e9;

  private ThisProcess() {}

  /**
   * Returns the approximate size of reachable objects in bytes: the used heap after garbage
   * collection.
   */
  static long used() {
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /**
   * Returns the processor time of all threads so far in seconds; 0 if the JVM does not report it.
   */
  static double processorSeconds() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean bean
        ? bean.getProcessCpuTime() / NANOSECONDS
        : 0;
  }
}

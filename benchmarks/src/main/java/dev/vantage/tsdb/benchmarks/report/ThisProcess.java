package dev.vantage.tsdb.benchmarks.report;

import java.lang.management.ManagementFactory;

/** What this process has taken. */
final class ThisProcess {
  private static final double NANOSECONDS = 1e9;

  private ThisProcess() {}

  /** Bytes of the heap that are reachable, more or less: what is left when the garbage is gone. */
  static long used() {
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Time on processors so far, of all threads; 0 where the JVM does not tell. */
  static double processorSeconds() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean bean
        ? bean.getProcessCpuTime() / NANOSECONDS
        : 0;
  }
}

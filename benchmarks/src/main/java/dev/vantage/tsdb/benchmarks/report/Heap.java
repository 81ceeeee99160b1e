package dev.vantage.tsdb.benchmarks.report;

/** The memory of this process. */
final class Heap {
  private Heap() {}

  /** Bytes of the heap that are reachable, more or less: what is left when the garbage is gone. */
  static long used() {
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}

package dev.vantage.tsdb.benchmarks;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Stats;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.benchmarks.workload.Workload;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Measures the memory of a process that has a stored database open. Needs a process of its own that
 * does nothing else, so it is not a JMH benchmark.
 *
 * @param series the number of series in the database
 * @param heapBytes the growth of reachable objects on the heap since before the database was
 *     opened, in bytes
 * @param outsideBytes the memory outside the heap in bytes: the resident set minus the committed
 *     heap, or 0 if unknown
 * @param indexBytes the size of the index in bytes, as reported by the database
 * @param rowBytes the part of the index that holds prepared series, in bytes
 * @param fileBytes the size of the files in bytes
 */
public record MemoryPerSeries(
    long series,
    long heapBytes,
    long outsideBytes,
    long indexBytes,
    long rowBytes,
    long fileBytes) {
  private static final int QUERIES = 20;
  private static final long QUERY_SEED = 2;
  private static final long KIBIBYTE = 1024;

  /**
   * Opens a database with its spectra on the disk, runs a few searches, and measures this process,
   * which must be fresh.
   *
   * @param folder the folder of the database
   * @param series series in the database
   * @param length samples per series
   * @return the measurements
   * @throws IOException if the database cannot be made
   */
  public static MemoryPerSeries measure(Path folder, int series, int length) throws IOException {
    Path stored = StoredDatabase.of(folder, series, length);
    long fileBytes = 0;
    for (Path file : StoredDatabase.files(stored)) {
      fileBytes += Files.size(file);
    }
    long before = used();
    try (EmbeddedTsdb database =
        Tsdb.open(
            stored,
            OpenOptions.DEFAULT
                .withAccess(OpenOptions.Access.READ_ONLY)
                .withSpectra(OpenOptions.Spectra.DISK))) {
      for (int query = 0; query < QUERIES; query++) {
        database.search(
            Query.like(TimeSeries.ofValues(Workload.BUMPS.series(length, QUERY_SEED, query)))
                .nearest(10));
      }
      long heap = used() - before;
      Stats stats = database.stats();
      return new MemoryPerSeries(
          stats.series(),
          heap,
          outside(),
          stats.memory().indexBytes(),
          stats.memory().spectrumBytes(),
          fileBytes);
    }
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static long outside() throws IOException {
    return Math.max(0, resident() - Runtime.getRuntime().totalMemory());
  }

  private static long resident() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE)
        .findFirst()
        .orElse(0);
  }

  /**
   * Creates a database if it does not exist, for {@link #measure} in another process.
   *
   * @param folder the folder of the database; created if it does not exist
   * @param series series in the database
   * @param length samples per series
   * @throws IOException if the database cannot be made
   */
  public static void make(Path folder, int series, int length) throws IOException {
    StoredDatabase.of(folder, series, length);
  }

  /**
   * Measures and prints.
   *
   * @param args the folder, the number of series, samples per series
   * @throws IOException if the database cannot be made
   */
  public static void main(String[] args) throws IOException {
    System.out.println(
        measure(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2])));
  }
}

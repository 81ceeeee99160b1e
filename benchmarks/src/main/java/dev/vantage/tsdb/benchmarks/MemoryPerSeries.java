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
 * How much memory does a process take that holds a stored database open? Not a matter of time: a
 * program of its own, whose process does nothing else.
 *
 * @param series series in the database
 * @param heapBytes what is reachable on the heap, beyond what was before the database was opened
 * @param outsideBytes what the process holds besides the heap: its resident set less the committed
 *     heap, or 0 where the system does not tell
 * @param indexBytes what the database says of its index
 * @param rowBytes the part of it that is prepared series
 * @param fileBytes the files
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
   * Opens a database with its spectra on the disk, searches it a little, and looks at this process,
   * which must not have done much before.
   *
   * @param folder where the database is kept
   * @param series series in the database
   * @param length samples per series
   * @return what was seen
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
   * Makes a database if it is not there, for {@link #measure} in another process.
   *
   * @param folder where the database is kept; made if it is not there
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

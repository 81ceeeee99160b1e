package dev.vantage.tsdb.server.cache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.vantage.tsdb.CacheStats;
import dev.vantage.tsdb.CacheStats.Sample;
import dev.vantage.tsdb.CacheStats.Use;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The samples of the last minutes, in a fixed amount of memory. Thread-safe. */
final class CacheHistory {
  static final int MOST = (int) CacheStats.HISTORY.dividedBy(CacheStats.INTERVAL);
  private static final int COLUMNS = 6;

  @GuardedBy("this")
  private final long[] columns = new long[MOST * COLUMNS];

  @GuardedBy("this")
  private Use before = new Use(0, 0, 0);

  @GuardedBy("this")
  private long taken;

  /**
   * Adds a sample, in place of the oldest one when the memory is full.
   *
   * @param total the use since the beginning
   */
  synchronized void add(Instant time, long items, long bytes, Use total) {
    Use since = total.since(before);
    before = total;
    int at = (int) (taken++ % MOST) * COLUMNS;
    columns[at] = time.toEpochMilli();
    columns[at + 1] = items;
    columns[at + 2] = bytes;
    columns[at + 3] = since.requests();
    columns[at + 4] = since.hits();
    columns[at + 5] = since.evictions();
  }

  /** Returns the samples of the history that ends at a time, oldest first. */
  synchronized List<Sample> until(Instant now) {
    Instant oldest = now.minus(CacheStats.HISTORY);
    List<Sample> samples = new ArrayList<>();
    for (long i = Math.max(0, taken - MOST); i < taken; i++) {
      int at = (int) (i % MOST) * COLUMNS;
      Instant time = Instant.ofEpochMilli(columns[at]);
      if (time.isAfter(oldest)) {
        Use use = new Use(columns[at + 3], columns[at + 4], columns[at + 5]);
        samples.add(new Sample(time, columns[at + 1], columns[at + 2], use));
      }
    }
    return samples;
  }
}

package dev.vantage.tsdb.server.dispatch;

import dev.vantage.tsdb.ServerStats;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What a server tells of itself: each of its parts adds its limits and its counts, under names that
 * end in their units where they have any. Thread-safe.
 */
public final class Gauges {
  private final Map<String, Long> limits = new LinkedHashMap<>();
  private final Map<String, LongSupplier> load = new LinkedHashMap<>();

  /** Knows of nothing yet. */
  public Gauges() {}

  /**
   * Adds a limit.
   *
   * @param name its name
   * @param value its value, which is in force as long as the server runs
   */
  public synchronized void limit(String name, long value) {
    limits.put(name, value);
  }

  /**
   * Adds a count.
   *
   * @param name its name
   * @param value tells it; called from any thread, and quick
   */
  public synchronized void load(String name, LongSupplier value) {
    load.put(name, value);
  }

  /** {@return all limits and counts, in the order they were added in} */
  public synchronized ServerStats read() {
    Map<String, Long> counts = new LinkedHashMap<>();
    load.forEach((name, value) -> counts.put(name, value.getAsLong()));
    return new ServerStats(limits, counts);
  }
}

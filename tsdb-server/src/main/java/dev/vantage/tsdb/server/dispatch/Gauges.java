package dev.vantage.tsdb.server.dispatch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.vantage.tsdb.ServerStats;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The limits and counts that {@code stats} and {@code /metrics} show. Thread-safe. Each part of the
 * server adds its own, under names that end in the unit, if there is one.
 */
public final class Gauges {
  @GuardedBy("this")
  private final Map<String, Long> limits = new LinkedHashMap<>();

  @GuardedBy("this")
  private final Map<String, LongSupplier> load = new LinkedHashMap<>();

  /** Makes an empty collection. */
  public Gauges() {}

  /**
   * Adds a limit.
   *
   * @param name its name
   * @param value its value, which never changes
   */
  public synchronized void limit(String name, long value) {
    limits.put(name, value);
  }

  /**
   * Adds a count.
   *
   * @param name its name
   * @param value reads the count; called from any thread; must be fast
   */
  public synchronized void load(String name, LongSupplier value) {
    load.put(name, value);
  }

  /** {@return all limits and counts, in the order in which they were added} */
  public synchronized ServerStats read() {
    Map<String, Long> counts = new LinkedHashMap<>();
    load.forEach((name, value) -> counts.put(name, value.getAsLong()));
    return new ServerStats(limits, counts);
  }
}

package dev.vantage.tsdb;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The limits and the load of a server. Immutable. Names end in their units, as in {@code
 * max_frame_bytes} and {@code idle_timeout_ms}; counts have no unit.
 *
 * @param limits the limits in force, by name, in display order; unmodifiable
 * @param load present counts, and counts since the server started, by name, in display order;
 *     unmodifiable
 */
public record ServerStats(Map<String, Long> limits, Map<String, Long> load) {
  public ServerStats {
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(load, "load");
    limits = Collections.unmodifiableMap(new LinkedHashMap<>(limits));
    load = Collections.unmodifiableMap(new LinkedHashMap<>(load));
  }
}

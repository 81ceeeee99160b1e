package dev.vantage.tsdb;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a server allows, and what it is doing. The names end in their units where they have any, as
 * in {@code max_frame_bytes} and {@code idle_timeout_ms}.
 *
 * @param limits the limits that are in force, by name; in the order to show them in, unmodifiable
 * @param load counts of what is there now, and of what has been since the server started, by name;
 *     in the order to show them in, unmodifiable
 */
public record ServerStats(Map<String, Long> limits, Map<String, Long> load) {
  public ServerStats {
    limits = Collections.unmodifiableMap(new LinkedHashMap<>(limits));
    load = Collections.unmodifiableMap(new LinkedHashMap<>(load));
  }
}

package dev.vantage.tsdb.benchmarks.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One thing to measure.
 *
 * @param part the part of the report that it belongs to
 * @param parameters what distinguishes it from others of its part
 */
record Job(String part, SortedMap<String, String> parameters) {
  /** The parameter that says where files are. */
  static final String FOLDER = "folder";

  Job {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }

  static Job of(String part) {
    return new Job(part, new TreeMap<>());
  }

  Job with(String name, Object value) {
    SortedMap<String, String> more = new TreeMap<>(parameters);
    more.put(name, value.toString());
    return new Job(part, more);
  }

  /** A text that no other job has; it is the same wherever files are. */
  @JsonIgnore
  String id() {
    return parameters.entrySet().stream()
        .filter(parameter -> !parameter.getKey().equals(FOLDER))
        .map(Map.Entry::toString)
        .collect(Collectors.joining(" ", part + " ", ""));
  }

  String text(String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("job must have a " + name + ": job=" + id());
    }
    return value;
  }

  int integer(String name) {
    return Integer.parseInt(text(name));
  }

  double number(String name) {
    return Double.parseDouble(text(name));
  }
}

package dev.vantage.tsdb.benchmarks.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One measurement. Immutable.
 *
 * @param part the part of the report
 * @param parameters the parameters that identify the job within its part
 */
record Job(String part, SortedMap<String, String> parameters) {
  /** The parameter for the folder of files. */
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

  /** Returns a string that identifies the job, independent of the folder of files. */
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

package dev.vantage.tsdb.engine.verify;

import dev.vantage.tsdb.VerifyReport;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects problems: counts each once and lists the first ones. Not thread-safe. */
final class Problems {
  private final Set<String> first = new LinkedHashSet<>();
  private long count;

  void add(String problem) {
    if (first.contains(problem)) {
      return; // found in two ways
    }
    count++;
    if (first.size() < VerifyReport.MOST_PROBLEMS) {
      first.add(problem);
    }
  }

  void addAll(List<String> problems) {
    problems.forEach(this::add);
  }

  long count() {
    return count;
  }

  List<String> first() {
    return List.copyOf(first);
  }
}

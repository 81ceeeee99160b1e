package dev.vantage.tsdb.benchmarks.report;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The options of a report. Immutable.
 *
 * @param scale the extent of the report
 * @param only the parts to measure; empty for all
 * @param again whether to repeat earlier measurements
 * @param minutes the time in minutes after which no job is started
 * @param folder the folder of the report
 */
record ReportOptions(Scale scale, Set<String> only, boolean again, int minutes, Path folder) {
  static final String USAGE =
      """
      usage: report [--scale small|full] [--only part,part] [--again] [--minutes number]
                    [--output folder]

        --scale    small takes some minutes, full some two hours (small)
        --only     measure these parts alone: distance, share, search, condition, jmh-search, open,
                   store, memory, throughput; the report shows what was measured before of the others
        --again    measure again what was measured before
        --minutes  begin no job after so many minutes (30, for full 150)
        --output   where REPORT.md and plots go (the folder of this module)
      """;

  private static final Set<String> PARTS =
      Set.of(
          "distance",
          SharePart.NAME,
          SearchPart.NAME,
          ConditionPart.NAME,
          "jmh-search",
          "open",
          Schedule.MEMORY,
          Schedule.STORE,
          "throughput");

  static ReportOptions parse(List<String> arguments, Path defaultFolder) {
    Scale scale = Scale.SMALL;
    Set<String> only = Set.of();
    boolean again = false;
    Optional<Integer> minutes = Optional.empty();
    Path folder = defaultFolder;
    for (int i = 0; i < arguments.size(); i++) {
      switch (arguments.get(i)) {
        case "--scale" -> scale = Scale.ofLabel(value(arguments, ++i));
        case "--only" -> only = parts(value(arguments, ++i));
        case "--again" -> again = true;
        case "--minutes" -> minutes = Optional.of(Integer.valueOf(value(arguments, ++i)));
        case "--output" -> folder = Path.of(value(arguments, ++i));
        default ->
            throw new IllegalArgumentException("option must be known: option=" + arguments.get(i));
      }
    }
    return new ReportOptions(scale, only, again, minutes.orElse(scale.minutes()), folder);
  }

  private static String value(List<String> arguments, int i) {
    if (i >= arguments.size()) {
      throw new IllegalArgumentException(
          "option must have a value: option=" + arguments.get(i - 1));
    }
    return arguments.get(i);
  }

  private static Set<String> parts(String text) {
    List<String> parts = Stream.of(text.split(",")).toList();
    for (String part : parts) {
      if (!PARTS.contains(part)) {
        throw new IllegalArgumentException("part must be known: part=" + part);
      }
    }
    return Set.copyOf(parts);
  }

  boolean wants(Job job) {
    return only.isEmpty() || only.contains(job.part());
  }
}

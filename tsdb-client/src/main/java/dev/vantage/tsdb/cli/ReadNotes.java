package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.format.FileReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what readers did with files, and says it in lines. Not thread-safe. */
final class ReadNotes {
  private static final int MOST_KINDS = 5;

  private final Map<String, Long> readAs = new LinkedHashMap<>();
  private final Map<String, Long> dropped = new LinkedHashMap<>();
  private final Map<String, Long> droppedIn = new LinkedHashMap<>();
  private final Map<String, Long> notes = new LinkedHashMap<>();

  void add(FileReport report) {
    if (!report.readAs().isEmpty()) {
      readAs.merge(report.readAs(), 1L, Long::sum);
    }
    report.dropped().forEach((reason, rows) -> dropped.merge(reason, rows, Long::sum));
    report.dropped().forEach((reason, rows) -> droppedIn.merge(reason, 1L, Long::sum));
    report.notes().forEach((note, times) -> notes.merge(note, times, Long::sum));
  }

  /** How many rows were left out. */
  long droppedRows() {
    return dropped.values().stream().mapToLong(Long::longValue).sum();
  }

  /** What files were read as. */
  List<String> readAs() {
    List<String> lines = new ArrayList<>();
    readAs.entrySet().stream()
        .limit(MOST_KINDS)
        .forEach(one -> lines.add("read " + files(one.getValue()) + " as " + one.getKey()));
    if (readAs.size() > MOST_KINDS) {
      lines.add("read others as " + (readAs.size() - MOST_KINDS) + " further kinds of files");
    }
    return lines;
  }

  /** Which rows were left out. */
  List<String> dropped() {
    return dropped.entrySet().stream()
        .map(
            one ->
                "dropped "
                    + one.getValue()
                    + (one.getValue() == 1 ? " row " : " rows ")
                    + one.getKey()
                    + " in "
                    + files(droppedIn.getOrDefault(one.getKey(), 0L)))
        .toList();
  }

  /** What else is worth knowing. */
  List<String> notes() {
    return notes.entrySet().stream().map(one -> one.getKey() + ": " + one.getValue()).toList();
  }

  private static String files(long count) {
    return count + (count == 1 ? " file" : " files");
  }
}

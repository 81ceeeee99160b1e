package dev.vantage.tsdb.format;

import java.util.ArrayList;
import java.util.List;

/** Splits rows into fields. Thread-safe. */
final class FieldSplitter {
  private FieldSplitter() {}

  /** Splits at the separator that the row uses, and strips the fields. */
  static List<String> ofWideRow(String row) {
    if (row.indexOf('\t') >= 0) {
      return split(row, '\t');
    }
    return row.indexOf(',') >= 0 ? split(row, ',') : List.of(row.strip().split(" +"));
  }

  /** Splits at every separator and strips the fields. Returns at least one field. */
  static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int to = text.indexOf(separator); to >= 0; to = text.indexOf(separator, from)) {
      parts.add(text.substring(from, to).strip());
      from = to + 1;
    }
    parts.add(text.substring(from).strip());
    return parts;
  }
}

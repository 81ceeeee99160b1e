package dev.vantage.tsdb.format.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The columns of an IPAC table: each lies between two bars of the header, in every row. Immutable.
 */
final class FixedWidths {
  private static final char BAR = '|';

  /** The row of the header, from 0, that says which text stands for no value, by column. */
  private static final int NULLS = 3;

  private final List<Integer> bars;
  private final List<String> nulls;

  private FixedWidths(List<Integer> bars, List<String> nulls) {
    this.bars = bars;
    this.nulls = nulls;
  }

  /**
   * Finds the columns of a header whose first row is such as {@code |ra |dec |}; empty if that row
   * is not an IPAC header.
   */
  static Optional<FixedWidths> of(List<String> rows) {
    String header = rows.get(0);
    String text = header.stripTrailing();
    if (text.length() < 3 || text.charAt(0) != BAR || text.charAt(text.length() - 1) != BAR) {
      return Optional.empty();
    }
    List<Integer> bars = new ArrayList<>();
    for (int at = 0; at >= 0; at = text.indexOf(BAR, at + 1)) {
      bars.add(at);
    }
    FixedWidths widths = new FixedWidths(bars, List.of());
    return Optional.of(
        rows.size() <= NULLS
            ? widths
            : new FixedWidths(bars, widths.split(rows.get(NULLS)).orElse(List.of())));
  }

  /** Says whether a line is a header of such a table. */
  static boolean isHeader(String line) {
    return !line.isEmpty() && line.charAt(0) == BAR;
  }

  /**
   * Splits the header or a row; empty if a value lies across a bar. A field that stands for no
   * value is empty.
   */
  Optional<List<String>> split(String row) {
    List<String> fields = new ArrayList<>();
    for (int i = 0; i + 1 < bars.size(); i++) {
      int bar = bars.get(i);
      boolean isLast = i + 2 == bars.size();
      if (bar < row.length() && row.charAt(bar) != BAR && !isBlank(row.charAt(bar))) {
        return Optional.empty();
      }
      int from = Math.min(row.length(), bar + 1);
      int to = isLast ? row.length() : Math.min(row.length(), bars.get(i + 1));
      String field = row.substring(from, to);
      String value = FieldSplitter.strip(isLast ? field.replace(BAR, ' ') : field);
      fields.add(i < nulls.size() && value.equals(nulls.get(i)) ? "" : value);
    }
    return Optional.of(fields);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}

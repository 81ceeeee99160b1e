package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.cli.plot.VisibleText;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rows under named columns.
 *
 * @param header the names of the columns
 * @param numbers the names of the columns that are aligned at the right
 * @param rows the rows, each as long as the header; read once
 */
record TextTable(List<String> header, Set<String> numbers, Iterator<List<String>> rows) {
  TextTable {
    header = List.copyOf(header);
    numbers = Set.copyOf(numbers);
  }

  /** The space between two columns. */
  static final String COLUMN_GAP = "  ";

  /** Creates a table whose columns are all aligned at the left. */
  TextTable(List<String> header, Iterator<List<String>> rows) {
    this(header, Set.of(), rows);
  }

  static TextTable of(List<String> header, List<List<String>> rows) {
    return new TextTable(header, rows.iterator());
  }

  /** Returns the width of each column of some rows, in characters. */
  static int[] widths(List<List<String>> lines) {
    int[] widths = new int[lines.get(0).size()];
    for (List<String> line : lines) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], VisibleText.width(line.get(column)));
      }
    }
    return widths;
  }

  /** Returns the width of some rows in characters, with the space between columns. */
  static int width(List<List<String>> lines) {
    int[] widths = widths(lines);
    return IntStream.of(widths).sum() + COLUMN_GAP.length() * (widths.length - 1);
  }

  /** Returns a row with one more cell in front. */
  static List<String> joined(String first, List<String> rest) {
    return Stream.concat(Stream.of(first), rest.stream()).toList();
  }

  /** Creates a table with one row. */
  static TextTable ofOne(List<String> header, List<String> row) {
    return of(header, List.of(row));
  }
}

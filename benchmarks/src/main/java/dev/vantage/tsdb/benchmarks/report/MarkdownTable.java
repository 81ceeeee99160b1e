package dev.vantage.tsdb.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A table in Markdown, with words aligned left and numbers aligned right. Not thread-safe. */
final class MarkdownTable {
  private final List<String> lines = new ArrayList<>();
  private final int columns;

  /**
   * Creates an empty table.
   *
   * @param alignment for each column {@code l} for words or {@code r} for numbers
   */
  MarkdownTable(String alignment, String... header) {
    columns = alignment.length();
    add(header);
    lines.add(
        alignment
            .chars()
            .mapToObj(column -> column == 'l' ? "---" : "---:")
            .collect(Collectors.joining("|", "|", "|")));
  }

  void add(String... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(
          "row must fit the header: cells=" + cells.length + ", columns=" + columns);
    }
    lines.add(
        List.of(cells).stream()
            .map(cell -> cell.replace("|", "\\|").replace("\n", " "))
            .collect(Collectors.joining(" | ", "| ", " |")));
  }

  boolean isEmpty() {
    return lines.size() == 2;
  }

  @Override
  public String toString() {
    return String.join("\n", lines) + "\n";
  }
}

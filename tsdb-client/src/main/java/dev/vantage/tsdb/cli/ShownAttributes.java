package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.cli.plot.VisibleText;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The cells of selected attributes. A cell is empty where a neighbor has no value. */
final class ShownAttributes {
  private ShownAttributes() {}

  /** Returns the cells of a neighbor with every digit and character. */
  static List<String> exact(SearchResult result, int rank, List<String> names) {
    return cells(result, rank, names).map(Object::toString).toList();
  }

  /** Returns the cells of a neighbor, in which no character moves the cursor of a terminal. */
  static List<String> readable(SearchResult result, int rank, List<String> names) {
    return cells(result, rank, names).map(cell -> VisibleText.of(cell.toString())).toList();
  }

  private static Stream<Object> cells(SearchResult result, int rank, List<String> names) {
    if (names.isEmpty()) {
      return Stream.empty();
    }
    Attributes attributes = result.attributes().get(rank);
    return names.stream()
        .map(name -> Optional.<Object>ofNullable(attributes.asMap().get(name)).orElse(""));
  }

  /** Returns the attributes whose values are all numbers. */
  static List<String> numbers(List<SearchResult> results, List<String> names) {
    return names.stream()
        .filter(
            name ->
                results.stream()
                    .flatMap(result -> result.attributes().stream())
                    .flatMap(one -> Optional.ofNullable(one.asMap().get(name)).stream())
                    .allMatch(ShownAttributes::isNumber))
        .toList();
  }

  private static boolean isNumber(AttributeValue value) {
    return value instanceof AttributeValue.DoubleValue || value instanceof AttributeValue.LongValue;
  }

  /**
   * Returns the attributes that a neighbor has and whose columns fit beside other columns, from the
   * first on.
   *
   * @param others rows with the cells of the other columns, header included
   * @param columns the width of all columns together, in characters
   */
  static List<String> fitting(
      List<List<String>> others, List<SearchResult> results, List<String> names, int columns) {
    int used = TextTable.width(others);
    List<String> fitting = new ArrayList<>();
    for (String name : names) {
      List<List<String>> column =
          results.stream()
              .flatMap(result -> column(result, name))
              .collect(Collectors.toCollection(ArrayList::new));
      if (column.stream().allMatch(cell -> cell.get(0).isEmpty())) {
        continue;
      }
      column.add(List.of(name));
      int width = TextTable.COLUMN_GAP.length() + TextTable.width(column);
      if (used + width <= columns) {
        fitting.add(name);
        used += width;
      }
    }
    return fitting;
  }

  private static Stream<List<String>> column(SearchResult result, String name) {
    List<List<String>> cells = new ArrayList<>();
    for (int rank = 0; rank < result.neighbors().size(); rank++) {
      cells.add(readable(result, rank, List.of(name)));
    }
    return cells.stream();
  }
}

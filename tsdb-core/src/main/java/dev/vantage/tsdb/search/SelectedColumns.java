package dev.vantage.tsdb.search;

import dev.vantage.tsdb.index.IndexState;
import dev.vantage.tsdb.index.MissingAttributesException;
import dev.vantage.tsdb.index.SeriesDirectory;
import dev.vantage.tsdb.index.column.AttributeTable;
import dev.vantage.tsdb.index.column.AttributeValues;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Attributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The attributes that a query selects, in one state. Thread-safe. */
final class SelectedColumns {
  private final SeriesDirectory directory;
  private final List<String> names;
  private final AttributeTable table;

  private SelectedColumns(SeriesDirectory directory, List<String> names, AttributeTable table) {
    this.directory = directory;
    this.names = names;
    this.table = table;
  }

  /**
   * Returns the selection of a request in a state, or empty if the request selects nothing.
   *
   * @throws MissingAttributesException if attributes are selected but not loaded
   */
  static Optional<SelectedColumns> of(IndexState state, SearchRequest request) {
    return request.selected().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SelectedColumns(
                state.directory(),
                request.selected(),
                state.attributes().orElseThrow(MissingAttributesException::new)));
  }

  /** Returns the selected attributes that a series has. */
  Attributes of(int ordinal) {
    Map<String, AttributeValue> values = new HashMap<>();
    for (String name : names) {
      value(name, ordinal).ifPresent(value -> values.put(name, value));
    }
    return Attributes.of(values);
  }

  private Optional<AttributeValue> value(String name, int ordinal) {
    if (name.equals(AttributeTypes.ID)) {
      return Optional.of(new AttributeValue.TextValue(directory.id(ordinal)));
    }
    Optional<AttributeValues> column = table.column(name);
    return column.isEmpty() ? Optional.empty() : column.get().value(ordinal);
  }
}

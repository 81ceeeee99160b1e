package dev.vantage.tsdb.format;

import dev.vantage.tsdb.format.AttributeFile.BadLine;
import dev.vantage.tsdb.format.table.BadFileException;
import dev.vantage.tsdb.format.table.BadRowException;
import dev.vantage.tsdb.format.table.DataTable;
import dev.vantage.tsdb.format.table.Numbers;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.InvalidAttributeException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The rows of a table of attributes, kept as strings until the types of all columns are known. Not
 * thread-safe.
 */
final class AttributeRows {
  private record Row(long line, List<String> cells) {}

  private final DataTable table;
  private final int key;
  private final List<AttributeField> columns = new ArrayList<>();
  private final Map<String, String> renamed = new LinkedHashMap<>();
  private final Map<String, Row> rows = new LinkedHashMap<>();

  /** Reads the header. */
  AttributeRows(DataTable table, AttributeSelection wanted, AttributeTypes declared)
      throws BadFileException {
    this.table = table;
    key = wanted.key().isPresent() ? table.head().exactly(wanted.key().get()) : 0;
    Map<String, String> chosen = wanted.chosen().isEmpty() ? all() : wanted.chosen();
    for (Map.Entry<String, String> one : chosen.entrySet()) {
      addColumn(one.getKey(), one.getValue(), declared);
    }
  }

  /** Returns all columns except the key, by the names of their attributes. */
  private Map<String, String> all() throws BadFileException {
    Map<String, String> all = new LinkedHashMap<>();
    for (int place = 0; place < header().size(); place++) {
      String column = header().get(place);
      String name = AttributeSelection.attributeOf(column);
      if (place == key || column.isBlank()) {
        continue;
      }
      if (all.putIfAbsent(name, column) != null) {
        throw new BadFileException(
            table.head().line(),
            "header must name each attribute once: attribute=" + Numbers.quote(name));
      }
      if (!name.equals(column)) {
        renamed.put(column, name);
      }
    }
    return all;
  }

  private void addColumn(String name, String column, AttributeTypes declared)
      throws BadFileException {
    try {
      // Checks the name; the type does not matter yet.
      AttributeTypes.noneDeclared().with(name, Type.TEXT);
    } catch (InvalidAttributeException e) {
      throw new BadFileException(table.head().line(), e.getMessage());
    }
    columns.add(new AttributeField(name, table.head().exactly(column), declared.type(name)));
  }

  /** Reads all rows. */
  void read(Consumer<BadLine> errors) throws IOException, BadFileException {
    boolean isEmpty = true;
    while (table.next()) {
      isEmpty = false;
      if (!table.quotesMatch()) {
        throw new BadFileException(
            table.line(), "file must be well-formed CSV: quotes do not match");
      }
      try {
        addRow();
      } catch (BadRowException e) {
        errors.accept(new BadLine(table.line(), e.getMessage()));
      }
    }
    if (isEmpty) {
      throw BadFileException.withoutData(table.line());
    }
  }

  private void addRow() throws BadRowException {
    String id = table.text(key);
    if (id.isEmpty()) {
      throw new BadRowException("key must not be empty: column=" + Numbers.quote(keyName()));
    }
    List<String> cells = new ArrayList<>(columns.size());
    for (AttributeField column : columns) {
      cells.add(Numbers.withPoint(table.text(column.place()), table.decimalMark()));
    }
    if (rows.putIfAbsent(id, new Row(table.line(), cells)) != null) {
      throw new BadRowException(
          "key must be given once, the first counts: key=" + Numbers.quote(id));
    }
    for (int i = 0; i < cells.size(); i++) {
      columns.get(i).see(cells.get(i));
    }
  }

  private List<String> header() {
    return table.head().names().orElseThrow();
  }

  private String keyName() {
    return header().get(key);
  }

  /** Returns the attributes of the rows by their keys, after all rows have been read. */
  Map<String, Attributes> convert(Consumer<BadLine> errors) {
    Map<String, Attributes> converted = new LinkedHashMap<>();
    rows.forEach(
        (id, row) -> {
          try {
            converted.put(id, attributes(row));
          } catch (BadRowException | InvalidAttributeException e) {
            errors.accept(new BadLine(row.line(), e.getMessage()));
          }
        });
    return converted;
  }

  private Attributes attributes(Row row) throws BadRowException {
    Map<String, AttributeValue> values = new TreeMap<>();
    for (int i = 0; i < columns.size(); i++) {
      AttributeField column = columns.get(i);
      Optional<AttributeValue> value = column.value(row.cells().get(i));
      value.ifPresent(present -> values.put(column.name(), present));
    }
    return Attributes.of(values);
  }

  /** Returns the types of the columns that have values, by the names of their attributes. */
  Map<String, Type> types() {
    Map<String, Type> types = new LinkedHashMap<>();
    for (AttributeField column : columns) {
      column.type().ifPresent(type -> types.put(column.name(), type));
    }
    return types;
  }

  Map<String, String> renamed() {
    return renamed;
  }
}

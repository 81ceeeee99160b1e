package dev.vantage.tsdb.format;

import dev.vantage.tsdb.format.AttributeFile.BadLine;
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

  private final CsvTable csv;
  private final int key;
  private final List<AttributeField> columns = new ArrayList<>();
  private final Map<String, String> renamed = new LinkedHashMap<>();
  private final Map<String, Row> rows = new LinkedHashMap<>();

  /** Reads the header. */
  AttributeRows(CsvTable csv, AttributeSelection wanted, AttributeTypes declared)
      throws BadFileException {
    this.csv = csv;
    key = wanted.key().isPresent() ? csv.column(wanted.key().get()) : 0;
    Map<String, String> chosen = wanted.chosen().isEmpty() ? all() : wanted.chosen();
    for (Map.Entry<String, String> one : chosen.entrySet()) {
      addColumn(one.getKey(), one.getValue(), declared);
    }
  }

  /** Returns all columns except the key, by the names of their attributes. */
  private Map<String, String> all() throws BadFileException {
    Map<String, String> all = new LinkedHashMap<>();
    for (int place = 0; place < csv.header().size(); place++) {
      String column = csv.header().get(place);
      String name = AttributeSelection.attributeOf(column);
      if (place == key || column.isBlank()) {
        continue;
      }
      if (all.putIfAbsent(name, column) != null) {
        throw new BadFileException(
            csv.line(), "header must name each attribute once: attribute=" + Numbers.quote(name));
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
      throw new BadFileException(csv.line(), e.getMessage());
    }
    columns.add(new AttributeField(name, csv.column(column), declared.type(name)));
  }

  /** Reads all rows. */
  void read(Consumer<BadLine> errors) throws IOException, BadFileException {
    boolean isEmpty = true;
    while (csv.next()) {
      isEmpty = false;
      try {
        addRow();
      } catch (BadRowException e) {
        errors.accept(new BadLine(csv.line(), e.getMessage()));
      }
    }
    if (isEmpty) {
      throw BadFileException.withoutData(csv.line());
    }
  }

  private void addRow() throws BadRowException {
    String id = csv.field(key);
    if (id.isEmpty()) {
      throw new BadRowException("key must not be empty: column=" + Numbers.quote(keyName()));
    }
    List<String> cells = new ArrayList<>(columns.size());
    for (AttributeField column : columns) {
      cells.add(csv.field(column.place()));
    }
    if (rows.putIfAbsent(id, new Row(csv.line(), cells)) != null) {
      throw new BadRowException(
          "key must be given once, the first counts: key=" + Numbers.quote(id));
    }
    for (int i = 0; i < cells.size(); i++) {
      columns.get(i).see(cells.get(i));
    }
  }

  private String keyName() {
    return csv.header().get(key);
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

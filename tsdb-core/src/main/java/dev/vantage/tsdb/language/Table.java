package dev.vantage.tsdb.language;

import dev.vantage.tsdb.series.AttributeValue.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Rows of values under named columns, each of one type. Any value may be nil. A table can carry
 * notes: sentences that say how it came about, which are no part of its equality. Immutable.
 */
public final class Table implements Value {
  private final List<Column> columns;
  private final List<List<Value>> rows;
  private final List<String> notes;
  private final Map<String, Integer> places;

  /**
   * A column. Immutable.
   *
   * @param name its name
   * @param type the type of its values that are not nil
   */
  public record Column(String name, Type type) {
    /** Creates a column. */
    public Column {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(type, "type");
    }
  }

  private Table(List<Column> columns, List<List<Value>> rows, List<String> notes) {
    this.columns = columns;
    this.rows = rows;
    this.notes = notes;
    this.places = new LinkedHashMap<>();
    columns.forEach(column -> places.put(column.name(), places.size()));
  }

  /** Creates a table whose rows have a value of the column's type, or nil, for each column. */
  static Table of(List<Column> columns, List<List<Value>> rows) {
    return new Table(List.copyOf(columns), List.copyOf(rows), List.of());
  }

  /** Returns a table with the same columns and notes. */
  Table withRows(List<List<Value>> newRows) {
    return new Table(columns, List.copyOf(newRows), notes);
  }

  Table withNotes(List<String> more) {
    List<String> all = new ArrayList<>(notes);
    more.stream().filter(note -> !all.contains(note)).forEach(all::add);
    return new Table(columns, rows, List.copyOf(all));
  }

  /** {@return the columns in order; unmodifiable} */
  public List<Column> columns() {
    return columns;
  }

  /** {@return the rows in order, each with a value for every column; unmodifiable} */
  public List<List<Value>> rows() {
    return rows;
  }

  /** {@return what is to be known about the table besides its values; unmodifiable} */
  public List<String> notes() {
    return notes;
  }

  /** Returns the place of a column, from 0, or empty. */
  OptionalInt place(String name) {
    Integer place = places.get(name);
    return place == null ? OptionalInt.empty() : OptionalInt.of(place);
  }

  /** Returns the names of the columns in order. */
  List<String> names() {
    return List.copyOf(places.keySet());
  }

  /** Returns a row as a record. */
  RecordValue row(int number) {
    Map<String, Value> fields = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      fields.put(columns.get(i).name(), rows.get(number).get(i));
    }
    return RecordValue.of(fields);
  }

  @Override
  public String type() {
    return "table";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Table that && columns.equals(that.columns) && rows.equals(that.rows);
  }

  @Override
  public int hashCode() {
    return Objects.hash(columns, rows);
  }

  @Override
  public String toString() {
    return Printer.shown(this);
  }
}

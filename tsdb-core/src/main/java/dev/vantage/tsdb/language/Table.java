package dev.vantage.tsdb.language;

import dev.vantage.tsdb.rows.Rows;
import dev.vantage.tsdb.rows.TableColumn;
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
  private final List<TableColumn> columns;
  private final List<List<Value>> rows;
  private final List<String> notes;
  private final Origin origin;
  private final Map<String, Integer> places;

  /** What the rows of a table are. */
  enum Origin {
    /** A limited number of nearest neighbors: a condition on them leaves fewer. */
    NEAREST,
    /** Other rows. */
    OTHER
  }

  private Table(
      List<TableColumn> columns, List<List<Value>> rows, List<String> notes, Origin origin) {
    this.columns = columns;
    this.rows = rows;
    this.notes = notes;
    this.origin = origin;
    this.places = new LinkedHashMap<>();
    columns.forEach(column -> places.put(column.name(), places.size()));
  }

  /** Creates a table whose rows have a value of the column's type, or nil, for each column. */
  static Table of(List<TableColumn> columns, List<List<Value>> rows) {
    return new Table(List.copyOf(columns), List.copyOf(rows), List.of(), Origin.OTHER);
  }

  /**
   * Creates a table.
   *
   * @param rows the rows and their columns
   * @param notes sentences that say how the table came about
   * @return the table
   */
  public static Table of(Rows rows, List<String> notes) {
    Objects.requireNonNull(rows, "rows");
    Objects.requireNonNull(notes, "notes");
    List<List<Value>> values = new ArrayList<>(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      Value[] cells = new Value[rows.columns().size()];
      for (int column = 0; column < cells.length; column++) {
        cells[column] = Cells.value(rows.value(row, column));
      }
      values.add(List.of(cells));
    }
    return of(rows.columns(), values).withNotes(notes);
  }

  /** Returns a table with the same columns, notes and origin. */
  Table withRows(List<List<Value>> newRows) {
    return new Table(columns, List.copyOf(newRows), notes, origin);
  }

  Table withNotes(List<String> more) {
    List<String> all = new ArrayList<>(notes);
    more.stream().filter(note -> !all.contains(note)).forEach(all::add);
    return new Table(columns, rows, List.copyOf(all), origin);
  }

  /** Returns a table with one more column, or with other values in a column of that name. */
  Table with(TableColumn column, List<Value> values) {
    OptionalInt known = place(column.name());
    List<TableColumn> newColumns = new ArrayList<>(columns);
    List<List<Value>> newRows = new ArrayList<>();
    int place = known.orElse(columns.size());
    if (known.isPresent()) {
      newColumns.remove(place);
    }
    newColumns.add(place, column);
    for (int i = 0; i < rows.size(); i++) {
      List<Value> row = new ArrayList<>(rows.get(i));
      if (known.isPresent()) {
        row.remove(place);
      }
      row.add(place, values.get(i));
      newRows.add(List.copyOf(row));
    }
    return new Table(List.copyOf(newColumns), newRows, notes, origin);
  }

  /** Returns the same table with a limited number of nearest neighbors as its rows. */
  Table asNearest() {
    return new Table(columns, rows, notes, Origin.NEAREST);
  }

  boolean isNearest() {
    return origin == Origin.NEAREST;
  }

  /** {@return the columns in order; unmodifiable} */
  public List<TableColumn> columns() {
    return columns;
  }

  /** {@return the rows in order, each with a value for every column; unmodifiable} */
  public List<List<Value>> rows() {
    return rows;
  }

  /** {@return remarks about the table, such as rows that were left out; unmodifiable} */
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
    return ValuePrinter.shown(this);
  }
}

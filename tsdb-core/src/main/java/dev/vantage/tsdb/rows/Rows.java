package dev.vantage.tsdb.rows;

import dev.vantage.tsdb.condition.Row;
import dev.vantage.tsdb.series.AttributeValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A table: columns with a name and a type, and rows with a value or none in each column. Immutable.
 * A double is never -0.0.
 */
public final class Rows {
  private final List<TableColumn> columns;
  private final Map<String, Integer> places = new HashMap<>();
  private final List<@Nullable AttributeValue[]> rows;

  private Rows(List<TableColumn> columns, List<@Nullable AttributeValue[]> rows) {
    this.columns = columns;
    this.rows = rows;
    for (int place = 0; place < columns.size(); place++) {
      places.put(columns.get(place).name(), place);
    }
  }

  /** {@return the columns; unmodifiable} */
  public List<TableColumn> columns() {
    return columns;
  }

  /**
   * Finds a column.
   *
   * @param name its name
   * @return its place from 0, or empty if no column has that name
   */
  public OptionalInt column(String name) {
    Objects.requireNonNull(name, "name");
    Integer place = places.get(name);
    return place == null ? OptionalInt.empty() : OptionalInt.of(place);
  }

  /** {@return the number of rows} */
  public int size() {
    return rows.size();
  }

  /**
   * Returns a value.
   *
   * @param row the place of its row, from 0
   * @param column the place of its column, from 0
   * @return the value, of the type of the column, or empty if it is missing
   * @throws IndexOutOfBoundsException if there is no such row or column
   */
  public Optional<AttributeValue> value(int row, int column) {
    return Optional.ofNullable(rows.get(row)[column]);
  }

  /**
   * Returns a row, for conditions and further selects.
   *
   * @param row its place, from 0
   * @return the row, in which columns are found by name
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public Row row(int row) {
    @Nullable AttributeValue[] values = rows.get(row);
    return name -> {
      Integer place = places.get(name);
      return place == null ? Optional.empty() : Optional.ofNullable(values[place]);
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Rows that
        && columns.equals(that.columns)
        && Arrays.deepEquals(rows.toArray(), that.rows.toArray());
  }

  @Override
  public int hashCode() {
    return Objects.hash(columns, Arrays.deepHashCode(rows.toArray()));
  }

  @Override
  public String toString() {
    return columns.stream().map(TableColumn::name).toList() + ", rows=" + rows.size();
  }

  /** Makes a table row by row. Not thread-safe. */
  public static final class Builder {
    private final List<TableColumn> columns;
    private final List<@Nullable AttributeValue[]> rows = new ArrayList<>();

    /**
     * Starts a table without rows.
     *
     * @param columns its columns, with different names; copied
     * @throws IllegalArgumentException if two columns have one name
     */
    public Builder(List<TableColumn> columns) {
      Objects.requireNonNull(columns, "columns");
      this.columns = List.copyOf(columns);
      if (columns.stream().map(TableColumn::name).distinct().count() < columns.size()) {
        throw new IllegalArgumentException("columns must have different names: columns=" + columns);
      }
    }

    /**
     * Adds a row.
     *
     * @param values a value of the column's type or empty, for each column in order; copied
     * @return this
     * @throws IllegalArgumentException if there are more or fewer values, or a value of another
     *     type
     */
    public Builder add(List<Optional<AttributeValue>> values) {
      Objects.requireNonNull(values, "values");
      @Nullable AttributeValue[] row = new @Nullable AttributeValue[columns.size()];
      if (values.size() != row.length) {
        throw new IllegalArgumentException(
            "row must have a value for each column: values="
                + values.size()
                + ", columns="
                + row.length);
      }
      for (int place = 0; place < row.length; place++) {
        AttributeValue value = CellValues.normal(values.get(place).orElse(null));
        if (value != null && value.type() != columns.get(place).type()) {
          throw new IllegalArgumentException(
              "value must have the type of its column: column="
                  + columns.get(place)
                  + ", type="
                  + value.type());
        }
        row[place] = value;
      }
      rows.add(row);
      return this;
    }

    /** Adds a row that nobody else has, with normal values of the right types. */
    Builder addOwn(@Nullable AttributeValue[] row) {
      rows.add(row);
      return this;
    }

    /** {@return the table with the rows so far} */
    public Rows build() {
      return new Rows(columns, new ArrayList<>(rows));
    }

    @Override
    public String toString() {
      return columns + ", rows=" + rows.size();
    }
  }
}

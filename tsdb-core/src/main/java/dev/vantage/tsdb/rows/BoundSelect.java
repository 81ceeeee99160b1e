package dev.vantage.tsdb.rows;

import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A select with known types, whose columns, groups and order have been checked. Immutable. {@link
 * RowCollector} evaluates it.
 */
public final class BoundSelect {
  private final Select select;
  private final List<SelectColumn> columns;
  private final List<Type> attributeTypes;
  private final List<TableColumn> answer;
  private final List<TableColumn> groups;

  /**
   * Puts together what was checked.
   *
   * @param attributeTypes the type of the attribute of each column; long for the number of rows
   */
  BoundSelect(
      Select select,
      List<SelectColumn> columns,
      List<Type> attributeTypes,
      List<TableColumn> groups) {
    this.select = select;
    this.columns = List.copyOf(columns);
    this.attributeTypes = List.copyOf(attributeTypes);
    this.groups = List.copyOf(groups);
    List<TableColumn> answered = new ArrayList<>();
    for (int place = 0; place < columns.size(); place++) {
      answered.add(answered(columns.get(place), attributeTypes.get(place)));
    }
    answer = List.copyOf(answered);
  }

  /**
   * Binds a select to the attributes of a database.
   *
   * @param select the select
   * @param types the attributes
   * @return the bound select
   * @throws InvalidSelectException if an attribute is unknown, a column is not grouped by, the
   *     order names no column, or an aggregate does not suit its attribute
   */
  public static BoundSelect of(Select select, AttributeTypes types) {
    Objects.requireNonNull(select, "select");
    Objects.requireNonNull(types, "types");
    return SelectBinder.of(types).bind(select);
  }

  /**
   * Binds a select to the columns of a table.
   *
   * @param select the select; all of its columns are those of the table, in their order
   * @param table the columns of the table, with different names
   * @return the bound select
   * @throws InvalidSelectException as {@link #of(Select, AttributeTypes)}
   */
  public static BoundSelect of(Select select, List<TableColumn> table) {
    Objects.requireNonNull(select, "select");
    Objects.requireNonNull(table, "table");
    return SelectBinder.of(table).bind(select);
  }

  private static TableColumn answered(SelectColumn column, Type type) {
    return new TableColumn(
        column.name(),
        column instanceof SelectColumn.OfAggregate one ? one.aggregate().type(type) : type);
  }

  /** {@return the select that was bound} */
  public Select select() {
    return select;
  }

  /** {@return the columns asked for; where all are asked for, each of them; unmodifiable} */
  public List<SelectColumn> columns() {
    return columns;
  }

  /**
   * {@return the type of the attribute of each column, in the same order; long for the number of
   * rows; unmodifiable}
   */
  public List<Type> attributeTypes() {
    return attributeTypes;
  }

  /** {@return the columns of the answer, in the same order; unmodifiable} */
  public List<TableColumn> answer() {
    return answer;
  }

  /** {@return the attributes to group by, with their types; unmodifiable} */
  public List<TableColumn> groups() {
    return groups;
  }

  /** {@return whether each row of the answer is a group of rows} */
  public boolean isGrouped() {
    return select.isGrouped();
  }

  /** {@return this select of rows that are in its order already} */
  public BoundSelect withoutOrders() {
    return new BoundSelect(select.orderedBy(), columns, attributeTypes, groups);
  }

  /** {@return for each order of the select, the place from 0 of its column} */
  public List<Integer> orderedColumns() {
    List<String> names = answer.stream().map(TableColumn::name).toList();
    List<Integer> places = new ArrayList<>();
    select.orders().forEach(order -> places.add(names.indexOf(order.column())));
    return places;
  }

  @Override
  public String toString() {
    return select + " of " + answer;
  }
}

package dev.vantage.tsdb.rows;

import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.rows.InvalidSelectException.Rule;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks for attributes of series as a table: which columns, of which series, in which groups, in
 * which order. Immutable. {@link BoundSelect} adds the types.
 *
 * <pre>{@code
 * Select.columns("id", "period").where("band = 'g'").orderedBy(RowOrder.descending("period"))
 * Select.of(List.of(SelectColumn.of("band"), SelectColumn.countOfRows())).groupedBy("band")
 * }</pre>
 *
 * <p>With an aggregate, or with groups, the answer has a row for each group; without groups it then
 * has one row. Rows that the order leaves equal are ordered by the id of their series, or by the
 * attributes that they are grouped by.
 */
public final class Select {
  /** The limit of a select without another one, in rows. */
  public static final int DEFAULT_LIMIT = 1000;

  /** The maximum number of columns, and of attributes to group by. */
  public static final int MAX_COLUMNS = 500;

  private final List<SelectColumn> columns;
  private final @Nullable Condition where;
  private final List<String> groups;
  private final List<RowOrder> orders;
  private final int limit;

  private Select(
      List<SelectColumn> columns,
      @Nullable Condition where,
      List<String> groups,
      List<RowOrder> orders,
      int limit) {
    this.columns = columns;
    this.where = where;
    this.groups = groups;
    this.orders = orders;
    this.limit = limit;
  }

  /**
   * Asks for all columns: the id and the declared attributes, in order of name; or the columns of a
   * table.
   *
   * @return the select
   */
  public static Select all() {
    return new Select(List.of(), null, List.of(), List.of(), DEFAULT_LIMIT);
  }

  /**
   * Asks for columns.
   *
   * @param columns the columns, at least 1 and at most {@link #MAX_COLUMNS}, with different names
   * @return the select
   * @throws InvalidSelectException if there are none or more, or if two have the same name
   */
  public static Select of(List<SelectColumn> columns) {
    Objects.requireNonNull(columns, "columns");
    List<SelectColumn> copy = List.copyOf(columns);
    checkCount(Rule.COLUMNS, "columns", copy.size());
    if (copy.isEmpty()) {
      throw new InvalidSelectException(
          Rule.COLUMNS, "select must have at least 1 column: columns=0");
    }
    Set<String> names = new LinkedHashSet<>();
    for (SelectColumn column : copy) {
      if (!names.add(column.name())) {
        throw new InvalidSelectException(
            Rule.COLUMNS,
            "columns must have different names: name="
                + InvalidSelectException.shown(column.name()));
      }
    }
    return new Select(copy, null, List.of(), List.of(), DEFAULT_LIMIT);
  }

  /**
   * Asks for attributes.
   *
   * @param attributes the names of attributes, as {@link #of}
   * @return the select
   * @throws InvalidSelectException as {@link #of}
   */
  public static Select columns(String... attributes) {
    Objects.requireNonNull(attributes, "attributes");
    return of(List.of(attributes).stream().map(SelectColumn::of).toList());
  }

  private static void checkCount(Rule rule, String what, int count) {
    if (count > MAX_COLUMNS) {
      throw new InvalidSelectException(
          rule, what + " must be at most " + MAX_COLUMNS + ": " + what + "=" + count);
    }
  }

  /**
   * Asks only for series that meet a condition.
   *
   * @param condition the condition; replaces an earlier condition
   * @return a copy with that condition
   */
  public Select where(Condition condition) {
    Objects.requireNonNull(condition, "condition");
    return new Select(columns, condition, groups, orders, limit);
  }

  /**
   * Asks only for series that meet a condition.
   *
   * @param condition the condition, in the syntax of {@link Condition#parse}
   * @return a copy with that condition
   * @throws dev.vantage.tsdb.condition.InvalidConditionException if the condition cannot be parsed
   */
  public Select where(String condition) {
    Objects.requireNonNull(condition, "condition");
    return where(Condition.parse(condition));
  }

  /**
   * Puts series with equal attributes into one row.
   *
   * @param attributes the names of attributes, without repetition; replaces earlier ones
   * @return a copy with these groups
   * @throws InvalidSelectException if a name is repeated, or if there are more than {@link
   *     #MAX_COLUMNS} names
   */
  public Select groupedBy(List<String> attributes) {
    Objects.requireNonNull(attributes, "attributes");
    List<String> names = List.copyOf(attributes);
    checkCount(Rule.GROUPING, "groups", names.size());
    Set<String> seen = new LinkedHashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new InvalidSelectException(
            Rule.GROUPING,
            "attributes to group by must differ: name=" + InvalidSelectException.shown(name));
      }
    }
    return new Select(columns, where, names, orders, limit);
  }

  /**
   * Puts series with equal attributes into one row.
   *
   * @param attributes the names of attributes, as {@link #groupedBy(List)}
   * @return a copy with these groups
   * @throws InvalidSelectException as {@link #groupedBy(List)}
   */
  public Select groupedBy(String... attributes) {
    Objects.requireNonNull(attributes, "attributes");
    return groupedBy(List.of(attributes));
  }

  /**
   * Orders the rows.
   *
   * @param orders the orders, the most important first; replaces earlier ones
   * @return a copy with that order
   */
  public Select orderedBy(List<RowOrder> orders) {
    Objects.requireNonNull(orders, "orders");
    return new Select(columns, where, groups, List.copyOf(orders), limit);
  }

  /**
   * Orders the rows.
   *
   * @param orders the orders, as {@link #orderedBy(List)}
   * @return a copy with that order
   */
  public Select orderedBy(RowOrder... orders) {
    Objects.requireNonNull(orders, "orders");
    return orderedBy(List.of(orders));
  }

  /**
   * Limits the number of rows.
   *
   * @param limit the most rows of the answer, at least 1
   * @return a copy with that limit
   * @throws InvalidSelectException if the limit is less than 1
   */
  public Select limit(int limit) {
    if (limit < 1) {
      throw new InvalidSelectException(Rule.LIMIT, "limit must be >= 1: limit=" + limit);
    }
    return new Select(columns, where, groups, orders, limit);
  }

  /** {@return the columns; empty for all} */
  public List<SelectColumn> columns() {
    return columns;
  }

  /** {@return whether the select asks for all columns} */
  public boolean isAll() {
    return columns.isEmpty();
  }

  /** {@return the condition that series must meet, or empty if there is none} */
  public Optional<Condition> where() {
    return Optional.ofNullable(where);
  }

  /** {@return the attributes to group by; unmodifiable} */
  public List<String> groups() {
    return groups;
  }

  /** {@return the orders, the most important first; unmodifiable} */
  public List<RowOrder> orders() {
    return orders;
  }

  /** {@return the most rows of the answer} */
  public int limit() {
    return limit;
  }

  /** {@return whether each row of the answer is a group of series} */
  public boolean isGrouped() {
    return !groups.isEmpty()
        || columns.stream().anyMatch(column -> !(column instanceof SelectColumn.OfAttribute));
  }

  /**
   * {@return the names of the attributes that columns and groups name, in their order, without
   * repetition; the condition's own are not among them; unmodifiable}
   */
  public Set<String> attributes() {
    Set<String> names = new LinkedHashSet<>();
    for (SelectColumn column : columns) {
      if (column instanceof SelectColumn.OfAttribute one) {
        names.add(one.attribute());
      } else if (column instanceof SelectColumn.OfAggregate one) {
        names.add(one.attribute());
      }
    }
    names.addAll(groups);
    return Collections.unmodifiableSet(names);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Select that
        && columns.equals(that.columns)
        && Objects.equals(where, that.where)
        && groups.equals(that.groups)
        && orders.equals(that.orders)
        && limit == that.limit;
  }

  @Override
  public int hashCode() {
    return Objects.hash(columns, where, groups, orders, limit);
  }

  @Override
  public String toString() {
    return "select "
        + (columns.isEmpty() ? "all" : columns)
        + (where == null ? "" : ", where " + where)
        + (groups.isEmpty() ? "" : ", grouped by " + groups)
        + (orders.isEmpty() ? "" : ", ordered by " + orders)
        + ", limit "
        + limit;
  }
}

package dev.vantage.tsdb.store.sql;

import dev.vantage.tsdb.condition.Filter;
import dev.vantage.tsdb.rows.Aggregate;
import dev.vantage.tsdb.rows.BoundSelect;
import dev.vantage.tsdb.rows.RowOrder;
import dev.vantage.tsdb.rows.Select;
import dev.vantage.tsdb.rows.SelectColumn;
import dev.vantage.tsdb.rows.TableColumn;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A select in SQL. Immutable. The inner statement has a column for each attribute, called c0, c1
 * and so on; names and values are parameters.
 *
 * <p>The database orders and limits rows without groups. It groups rows where all aggregates have
 * the same bits in whatever order it adds up; else the rows are grouped here, in order of id.
 */
final class SqlSelect {
  private static final List<String> SUMMARY =
      List.of(
          AttributeTypes.MEAN,
          AttributeTypes.STD,
          AttributeTypes.LENGTH,
          AttributeTypes.INSERTED_AT);

  private final BoundSelect select;
  private final Optional<Filter> filter;
  private final SqlCondition condition;
  private final List<TableColumn> attributes;
  private final Map<String, Integer> places = new LinkedHashMap<>();

  private SqlSelect(BoundSelect select, Optional<Filter> filter, SqlDialect dialect) {
    this.select = select;
    this.filter = filter;
    condition = SqlCondition.of(filter, dialect);
    attributes = attributes(select);
    for (int place = 0; place < attributes.size(); place++) {
      places.put(attributes.get(place).name(), place);
    }
  }

  /**
   * Writes a select.
   *
   * @param types the attributes of the database
   * @param dialect the database that will read the statement
   */
  static SqlSelect of(Select select, AttributeTypes types, SqlDialect dialect) {
    // Of two faults every store reports the same one, that of the condition.
    Optional<Filter> filter = select.where().map(condition -> condition.bind(types));
    return new SqlSelect(BoundSelect.of(select, types), filter, dialect);
  }

  /** Returns the attributes that columns and groups name, once each. */
  private static List<TableColumn> attributes(BoundSelect select) {
    Map<String, Type> types = new LinkedHashMap<>();
    for (int place = 0; place < select.columns().size(); place++) {
      SelectColumn column = select.columns().get(place);
      Type type = select.attributeTypes().get(place);
      if (column instanceof SelectColumn.OfAttribute one) {
        types.put(one.attribute(), type);
      } else if (column instanceof SelectColumn.OfAggregate one) {
        types.put(one.attribute(), type);
      }
    }
    select.groups().forEach(group -> types.put(group.name(), group.type()));
    return types.entrySet().stream()
        .map(one -> new TableColumn(one.getKey(), one.getValue()))
        .toList();
  }

  BoundSelect select() {
    return select;
  }

  /** {@return the attributes whose values are the columns of the inner statement} */
  List<TableColumn> attributes() {
    return attributes;
  }

  /** {@return whether the database groups the rows} */
  boolean isGroupedInSql() {
    if (!select.isGrouped()) {
      return false;
    }
    for (int place = 0; place < select.columns().size(); place++) {
      if (select.columns().get(place) instanceof SelectColumn.OfAggregate one
          && !isExactInSql(one.aggregate(), select.attributeTypes().get(place))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isExactInSql(Aggregate aggregate, Type type) {
    return switch (aggregate) {
      case COUNT, COUNT_DISTINCT, MIN, MAX -> true;
      case SUM -> type == Type.LONG;
      case MEAN, STD, MEDIAN, MAJORITY -> false;
    };
  }

  /** {@return the parameters of the statement, without the limit, in order} */
  List<Object> parameters() {
    List<Object> parameters = new ArrayList<>();
    for (TableColumn attribute : attributes) {
      if (!AttributeTypes.isBuiltIn(attribute.name())) {
        parameters.add(attribute.name());
      }
    }
    parameters.addAll(condition.parameters());
    return parameters;
  }

  /** {@return whether the last parameter of the statement is the limit of rows} */
  boolean isLimitedInSql() {
    return !select.isGrouped();
  }

  String text() {
    if (isGroupedInSql()) {
      return grouped();
    }
    return select.isGrouped() ? inner() + " ORDER BY s.id" : ordered();
  }

  private String inner() {
    List<String> columns = new ArrayList<>();
    for (int place = 0; place < attributes.size(); place++) {
      columns.add(value(attributes.get(place)) + " AS c" + place);
    }
    boolean needsSummary = filter.isPresent() || SUMMARY.stream().anyMatch(places::containsKey);
    return "SELECT "
        + (columns.isEmpty() ? "1 AS c" : String.join(", ", columns))
        + " FROM series s"
        + (needsSummary ? " JOIN summary m ON m.key = s.key" : "")
        + " WHERE ("
        + condition.text()
        + ")";
  }

  private static String value(TableColumn attribute) {
    if (attribute.name().equals(AttributeTypes.ID)) {
      return "s.id";
    } else if (AttributeTypes.isBuiltIn(attribute.name())) {
      return "m." + attribute.name();
    }
    // A join for each attribute would exceed the limit of SQLite.
    return "(SELECT a."
        + AttributeColumns.name(attribute.type())
        + " FROM attribute a WHERE a.key = s.key AND a.name = ?)";
  }

  private String column(String attribute) {
    return "c" + places.get(attribute);
  }

  private String ordered() {
    List<String> orders = new ArrayList<>();
    for (int i = 0; i < select.select().orders().size(); i++) {
      RowOrder order = select.select().orders().get(i);
      SelectColumn column = select.columns().get(select.orderedColumns().get(i));
      orders.add(
          column(((SelectColumn.OfAttribute) column).attribute())
              + (order.isDescending() ? " DESC NULLS LAST" : " ASC NULLS LAST"));
    }
    orders.add("s.id");
    return inner() + " ORDER BY " + String.join(", ", orders) + " LIMIT ?";
  }

  private String grouped() {
    List<String> keys = select.groups().stream().map(group -> column(group.name())).toList();
    List<String> columns = new ArrayList<>(keys);
    select.columns().forEach(column -> columns.addAll(results(column)));
    return "SELECT "
        + String.join(", ", columns)
        + " FROM ("
        + inner()
        + ") AS t"
        + (keys.isEmpty() ? "" : keys.stream().collect(Collectors.joining(", ", " GROUP BY ", "")));
  }

  /** The columns with the result of an aggregate; none for an attribute, which is a key. */
  private List<String> results(SelectColumn column) {
    if (column instanceof SelectColumn.OfAttribute) {
      return List.of();
    } else if (column instanceof SelectColumn.OfAggregate one) {
      String of = column(one.attribute());
      return switch (one.aggregate()) {
        case COUNT -> List.of("count(" + of + ")");
        case COUNT_DISTINCT -> List.of("count(DISTINCT " + of + ")");
        case MIN -> List.of("min(" + of + ")");
        case MAX -> List.of("max(" + of + ")");
        // Sums of halves stay in range where the sum leaves it on the way.
        default -> List.of("sum(" + of + " >> 32)", "sum(" + of + " & 4294967295)");
      };
    }
    return List.of("count(*)");
  }
}

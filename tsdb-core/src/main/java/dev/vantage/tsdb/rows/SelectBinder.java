package dev.vantage.tsdb.rows;

import dev.vantage.tsdb.rows.InvalidSelectException.Rule;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Checks a select against the attributes that it reads, and finds their types. Immutable. */
final class SelectBinder {
  private final List<TableColumn> all;
  private final Function<String, Optional<Type>> types;
  private final Function<String, Optional<String>> nearest;

  private SelectBinder(
      List<TableColumn> all,
      Function<String, Optional<Type>> types,
      Function<String, Optional<String>> nearest) {
    this.all = all;
    this.types = types;
    this.nearest = nearest;
  }

  static SelectBinder of(AttributeTypes types) {
    List<TableColumn> all = new ArrayList<>();
    all.add(new TableColumn(AttributeTypes.ID, Type.TEXT));
    types.declared().forEach((name, type) -> all.add(new TableColumn(name, type)));
    return new SelectBinder(all, types::type, types::nearest);
  }

  static SelectBinder of(List<TableColumn> table) {
    Map<String, Type> types = new LinkedHashMap<>();
    table.forEach(column -> types.put(column.name(), column.type()));
    return new SelectBinder(
        List.copyOf(table), name -> Optional.ofNullable(types.get(name)), name -> Optional.empty());
  }

  BoundSelect bind(Select select) {
    List<SelectColumn> columns =
        select.isAll()
            ? Select.of(all.stream().map(column -> SelectColumn.of(column.name())).toList())
                .columns()
            : select.columns();
    List<Type> attributeTypes = columns.stream().map(this::attributeType).toList();
    List<TableColumn> groups =
        select.groups().stream().map(name -> new TableColumn(name, type(name))).toList();
    if (select.isGrouped()) {
      checkGroups(columns, select.groups());
    }
    checkOrders(select.orders(), columns);
    return new BoundSelect(select, columns, attributeTypes, groups);
  }

  private Type attributeType(SelectColumn column) {
    if (column instanceof SelectColumn.OfAttribute one) {
      return type(one.attribute());
    } else if (column instanceof SelectColumn.OfAggregate one) {
      Type type = type(one.attribute());
      if (one.aggregate().wantsNumbers() && type != Type.LONG && type != Type.DOUBLE) {
        throw new InvalidSelectException(
            Rule.TYPE,
            one.aggregate().label()
                + " must be of a number: attribute="
                + InvalidSelectException.shown(one.attribute())
                + ", type="
                + type.label());
      }
      return type;
    }
    return Type.LONG;
  }

  private Type type(String attribute) {
    return types
        .apply(attribute)
        .orElseThrow(
            () ->
                new InvalidSelectException(
                    Rule.ATTRIBUTE,
                    "attribute must be declared: name="
                        + InvalidSelectException.shown(attribute)
                        + nearest
                            .apply(attribute)
                            .map(known -> ", nearest='" + known + "'")
                            .orElse("")));
  }

  private static void checkGroups(List<SelectColumn> columns, List<String> groups) {
    for (SelectColumn column : columns) {
      if (column instanceof SelectColumn.OfAttribute one && !groups.contains(one.attribute())) {
        throw new InvalidSelectException(
            Rule.GROUPING,
            "columns beside aggregates must be grouped by: column="
                + InvalidSelectException.shown(one.attribute())
                + ", grouped by="
                + groups.stream().limit(9).map(InvalidSelectException::shown).toList());
      }
    }
  }

  private static void checkOrders(List<RowOrder> orders, List<SelectColumn> columns) {
    Set<String> names = new LinkedHashSet<>();
    columns.forEach(column -> names.add(column.name()));
    Set<String> seen = new LinkedHashSet<>();
    for (RowOrder order : orders) {
      String shown = InvalidSelectException.shown(order.column());
      if (!names.contains(order.column())) {
        throw new InvalidSelectException(
            Rule.ORDER, "order must name a column of the select: name=" + shown);
      }
      if (!seen.add(order.column())) {
        throw new InvalidSelectException(
            Rule.ORDER, "order must name a column once: name=" + shown);
      }
    }
  }
}

package dev.vantage.tsdb.rows;

import dev.vantage.tsdb.condition.RandomConditions;
import dev.vantage.tsdb.rows.RowOrder.Direction;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random selects, nearly all of them valid, on the attributes of {@link RandomConditions}. */
public final class RandomSelects {
  private static final int DEEPEST_CONDITION = 3;

  private final Random random;
  private final RandomConditions conditions;
  private final AttributeTypes types;

  /** Makes selects with conditions of a source, on attributes of the source that are declared. */
  public RandomSelects(Random random, RandomConditions conditions, AttributeTypes types) {
    this.random = random;
    this.conditions = conditions;
    this.types = types;
  }

  /** Returns the next select. */
  public Select next() {
    boolean isGrouped = random.nextInt(3) > 0;
    Select select = isGrouped ? grouped() : plain();
    if (random.nextBoolean()) {
      select = select.where(conditions.nextCondition(random.nextInt(DEEPEST_CONDITION + 1)));
    }
    return select.orderedBy(orders(select)).limit(limit());
  }

  private int limit() {
    return switch (random.nextInt(3)) {
      case 0 -> 1 + random.nextInt(5);
      case 1 -> 1 + random.nextInt(100);
      default -> Select.DEFAULT_LIMIT;
    };
  }

  private Select plain() {
    if (random.nextInt(8) == 0) {
      return Select.all();
    }
    List<SelectColumn> columns = new ArrayList<>();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      columns.add(SelectColumn.of(attribute()));
    }
    return Select.of(named(columns));
  }

  private Select grouped() {
    List<String> groups = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      String attribute = attribute();
      if (!groups.contains(attribute)) {
        groups.add(attribute);
      }
    }
    List<SelectColumn> columns = new ArrayList<>();
    for (String group : groups) {
      if (random.nextInt(4) > 0) {
        columns.add(SelectColumn.of(group));
      }
    }
    int aggregates = random.nextInt(4) + (columns.isEmpty() ? 1 : 0);
    boolean isForSql = random.nextBoolean();
    for (int i = 0; i < aggregates; i++) {
      columns.add(aggregate(isForSql));
    }
    Collections.shuffle(columns, random);
    return Select.of(named(columns)).groupedBy(groups);
  }

  private SelectColumn aggregate(boolean isForSql) {
    if (random.nextInt(5) == 0) {
      return SelectColumn.countOfRows();
    }
    while (true) {
      Aggregate aggregate = Aggregate.values()[random.nextInt(Aggregate.values().length)];
      String attribute = attribute();
      Type type = types.type(attribute).orElseThrow();
      boolean isNumber = type == Type.DOUBLE || type == Type.LONG;
      boolean isExact =
          switch (aggregate) {
            case COUNT, COUNT_DISTINCT, MIN, MAX -> true;
            case SUM -> type == Type.LONG;
            case MEAN, STD, MEDIAN, MAJORITY -> false;
          };
      if ((isNumber || !aggregate.wantsNumbers()) && (isExact || !isForSql)) {
        return SelectColumn.of(aggregate, attribute);
      }
    }
  }

  /** Renames some columns, and all whose names are taken. */
  private List<SelectColumn> named(List<SelectColumn> columns) {
    List<SelectColumn> named = new ArrayList<>();
    for (SelectColumn column : columns) {
      boolean isTaken = named.stream().anyMatch(one -> one.name().equals(column.name()));
      String name = "\"c'" + named.size() + ";--";
      named.add(isTaken || random.nextInt(5) == 0 ? column.as(name) : column);
    }
    return named;
  }

  private List<RowOrder> orders(Select select) {
    List<String> names = new ArrayList<>();
    select.columns().forEach(column -> names.add(column.name()));
    if (select.isAll()) {
      names.addAll(types.declared().keySet());
    }
    Collections.shuffle(names, random);
    return names.subList(0, Math.min(names.size(), random.nextInt(4))).stream()
        .map(name -> new RowOrder(name, Direction.values()[random.nextInt(2)]))
        .toList();
  }

  private String attribute() {
    List<String> names = List.copyOf(types.all().keySet());
    return names.get(random.nextInt(names.size()));
  }
}

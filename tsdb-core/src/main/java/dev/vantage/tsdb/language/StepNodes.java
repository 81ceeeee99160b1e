package dev.vantage.tsdb.language;

import dev.vantage.tsdb.condition.Filter;
import dev.vantage.tsdb.rows.RowOrder;
import dev.vantage.tsdb.rows.TableColumn;
import dev.vantage.tsdb.series.AttributeValue.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The nodes of steps over a table. */
final class StepNodes {
  private StepNodes() {}

  /** An order and the place of its name. */
  record Order(RowOrder order, Position position) {}

  /** A new column, its place, and the expression that gives its values. */
  record Extension(String name, Position position, Compilation.RowExpression expression) {}

  /** Evaluates an expression that must give a table. */
  static Table table(Node node, Scope scope, Evaluator evaluator) {
    Value value = evaluator.evaluate(node, scope);
    if (value instanceof Table table) {
      return table;
    }
    throw Arguments.wrongType(node.position(), "a table", value);
  }

  /** Returns the rows of a table that meet a condition, and notes that neighbors were dropped. */
  static Table filtered(Table table, ConditionTemplate template, Scope scope, Evaluator evaluator) {
    Filter filter = WrittenCondition.of(template, scope, evaluator).forTable(table);
    List<List<Value>> kept = new ArrayList<>();
    int count = table.rows().size();
    for (int i = 0; i < count; i++) {
      evaluator.meter().step();
      if (filter.matches(Cells.row(table, i))) {
        kept.add(table.rows().get(i));
      }
    }
    int dropped = count - kept.size();
    evaluator
        .host()
        .explanation()
        .ifPresent(
            steps ->
                steps.add("filter", Explanation.Place.PROGRAM, kept.size(), filter.toString()));
    Table result = evaluator.meter().table(table.withRows(kept));
    return dropped == 0 || !table.isNearest()
        ? result
        : result.withNotes(
            List.of(
                dropped
                    + " of "
                    + count
                    + " neighbors were dropped; put the condition into :where of similar to"
                    + " search among those that meet it"));
  }

  /** {@code filter}. */
  static final class Filtered extends Node {
    private final Node table;
    private final ConditionTemplate condition;

    Filtered(Node table, ConditionTemplate condition, Position position) {
      super(position);
      this.table = table;
      this.condition = condition;
    }

    @Override
    Value evaluate(Scope scope, Evaluator evaluator) {
      Table all = table(table, scope, evaluator);
      return filtered(all, condition, scope, evaluator);
    }
  }

  /** {@code order-by}. */
  static final class Ordered extends Node {
    private final Node table;
    private final List<Order> orders;

    Ordered(Node table, List<Order> orders, Position position) {
      super(position);
      this.table = table;
      this.orders = orders;
    }

    @Override
    Value evaluate(Scope scope, Evaluator evaluator) {
      Table all = table(table, scope, evaluator);
      List<Integer> places = orders.stream().map(order -> place(all, order)).toList();
      evaluator.meter().sortSteps((long) all.rows().size() * orders.size());
      List<List<Value>> rows = new ArrayList<>(all.rows());
      rows.sort((one, other) -> compare(one, other, places));
      evaluator
          .host()
          .explanation()
          .ifPresent(
              steps ->
                  steps.add(
                      "order by",
                      Explanation.Place.PROGRAM,
                      rows.size(),
                      String.join(
                          ", ", orders.stream().map(order -> order.order().column()).toList())));
      return evaluator.meter().table(all.withRows(rows));
    }

    private static int place(Table table, Order order) {
      OptionalInt place = table.place(order.order().column());
      return place.orElseThrow(
          () ->
              ProgramException.near(
                  order.position(),
                  "select/order",
                  "column must be in the table: " + Spelling.name(order.order().column()),
                  Nearest.of(order.order().column(), table.names())));
    }

    private int compare(List<Value> one, List<Value> other, List<Integer> places) {
      for (int i = 0; i < places.size(); i++) {
        Value a = one.get(places.get(i));
        Value b = other.get(places.get(i));
        boolean isNil = a instanceof Value.Nil;
        if (isNil || b instanceof Value.Nil) {
          int order = Boolean.compare(isNil, b instanceof Value.Nil);
          if (order != 0) {
            return order;
          }
          continue;
        }
        int order = Comparing.order(a, b).orElse(0);
        if (order != 0) {
          return orders.get(i).order().isDescending() ? -order : order;
        }
      }
      return 0;
    }
  }

  /** {@code extend}. */
  static final class Extended extends Node {
    private final Node table;
    private final List<Extension> extensions;

    Extended(Node table, List<Extension> extensions, Position position) {
      super(position);
      this.table = table;
      this.extensions = extensions;
    }

    @Override
    Value evaluate(Scope scope, Evaluator evaluator) {
      Table result = table(table, scope, evaluator);
      for (Extension extension : extensions) {
        result = extended(result, extension, scope, evaluator);
      }
      return result;
    }

    private static Table extended(
        Table table, Extension extension, Scope scope, Evaluator evaluator) {
      List<Value> values = new ArrayList<>();
      Optional<Type> type = Optional.empty();
      Position position = extension.expression().body().position();
      for (int i = 0; i < table.rows().size(); i++) {
        Scope inner = new Scope(extension.expression().slots(), scope);
        evaluator.meter().allocate(table.columns().size(), Meter.FIELD);
        inner.set(0, table.row(i));
        Value value = evaluator.evaluate(extension.expression().body(), inner);
        type = merged(type, value, extension, position);
        values.add(value);
      }
      TableColumn column = new TableColumn(extension.name(), type.orElse(Type.TEXT));
      return evaluator.meter().table(table.with(column, values));
    }

    private static Optional<Type> merged(
        Optional<Type> known, Value value, Extension extension, Position position) {
      Optional<Type> type = Cells.type(value);
      boolean isCell = value instanceof Value.Nil || type.isPresent();
      if (!isCell || known.isPresent() && type.isPresent() && !known.equals(type)) {
        throw ProgramException.at(
            position,
            "value/column",
            "column must have values of one type: column="
                + Spelling.name(extension.name())
                + known.map(one -> ", type=" + one.label()).orElse("")
                + ", value="
                + ValuePrinter.brief(value));
      }
      TableFunctions.checkCell(extension.position(), extension.name(), value);
      return known.isPresent() ? known : type;
    }
  }
}

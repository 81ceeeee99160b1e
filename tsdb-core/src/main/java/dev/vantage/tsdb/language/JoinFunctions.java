package dev.vantage.tsdb.language;

import dev.vantage.tsdb.rows.TableColumn;
import dev.vantage.tsdb.series.AttributeTypes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code join}, of texts and of tables. Thread-safe. */
final class JoinFunctions {
  private static final String SUFFIX = "_2";

  private JoinFunctions() {}

  static List<Builtin> all() {
    return List.of(
        Builtin.of(
            "(join xs s) or (join t t [:on :id] [:left true])",
            "The texts of a list in one text with a separator between them; or rows of two"
                + " tables that agree in a"
                + " column, with :left also rows of the first without partner.",
            2,
            6,
            call -> call.value(0) instanceof Table ? tables(call) : texts(call)));
  }

  private static Value texts(Arguments call) {
    if (call.size() != 2) {
      throw call.failure(
          2, "call/arity", "texts must be joined by 2 arguments: arguments=" + call.size());
    }
    String separator = call.text(1);
    StringBuilder text = new StringBuilder();
    String before = "";
    for (Value item : call.items(0)) {
      if (!(item instanceof Value.Text part)) {
        throw Arguments.wrongType(call.position(0), "a list of texts", item);
      }
      text.append(before).append(part.value());
      call.meter().steps(1 + part.value().length());
      call.meter().check(Limit.TEXT, text.length());
      before = separator;
    }
    return call.meter().text(text.toString());
  }

  private static Value tables(Arguments call) {
    Table left = call.table(0);
    Table right = call.table(1);
    Map<String, Integer> options = call.options(2, Set.of("on", "left"));
    boolean keepsAll = options.containsKey("left") && call.value(options.get("left")).isTrue();
    int leftPlace = place(call, 0, options);
    int rightPlace = place(call, 1, options);
    Map<Comparing.Key, List<List<Value>>> partners = new HashMap<>();
    for (List<Value> row : right.rows()) {
      call.meter().allocate(1, Meter.ELEMENT);
      if (!(row.get(rightPlace) instanceof Value.Nil)) {
        partners
            .computeIfAbsent(key(call, row.get(rightPlace)), key -> new ArrayList<>())
            .add(without(row, rightPlace));
      }
    }
    List<Value> none = Collections.nCopies(right.columns().size() - 1, Value.Nil.NIL);
    List<TableColumn> columns = columns(call, left, right, rightPlace);
    List<List<Value>> rows = new ArrayList<>();
    for (List<Value> row : left.rows()) {
      List<List<Value>> found =
          partners.getOrDefault(
              key(call, row.get(leftPlace)), keepsAll ? List.of(none) : List.of());
      for (List<Value> partner : found) {
        call.meter().check(Limit.ROWS, rows.size() + 1L);
        call.meter().steps(columns.size());
        call.meter().allocate(columns.size(), Meter.CELL);
        List<Value> joined = new ArrayList<>(row);
        joined.addAll(partner);
        rows.add(List.copyOf(joined));
      }
    }
    return Table.of(columns, rows).withNotes(left.notes()).withNotes(right.notes());
  }

  private static Comparing.Key key(Arguments call, Value value) {
    return new Comparing.Key(value, call.meter());
  }

  private static int place(Arguments call, int table, Map<String, Integer> options) {
    Integer on = options.get("on");
    return on == null
        ? call.table(table)
            .place(AttributeTypes.ID)
            .orElseThrow(() -> call.failure(table, "value/name", "table must have the column: :id"))
        : call.column(on, call.table(table));
  }

  private static List<Value> without(List<Value> row, int place) {
    List<Value> rest = new ArrayList<>(row);
    rest.remove(place);
    return rest;
  }

  private static List<TableColumn> columns(
      Arguments call, Table left, Table right, int rightPlace) {
    List<TableColumn> columns = new ArrayList<>(left.columns());
    for (int i = 0; i < right.columns().size(); i++) {
      TableColumn column = right.columns().get(i);
      boolean isTaken = left.place(column.name()).isPresent();
      if (i != rightPlace) {
        columns.add(
            new TableColumn(isTaken ? column.name() + SUFFIX : column.name(), column.type()));
      }
    }
    return TableFunctions.checked(call.position(1), columns);
  }
}

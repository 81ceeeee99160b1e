package dev.vantage.tsdb.language;

import dev.vantage.tsdb.rows.TableColumn;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.Attributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/** Tables, and tables as sets of series. Thread-safe. */
final class TableFunctions {
  private static final int ANY = Integer.MAX_VALUE;

  private TableFunctions() {}

  static List<Builtin> all() {
    List<Builtin> all = new ArrayList<>(columns());
    all.addAll(sets());
    return all;
  }

  private static List<Builtin> columns() {
    return List.of(
        Builtin.of(
            "(table xs)",
            "A table of records; columns in the order in which their names appear.",
            1,
            call -> table(call, call.items(0))),
        Builtin.of(
            "(column t :name)",
            "The values of a column as a list; costs a step a row.",
            2,
            call -> {
              Table table = call.table(0);
              int place = call.column(1, table);
              call.meter().steps(table.rows().size());
              return call.meter().list(table.rows().stream().map(row -> row.get(place)).toList());
            }),
        Builtin.of(
            "(rename t :old :new ...)",
            "The table with other names of columns.",
            1,
            ANY,
            TableFunctions::rename));
  }

  private static List<Builtin> sets() {
    return List.of(
        Builtin.of(
            "(union t t ...)",
            "The rows of all tables, for each id the first; the tables must have equal columns.",
            1,
            ANY,
            TableFunctions::union),
        Builtin.of(
            "(intersect t t ...)",
            "The rows of the first table whose id is in every other.",
            1,
            ANY,
            call -> filtered(call, true)),
        Builtin.of(
            "(except t t ...)",
            "The rows of the first table whose id is in no other.",
            1,
            ANY,
            call -> filtered(call, false)));
  }

  private static Table table(Arguments call, List<Value> records) {
    Map<String, Optional<Type>> types = new LinkedHashMap<>();
    for (Value item : records) {
      if (!(item instanceof Value.RecordValue record)) {
        throw Arguments.wrongType(call.position(0), "a list of records", item);
      }
      call.meter().steps(1 + record.fields().size());
      record.fields().forEach((name, value) -> merge(call, types, name, value));
    }
    call.meter().check(Limit.ROWS, records.size());
    call.meter().allocate((long) records.size() * types.size(), Meter.CELL);
    List<TableColumn> columns = new ArrayList<>();
    types.forEach((name, type) -> columns.add(new TableColumn(name, type.orElse(Type.TEXT))));
    List<List<Value>> rows = new ArrayList<>();
    for (Value item : records) {
      Map<String, Value> fields = ((Value.RecordValue) item).fields();
      rows.add(
          types.keySet().stream().map(name -> fields.getOrDefault(name, Value.Nil.NIL)).toList());
    }
    return Table.of(columns, rows);
  }

  private static void merge(
      Arguments call, Map<String, Optional<Type>> types, String name, Value value) {
    Optional<Type> type = Cells.type(value);
    Optional<Type> known = types.getOrDefault(name, Optional.empty());
    boolean isCell = value instanceof Value.Nil || type.isPresent();
    if (!isCell || known.isPresent() && type.isPresent() && !known.equals(type)) {
      throw call.failure(
          0,
          "value/column",
          "column must have values of one type: column="
              + Spelling.name(name)
              + known.map(one -> ", type=" + one.label()).orElse("")
              + ", value="
              + ValuePrinter.brief(value));
    }
    checkCell(call.position(0), name, value);
    types.put(name, known.isPresent() ? known : type);
  }

  /** Checks what a table asks of its columns and texts. */
  static void checkCell(Position position, String name, Value value) {
    if (name.isBlank()) {
      throw ProgramException.at(position, "value/column", "column must have a name: name=||");
    } else if (value instanceof Value.Text text && text.value().length() > Attributes.MAX_TEXT) {
      throw ProgramException.at(
          position,
          Limit.TEXT.code(),
          "chars in a table must be at most "
              + Attributes.MAX_TEXT
              + ": chars="
              + text.value().length());
    }
  }

  private static Value rename(Arguments call) {
    Table table = call.table(0);
    List<TableColumn> columns = new ArrayList<>(table.columns());
    for (int i = 1; i < call.size(); i += 2) {
      int place = call.column(i, table);
      if (i + 1 == call.size()) {
        throw call.failure(i, "call/arity", "name must have a new name: " + call.value(i));
      }
      String name = call.keyword(i + 1).name();
      checkCell(call.position(i + 1), name, Value.Nil.NIL);
      columns.set(place, new TableColumn(name, columns.get(place).type()));
    }
    return Table.of(checked(call.position(0), columns), table.rows()).withNotes(table.notes());
  }

  /** Checks that columns have different names. */
  static List<TableColumn> checked(Position position, List<TableColumn> columns) {
    Set<String> names = new HashSet<>();
    for (TableColumn column : columns) {
      if (!names.add(column.name())) {
        throw ProgramException.at(
            position,
            "value/column",
            "columns must have different names: " + Spelling.name(column.name()));
      }
    }
    return columns;
  }

  private static Value union(Arguments call) {
    Table first = call.table(0);
    Set<Comparing.Key> seen = new HashSet<>();
    List<List<Value>> rows = new ArrayList<>();
    for (int i = 0; i < call.size(); i++) {
      Table table = call.table(i);
      if (!table.columns().equals(first.columns())) {
        throw call.failure(
            i,
            "value/column",
            "tables must have equal columns: "
                + shown(first.columns())
                + " and "
                + shown(table.columns()));
      }
      int id = id(call, i);
      count(call, table);
      table.rows().stream()
          .filter(row -> seen.add(new Comparing.Key(row.get(id), call.meter())))
          .forEach(rows::add);
    }
    return call.meter().table(first.withRows(rows));
  }

  private static List<String> shown(List<TableColumn> columns) {
    return columns.stream().map(column -> column.name() + " " + column.type().label()).toList();
  }

  private static Value filtered(Arguments call, boolean wanted) {
    Table first = call.table(0);
    int id = id(call, 0);
    count(call, first);
    List<Set<Comparing.Key>> others = new ArrayList<>();
    for (int i = 1; i < call.size(); i++) {
      Table table = call.table(i);
      int place = id(call, i);
      count(call, table);
      Set<Comparing.Key> ids = new HashSet<>();
      table.rows().forEach(row -> ids.add(new Comparing.Key(row.get(place), call.meter())));
      others.add(ids);
    }
    Predicate<List<Value>> isKept =
        row -> {
          Comparing.Key key = new Comparing.Key(row.get(id), call.meter());
          return others.stream().allMatch(ids -> ids.contains(key) == wanted);
        };
    return call.meter().table(first.withRows(first.rows().stream().filter(isKept).toList()));
  }

  private static void count(Arguments call, Table table) {
    call.meter().steps(table.rows().size());
    call.meter().allocate(table.rows().size(), Meter.ELEMENT);
  }

  private static int id(Arguments call, int number) {
    OptionalInt place = call.table(number).place(AttributeTypes.ID);
    return place.orElseThrow(
        () -> call.failure(number, "value/name", "table must have the column: :id"));
  }
}

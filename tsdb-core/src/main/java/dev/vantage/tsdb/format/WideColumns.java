package dev.vantage.tsdb.format;

import dev.vantage.tsdb.format.table.BadFileException;
import dev.vantage.tsdb.format.table.ColumnNames;
import dev.vantage.tsdb.format.table.DataTable;
import dev.vantage.tsdb.format.table.DecimalMark;
import dev.vantage.tsdb.format.table.Numbers;
import dev.vantage.tsdb.format.table.TableHead;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The columns of a file with one series in a row that are no values. Immutable. An index of {@link
 * #LAST} is that of the last field of each row.
 *
 * @param id the index of the id
 * @param label the index of the class label
 * @param attributes the indexes of attributes, by their names
 */
record WideColumns(Optional<Integer> id, Optional<Integer> label, Map<String, Integer> attributes) {
  static final int LAST = -1;

  static WideColumns of(DataTable table, ReadOptions options) throws BadFileException {
    TableHead head = table.head();
    Map<String, Integer> attributes = new LinkedHashMap<>();
    for (Map.Entry<String, String> one : options.attributeColumns().entrySet()) {
      attributes.put(one.getKey(), index(one.getValue(), head));
    }
    Optional<FirstColumn> first = options.get(ReadOption.FIRST_COLUMN, FirstColumn.class);
    Optional<Integer> id = index(options, ReadOption.ID, head);
    Optional<Integer> label = index(options, ReadOption.LABEL, head);
    if (first.isPresent()) {
      id = first.get() == FirstColumn.ID ? Optional.of(0) : id;
      label = first.get() == FirstColumn.LABEL ? Optional.of(0) : label;
      return new WideColumns(id, label, attributes);
    }
    if (!options.has(ReadOption.ID) && label.isEmpty()) {
      checkIds(table);
      id = Optional.of(0);
    }
    if (!options.has(ReadOption.LABEL)) {
      label = namedLabel(head).filter(column -> !attributes.containsValue(column));
    }
    return new WideColumns(id, label, attributes);
  }

  /** Returns the one column behind the first whose name is usual for class labels. */
  static Optional<Integer> namedLabel(TableHead head) {
    List<Integer> named =
        IntStream.range(1, head.width())
            .filter(column -> ColumnNames.isLabel(head.plainName(column)))
            .boxed()
            .toList();
    return named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty();
  }

  private static Optional<Integer> index(ReadOptions options, ReadOption option, TableHead head)
      throws BadFileException {
    Optional<String> wanted = options.column(option);
    return wanted.isPresent() ? Optional.of(index(wanted.get(), head)) : Optional.empty();
  }

  private static int index(String wanted, TableHead head) throws BadFileException {
    return wanted.equalsIgnoreCase("last") && head.named(wanted).isEmpty()
        ? LAST
        : head.column(wanted);
  }

  /** Refuses a file whose first column, which nobody has called ids, looks like something else. */
  private static void checkIds(DataTable table) throws BadFileException {
    List<String> first = table.sample().stream().map(row -> row.get(0)).toList();
    boolean areNumbers =
        !first.isEmpty()
            && first.stream().allMatch(field -> Numbers.isNumber(field, table.decimalMark()));
    boolean areWhole = first.stream().allMatch(field -> field.chars().allMatch(Character::isDigit));
    boolean areRepeated = first.stream().distinct().count() < first.size();
    if (areNumbers && (!areWhole || areRepeated)) {
      throw new BadFileException(
          table.head().line(),
          "first column must have ids unless it is told what it is: first="
              + Numbers.quote(first.get(0))
              + "; hint: --id NAME, --label NAME, --id none, or --label last"
                  .replace("NAME", table.head().argument(0)));
    }
  }

  /** Says whether fields are texts or whole numbers, as class labels are. */
  static boolean mayBeLabels(List<String> fields) {
    return !fields.isEmpty() && fields.stream().allMatch(WideColumns::mayBeLabel);
  }

  private static boolean mayBeLabel(String field) {
    OptionalDouble number = Numbers.finite(field, DecimalMark.POINT);
    return !Numbers.isMissing(field)
        && (number.isEmpty() || number.getAsDouble() == Math.rint(number.getAsDouble()));
  }

  /** Says whether the last column, wherever it is, is no value. */
  boolean hasLast() {
    return Stream.concat(Stream.concat(id.stream(), label.stream()), attributes.values().stream())
        .anyMatch(column -> column == LAST);
  }

  /** Returns the fields of a row that are values. */
  List<String> values(List<String> fields) {
    int last = fields.size() - 1;
    List<Integer> others = new ArrayList<>(attributes.values());
    id.ifPresent(others::add);
    label.ifPresent(others::add);
    if (others.isEmpty()) {
      return fields;
    }
    if (others.size() == 1 && others.get(0) == 0) {
      return fields.subList(1, fields.size());
    }
    List<String> values = new ArrayList<>(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      if (!others.contains(i) && !(i == last && others.contains(LAST))) {
        values.add(fields.get(i));
      }
    }
    return values;
  }

  /** Returns a description for messages. */
  String shown(TableHead head) {
    List<String> parts = new ArrayList<>();
    id.ifPresent(index -> parts.add("id=" + shown(index, head)));
    label.ifPresent(index -> parts.add("label=" + shown(index, head)));
    attributes.forEach((name, index) -> parts.add(name + "=" + shown(index, head)));
    parts.add("values");
    return "(" + String.join(", ", parts) + ")";
  }

  private static String shown(int index, TableHead head) {
    return index == LAST ? "last" : head.label(index);
  }
}

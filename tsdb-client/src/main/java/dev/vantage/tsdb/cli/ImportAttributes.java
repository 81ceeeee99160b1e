package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.format.AttributeFile;
import dev.vantage.tsdb.format.AttributeText;
import dev.vantage.tsdb.format.ReadOption;
import dev.vantage.tsdb.format.ReadOptions;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.TextValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Adds attributes to imported series, from a table, if there is one, and from the files of the
 * series, in their declared types. Not thread-safe.
 */
final class ImportAttributes {
  private static final int MOST_NAMED = 3;

  private final Optional<AttributeFile> table;
  private final Optional<String> group;
  private final AttributeTypes types;
  private final boolean areWindows;

  /** The types of undeclared columns of files, inferred from their first values. */
  private final Map<String, Optional<Type>> inferred = new LinkedHashMap<>();

  private final Set<String> unused = new HashSet<>();
  private long withoutRow;

  private ImportAttributes(
      Optional<AttributeFile> table, ReadOptions options, AttributeTypes types) {
    this.table = table;
    this.group = options.groupAttribute();
    this.types = types;
    this.areWindows = options.given().contains(ReadOption.WINDOW);
    options.attributeColumns().keySet().forEach(name -> inferred.put(name, types.type(name)));
    table.ifPresent(rows -> unused.addAll(rows.keys()));
  }

  /**
   * Declares the types of a table's columns before the first value is stored, which would otherwise
   * decide the type.
   *
   * @param options which columns of files become attributes
   */
  static ImportAttributes declared(
      Tsdb database, Optional<AttributeFile> table, ReadOptions options) {
    if (table.isPresent()) {
      table.get().types().forEach(database::declareAttribute);
    }
    return new ImportAttributes(table, options, database.attributeTypes());
  }

  /** Adds all attributes to the series. */
  SeriesEntry complete(SeriesEntry entry, String fileName) {
    Map<String, AttributeValue> values = new TreeMap<>();
    entry.attributes().asMap().forEach((name, value) -> values.put(name, typed(name, value)));
    if (table.isPresent()) {
      values.keySet().removeAll(table.get().types().keySet());
      values.putAll(row(entry.id(), fileName).asMap());
    }
    return new SeriesEntry(entry.id(), entry.series(), Attributes.of(values));
  }

  /** Converts text from a file to the declared type of its attribute, if possible. */
  private AttributeValue typed(String name, AttributeValue value) {
    Optional<Type> type =
        inferred.containsKey(name) ? inferred(name, value.toString()) : types.type(name);
    return value instanceof TextValue text && type.isPresent()
        ? AttributeText.read(text.value(), type.get()).orElse(value)
        : value;
  }

  /**
   * Infers a type from the first value. Every number is a double, because the first may be whole by
   * chance.
   */
  private Optional<Type> inferred(String name, String first) {
    return inferred.compute(
        name,
        (any, known) -> {
          Type narrowest = AttributeText.readNarrowest(first).type();
          return known.isPresent()
              ? known
              : Optional.of(narrowest == Type.LONG ? Type.DOUBLE : narrowest);
        });
  }

  /**
   * Returns the row of the table for a series, else the row for the series of which it is a window,
   * else the row for its file, if the file was split.
   */
  private Attributes row(String id, String fileName) {
    Optional<Attributes> own = find(id);
    int windowAt = id.lastIndexOf('@');
    if (own.isEmpty() && areWindows && windowAt >= 0) {
      own = find(id.substring(0, windowAt));
    }
    Optional<Attributes> row = own.isPresent() || group.isEmpty() ? own : find(fileName);
    if (row.isEmpty()) {
      withoutRow++;
    }
    return row.orElse(Attributes.none());
  }

  private Optional<Attributes> find(String key) {
    unused.remove(key);
    return table.flatMap(rows -> rows.attributesOf(key));
  }

  /** Returns the lines of the summary about attributes; empty if no attributes were requested. */
  List<String> summary() {
    if (table.isEmpty() && inferred.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    Map<String, Type> all = new LinkedHashMap<>();
    table.ifPresent(rows -> all.putAll(rows.types()));
    inferred.forEach((name, type) -> type.ifPresent(known -> all.putIfAbsent(name, known)));
    group.ifPresent(name -> all.putIfAbsent(name, types.type(name).orElse(Type.TEXT)));
    lines.add(
        all.isEmpty()
            ? "attributes: none"
            : all.entrySet().stream()
                .map(one -> one.getKey() + " " + one.getValue().label())
                .collect(Collectors.joining(", ", "attributes: ", "")));
    table
        .map(AttributeFile::renamed)
        .orElse(Map.of())
        .forEach(
            (column, name) ->
                lines.add(
                    "attributes: column "
                        + column
                        + " is called "
                        + name
                        + ", because "
                        + column
                        + " is a built-in attribute"));
    if (!unused.isEmpty()) {
      lines.add(
          table.orElseThrow().keys().stream()
              .filter(unused::contains)
              .limit(MOST_NAMED)
              .collect(
                  Collectors.joining(
                      ", ",
                      "attributes: keys that match no series: " + unused.size() + " (",
                      unused.size() > MOST_NAMED ? ", ...)" : ")")));
    }
    if (withoutRow > 0) {
      lines.add("attributes: series without a row: " + withoutRow);
    }
    return lines;
  }
}

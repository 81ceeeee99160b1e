package dev.vantage.tsdb.format;

import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads named columns and makes each group a series, in the order of the groups' first rows.
 * Thread-safe.
 */
final class LightCurveReader implements FormatReader {
  private final LightCurveColumns columns;

  LightCurveReader(LightCurveColumns columns) {
    this.columns = columns;
  }

  @Override
  public void read(Source source, Output output) throws IOException, BadFileException {
    OptionalDouble period = periodOf(source.name());
    CsvTable table = CsvTable.of(source);
    Groups groups = new Groups(table, new BadLines(output));
    while (table.next()) {
      groups.addRow();
    }
    groups.check();
    groups.good.forEach(
        (group, points) ->
            output.offer(
                points.firstLine(),
                () -> entry(source.name(), group, points, period, groups.attributes(group))));
  }

  private OptionalDouble periodOf(String name) throws BadFileException {
    if (columns.periods().isEmpty()) {
      return OptionalDouble.empty();
    }
    Periods periods = columns.periods().get();
    OptionalDouble period = periods.periodOf(name);
    if (period.isEmpty()) {
      throw new BadFileException(
          1, "file must have a period: name=" + name + ", periods known=" + periods.size());
    }
    return period;
  }

  private SeriesEntry entry(
      String name,
      Optional<String> group,
      PointList points,
      OptionalDouble period,
      Attributes attributes) {
    TimeSeries series = points.toSeries();
    return new SeriesEntry(
        group.map(text -> name + "_" + text).orElse(name),
        period.isPresent() ? series.foldedBy(period.getAsDouble()) : series,
        group
            .map(text -> attributes.with(columns.groupAttribute().orElseThrow(), text))
            .orElse(attributes));
  }

  /** The rows of a file by group, or all rows if the file has no groups. */
  private final class Groups {
    final Map<Optional<String>, PointList> good = new LinkedHashMap<>();
    private final Set<Optional<String>> bad = new HashSet<>();
    private final CsvTable table;
    private final BadLines badLines;
    private final int timeColumn;
    private final int valueColumn;
    private final OptionalInt groupColumn;
    private final Map<String, Integer> attributeColumns = new LinkedHashMap<>();
    private final Map<Optional<String>, Map<String, String>> attributes = new HashMap<>();
    private boolean isGroupUnknown;

    Groups(CsvTable table, BadLines badLines) throws BadFileException {
      this.table = table;
      this.badLines = badLines;
      this.timeColumn = table.column(columns.time());
      this.valueColumn = table.column(columns.value());
      Optional<String> groupBy = columns.groupBy();
      this.groupColumn =
          groupBy.isPresent() ? OptionalInt.of(table.column(groupBy.get())) : OptionalInt.empty();
      for (Map.Entry<String, String> attribute : columns.attributes().entrySet()) {
        attributeColumns.put(attribute.getKey(), table.column(attribute.getValue()));
      }
    }

    void addRow() {
      try {
        addRow(group());
      } catch (BadRowException e) {
        isGroupUnknown = true;
        badLines.add(table.line(), e.getMessage());
      }
    }

    private void addRow(Optional<String> group) {
      try {
        double time = time();
        double value = Numbers.parse(table.field(valueColumn), columns::value);
        checkAttributes(group);
        if (!bad.contains(group)) {
          good.computeIfAbsent(group, key -> new PointList()).add(table.line(), time, value);
        }
      } catch (BadRowException e) {
        bad.add(group);
        good.remove(group);
        badLines.add(table.line(), e.getMessage());
      }
    }

    /** Checks that the attribute columns have the same value in all rows of a series. */
    private void checkAttributes(Optional<String> group) throws BadRowException {
      Map<String, String> known = attributes.computeIfAbsent(group, key -> new HashMap<>());
      for (Map.Entry<String, Integer> attribute : attributeColumns.entrySet()) {
        String found = table.field(attribute.getValue());
        String first = known.putIfAbsent(attribute.getKey(), found);
        if (first != null && !first.equals(found)) {
          throw new BadRowException(
              "attribute must be the same in all rows of a series: column="
                  + columns.attributes().get(attribute.getKey())
                  + ", first='"
                  + first
                  + "', found='"
                  + found
                  + "'");
        }
      }
    }

    /** Returns the attributes of a good group as strings; an empty cell gives no attribute. */
    Attributes attributes(Optional<String> group) {
      Map<String, AttributeValue> values = new HashMap<>();
      attributes
          .getOrDefault(group, Map.of())
          .forEach(
              (name, text) -> {
                if (!text.isEmpty()) {
                  values.put(name, new AttributeValue.TextValue(text));
                }
              });
      return Attributes.of(values);
    }

    private Optional<String> group() throws BadRowException {
      if (groupColumn.isEmpty()) {
        return Optional.empty();
      }
      String group = table.field(groupColumn.getAsInt());
      if (group.isEmpty()) {
        throw new BadRowException("group must not be empty: column=" + columns.groupBy().get());
      }
      return Optional.of(group);
    }

    private double time() throws BadRowException {
      double time = Numbers.parse(table.field(timeColumn), columns::time);
      if (columns.periods().isEmpty() && !(time >= 0 && time < 1)) {
        throw new BadRowException(
            "times must be phases in [0, 1) where no periods are given: time=" + time);
      }
      return time;
    }

    /** Rejects the file if a bad row may belong to any group. */
    void check() throws BadFileException {
      if (isGroupUnknown) {
        good.clear();
      }
      if (good.isEmpty() && badLines.isEmpty()) {
        throw BadFileException.withoutData(table.line());
      }
    }
  }
}

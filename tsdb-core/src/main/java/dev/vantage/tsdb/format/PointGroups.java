package dev.vantage.tsdb.format;

import dev.vantage.tsdb.format.table.BadFileException;
import dev.vantage.tsdb.format.table.BadRowException;
import dev.vantage.tsdb.format.table.ColumnNames;
import dev.vantage.tsdb.format.table.DataTable;
import dev.vantage.tsdb.format.table.Numbers;
import dev.vantage.tsdb.format.table.TableHead;
import dev.vantage.tsdb.format.table.TextSource;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The rows of a file by series. Not thread-safe. A bad row refuses its series, or the file if its
 * series is unknown.
 */
final class PointGroups {
  private static final int MOST_BAD_LINES = 20;

  /** The id and the group of a series; empty strings if files have no column of them. */
  private record Key(String id, String group) {}

  private record BadLine(long line, String reason, String text, Optional<Key> key) {}

  private final TextSource source;
  private final DataTable table;
  private final PointColumns columns;
  private final ReadOptions options;
  private final Output output;
  private final PointTimes times;
  private final DropRules drops;
  private final PeriodChoice periods;
  private final List<Integer> watched;
  private final Map<Integer, RowNumbers> numbered = new HashMap<>();
  private final boolean dropsMissing;
  private final Map<Key, PointGroup> groups = new LinkedHashMap<>();
  private final List<BadLine> badLines = new ArrayList<>();
  private boolean isKeyUnknown;
  private boolean hasRows;

  PointGroups(
      TextSource source, DataTable table, PointColumns columns, ReadOptions options, Output output)
      throws BadFileException {
    this.source = source;
    this.table = table;
    this.columns = columns;
    this.options = options;
    this.output = output;
    this.times = new PointTimes(table.decimalMark());
    this.drops = new DropRules(options.conditions(), table);
    this.periods = new PeriodChoice(options, table.decimalMark(), output);
    this.watched = watched(table, columns, options);
    watched.stream()
        .filter(column -> isSeriesName(column, table))
        .forEach(column -> numbered.put(column, new RowNumbers()));
    this.dropsMissing = options.missing(MissingValues.DROP) == MissingValues.DROP;
  }

  /** The columns whose names suggest that they tell several series apart. */
  private static List<Integer> watched(DataTable table, PointColumns columns, ReadOptions options) {
    TableHead head = table.head();
    Set<Integer> used = new HashSet<>(columns.attributes().values());
    used.add(columns.value());
    columns.time().ifPresent(used::add);
    columns.id().ifPresent(used::add);
    columns.group().ifPresent(used::add);
    columns.period().ifPresent(used::add);
    boolean isOneSeries = columns.id().isEmpty() && columns.group().isEmpty();
    return IntStream.range(0, head.width())
        .filter(column -> !used.contains(column))
        .filter(
            column ->
                !options.isNone(ReadOption.GROUP_BY)
                        && (isBand(column, table)
                            || isOneSeries && areToldApart(table, columns, column))
                    || isSeriesName(column, table) && !options.isNone(ReadOption.ID))
        .boxed()
        .toList();
  }

  private static boolean areToldApart(DataTable table, PointColumns columns, int column) {
    return columns.time().filter(time -> MixedRows.areToldApart(table, time, column)).isPresent();
  }

  private static boolean isSeriesName(int column, DataTable table) {
    return ColumnNames.isSeriesName(table.head().plainName(column));
  }

  /** A name of one letter may also be that of a flux, so its fields must be texts. */
  private static boolean isBand(int column, DataTable table) {
    String name = table.head().plainName(column);
    return ColumnNames.isBand(name)
        && (name.length() > 1
            || table.sample().stream()
                .filter(row -> column < row.size())
                .noneMatch(row -> Numbers.isNumeric(row.get(column), table.decimalMark())));
  }

  /** Returns how many series have been met. */
  int size() {
    return groups.size();
  }

  /** Takes the current row of the table. */
  void addRow() {
    hasRows = true;
    numbered.forEach(
        (column, numbers) ->
            numbers.see(column < table.fields().size() ? table.fields().get(column) : ""));
    Key key;
    try {
      Optional<String> reason = drops.reason(table.fields());
      if (reason.isPresent()) {
        if (mayBeWanted()) {
          output.drop(reason.get(), 1);
        }
        return;
      }
      key = key();
    } catch (BadRowException e) {
      isKeyUnknown = true;
      addBadLine(e.getMessage(), Optional.empty());
      return;
    }
    addRow(key);
  }

  private Key key() throws BadRowException {
    String id = columns.id().isPresent() ? keyField(columns.id().get(), "id") : "";
    String group = columns.group().isPresent() ? keyField(columns.group().get(), "group") : "";
    boolean isIdKnown = columns.id().isPresent() && table.endsBehind(columns.id().get());
    if (!isIdKnown) {
      table.checkLength();
    }
    return new Key(id, group);
  }

  private String keyField(int column, String what) throws BadRowException {
    String field = table.text(column);
    if (field.isEmpty()) {
      throw new BadRowException(what + " must not be empty: column=" + table.head().label(column));
    }
    return field;
  }

  private void addRow(Key key) {
    PointGroup group =
        groups.computeIfAbsent(key, any -> new PointGroup(table.line(), table.text()));
    try {
      table.checkLength();
      group.confirm();
      String field = table.text(columns.value());
      Optional<String> time = time();
      if (dropsMissing && time.isPresent() && Numbers.isMissing(field)) {
        if (isWanted(key)) {
          output.drop("without a value", 1);
        }
        return;
      }
      addFacts(group);
      double at = time.isPresent() ? parsed(time.get()) : group.size();
      double value =
          Numbers.parse(field, table.decimalMark(), () -> name(columns.value(), "value"));
      if (!group.isBad()) {
        group.add(at, value);
      }
    } catch (BadRowException e) {
      group.refuse();
      addBadLine(e.getMessage(), Optional.of(key));
    }
  }

  private Optional<String> time() throws BadRowException {
    return columns.time().isPresent()
        ? Optional.of(table.text(columns.time().get()))
        : Optional.empty();
  }

  private double parsed(String time) throws BadRowException {
    return times.parse(time, () -> name(columns.time().orElseThrow(), "time"));
  }

  private String name(int column, String usual) {
    return table.head().names().isPresent() ? table.head().label(column) : usual;
  }

  private void addFacts(PointGroup group) throws BadRowException {
    for (Map.Entry<String, Integer> attribute : columns.attributes().entrySet()) {
      group.setFact(attribute.getKey(), attribute.getValue(), table);
    }
    if (columns.period().isPresent()) {
      group.setPeriod(columns.period().get(), table);
    }
    for (int column : watched) {
      group.see(column, table.text(column));
    }
  }

  private void addBadLine(String reason, Optional<Key> key) {
    badLines.add(new BadLine(table.line(), reason, table.text(), key));
  }

  /** Passes on all series and errors, after the last row. */
  void finish() throws BadFileException {
    if (!hasRows) {
      throw BadFileException.withoutData(table.line());
    }
    // An id that only rows of a wrong length have may be a part of another one.
    isKeyUnknown |= groups.values().stream().anyMatch(group -> !group.isConfirmed());
    rejectBadLines();
    if (isKeyUnknown) {
      return;
    }
    for (Map.Entry<Key, PointGroup> one : groups.entrySet()) {
      PointGroup group = one.getValue();
      Key key = one.getKey();
      if (!group.isBad()) {
        output.offer(
            output.at(group.firstLine(), group.firstText()),
            id(key),
            key.group(),
            () -> entry(key, group));
      }
    }
    if (groups.isEmpty() && badLines.isEmpty()) {
      throw new BadFileException(
          table.line(), "file must have at least 1 row that is not dropped: rows=0");
    }
  }

  /**
   * Reports the bad lines. The first bad line of a series refuses that series; a line whose series
   * is unknown refuses all series of the file.
   */
  private void rejectBadLines() {
    List<BadLine> bad = badLines.stream().filter(line -> isWanted(line)).toList();
    Set<Key> refused = new HashSet<>();
    int others = isKeyUnknown ? Math.max(1, groups.size()) : 0;
    for (BadLine line : bad.subList(0, Math.min(bad.size(), MOST_BAD_LINES))) {
      int series = isKeyUnknown ? others : refused.add(line.key().orElseThrow()) ? 1 : 0;
      others = 0;
      output.reject(line.line(), line.reason(), line.text(), series);
    }
    if (bad.size() <= MOST_BAD_LINES) {
      return;
    }
    List<BadLine> further = bad.subList(MOST_BAD_LINES, bad.size());
    further.forEach(line -> output.rejectFurther(line.line(), line.reason(), line.text()));
    long unnamed =
        isKeyUnknown
            ? 0
            : further.stream().map(line -> line.key().orElseThrow()).filter(refused::add).count();
    output.reject(
        further.get(0).line(),
        "more lines are bad, of which only "
            + MOST_BAD_LINES
            + " are named"
            + (unnamed == 0 ? "" : ": further series=" + unnamed),
        "",
        (int) unnamed);
  }

  private boolean isWanted(BadLine line) {
    return isKeyUnknown || line.key().isEmpty() || isWanted(line.key().get());
  }

  private boolean isWanted(Key key) {
    return output.mayWant(id(key), key.group());
  }

  /** Says whether the current row may belong to a series that was asked for. */
  private boolean mayBeWanted() {
    try {
      return isWanted(key());
    } catch (BadRowException e) {
      return true; // whose row it is stays unknown
    }
  }

  private String id(Key key) {
    String name = key.id().isEmpty() ? source.name() : key.id();
    return key.group().isEmpty() ? name : name + "_" + key.group();
  }

  private MadeSeries entry(Key key, PointGroup group) throws BadRowException {
    checkNotMixed(group);
    double[] at = group.times();
    Optional<Instant> origin = times.sinceEarliest(at);
    TimeSeries series = columns.time().isPresent() ? group.toSeries(at) : group.toSeries();
    String id = id(key);
    List<String> keys = new ArrayList<>(List.of(id, key.group(), key.id()));
    // A comment speaks of the whole file.
    Optional<String> commented = groups.size() == 1 ? table.period() : Optional.empty();
    series = periods.fold(series, keys, source, group.period(), commented);
    return new MadeSeries(new SeriesEntry(id, series, attributes(key, group)), key.group(), origin);
  }

  private void checkNotMixed(PointGroup group) throws BadRowException {
    for (int column : watched) {
      int distinct = group.distinct(column);
      if (distinct > 1 && !isNumbered(column, group)) {
        String name = table.head().label(column);
        String option = isSeriesName(column, table) ? "--id" : "--group-by";
        throw new BadRowException(
            "column "
                + name
                + (distinct == PointGroup.MOST_VALUES ? " has at least " : " has ")
                + distinct
                + " values: "
                + (option.equals("--id") ? "name series by it with " : "group by it with ")
                + option
                + " "
                + name
                + ", or confirm with "
                + option
                + " none");
      }
    }
  }

  /** Says whether a column only numbers the rows of the file or of the series. */
  private boolean isNumbered(int column, PointGroup group) {
    RowNumbers ofFile = numbered.get(column);
    return ofFile != null && (ofFile.areCounting() || group.isNumbered(column));
  }

  /** Returns the attributes of a series as strings; an empty field gives no attribute. */
  private Attributes attributes(Key key, PointGroup group) {
    Map<String, AttributeValue> values = new HashMap<>();
    for (String name : columns.attributes().keySet()) {
      group
          .fact(name)
          .filter(text -> !text.isEmpty())
          .map(text -> Numbers.withPoint(text, table.decimalMark()))
          .ifPresent(text -> values.put(name, new AttributeValue.TextValue(text)));
    }
    if (!key.group().isEmpty()) {
      values.put(options.groupAttribute().orElseThrow(), new AttributeValue.TextValue(key.group()));
    }
    return Attributes.of(values);
  }
}

package dev.vantage.tsdb.format;

import dev.vantage.tsdb.format.table.BadFileException;
import dev.vantage.tsdb.format.table.Clocks;
import dev.vantage.tsdb.format.table.ColumnNames;
import dev.vantage.tsdb.format.table.DataTable;
import dev.vantage.tsdb.format.table.Numbers;
import dev.vantage.tsdb.format.table.TableHead;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The columns of a file with one point in a row. Immutable. Columns that are not given are found by
 * their usual names, or because no others are left; if that is unclear, the file is refused with a
 * hint.
 *
 * @param time the index of the column of times; empty if rows are at even times
 * @param value the index of the column of values
 * @param id the index of the column of ids
 * @param group the index of the column of groups
 * @param period the index of the column of periods
 * @param attributes the indexes of the columns of attributes, by the names of the attributes
 */
record PointColumns(
    Optional<Integer> time,
    int value,
    Optional<Integer> id,
    Optional<Integer> group,
    Optional<Integer> period,
    Map<String, Integer> attributes) {
  static final String LABEL = "label";

  /** With more columns than this, rows may be series. */
  private static final int MOST_POINT_COLUMNS = 4;

  /** Which columns a file has if none are given. */
  enum Usual {
    /** A time and a value, found by their place or their names. */
    TWO,
    /** Columns called {@code time} and {@code mag}. */
    TIME_AND_MAG
  }

  static PointColumns of(DataTable table, Usual usual, ReadOptions options)
      throws BadFileException {
    return new Search(table, options).find(usual);
  }

  /** Returns how messages name the columns of times and values. */
  String shown(TableHead head) {
    if (time.isEmpty()) {
      return "(value=" + head.label(value) + ")";
    }
    int at = time.get();
    boolean areUsual =
        head.names().isEmpty()
            || head.width() == 2
                && ColumnNames.isTime(head.plainName(at))
                && ColumnNames.isValue(head.plainName(value));
    boolean isPlain = at == 0 && value == 1 && areUsual;
    return isPlain
        ? "(time, value)"
        : "(time=" + head.label(at) + ", value=" + head.label(value) + ")";
  }

  /** Finds the columns of one file. */
  private static final class Search {
    private final DataTable table;
    private final TableHead head;
    private final ReadOptions options;
    private final List<Integer> free;

    Search(DataTable table, ReadOptions options) {
      this.table = table;
      this.head = table.head();
      this.options = options;
      this.free = new ArrayList<>(IntStream.range(0, head.width()).boxed().toList());
      free.removeIf(this::isEmpty);
    }

    private boolean isEmpty(int column) {
      return head.plainName(column).isEmpty()
          && table.sample().stream()
              .allMatch(row -> column >= row.size() || row.get(column).isEmpty());
    }

    PointColumns find(Usual usual) throws BadFileException {
      Optional<Integer> id = column(ReadOption.ID);
      Optional<Integer> group = column(ReadOption.GROUP_BY);
      Optional<Integer> period = column(ReadOption.PERIOD_COLUMN);
      Map<String, Integer> attributes = attributes();
      Optional<Integer> time = column(ReadOption.TIME);
      Optional<Integer> value = column(ReadOption.VALUE);
      boolean hasNoTimes = options.isNone(ReadOption.TIME);
      if (usual == Usual.TIME_AND_MAG) {
        time = time.isPresent() || hasNoTimes ? time : Optional.of(head.column("time"));
        value = value.isPresent() ? value : Optional.of(head.column("mag"));
      }
      if (hasNoTimes) {
        int only =
            value
                .or(() -> usualValue(true))
                .orElseThrow(() -> unclear(Optional.empty(), Optional.empty()));
        return new PointColumns(Optional.empty(), only, id, group, period, attributes);
      }
      Axes axes = axes(time, value);
      return new PointColumns(Optional.of(axes.time), axes.value, id, group, period, attributes);
    }

    /** The columns of times and values. */
    private record Axes(int time, int value) {}

    /** Finds the columns that are not given. */
    private Axes axes(Optional<Integer> givenTime, Optional<Integer> givenValue)
        throws BadFileException {
      Optional<Integer> time =
          givenTime.isPresent() ? givenTime : usualTime(givenValue.isPresent());
      time.ifPresent(free::remove);
      Optional<Integer> value = givenValue.isPresent() ? givenValue : usualValue(time.isPresent());
      value.ifPresent(free::remove);
      if (time.isEmpty() && value.isPresent()) {
        time = only(free).filter(column -> !ColumnNames.isOther(head.plainName(column)));
      }
      if (time.isEmpty() || value.isEmpty()) {
        throw unclear(time, value);
      }
      Axes axes = new Axes(time.get(), value.get());
      if (axes.time == axes.value) {
        throw new BadFileException(
            head.line(),
            "times and values must be in two columns: column="
                + Numbers.quote(head.label(axes.time)));
      }
      checkNotDecimals(axes.time, axes.value);
      checkHasClock(axes.time);
      return axes;
    }

    /**
     * Refuses two columns that nobody has called times and values, and that may also be one column
     * of numbers with decimal commas, such as {@code 17,21}.
     */
    private void checkNotDecimals(int time, int value) throws BadFileException {
      List<String> whole = fields(time);
      List<String> decimals = fields(value);
      boolean isGuessed =
          head.names().isEmpty()
              && head.width() == 2
              && !options.has(ReadOption.TIME)
              && !options.has(ReadOption.VALUE);
      if (isGuessed
          && table.separatesAtCommas()
          && Stream.concat(whole.stream(), decimals.stream()).allMatch(Search::areDigits)
          && decimals.stream().mapToInt(String::length).distinct().count() == 1
          && whole.stream().distinct().count() < whole.size()) {
        throw new BadFileException(
            head.line(),
            "columns must be clear, since these may be numbers with decimal commas: first="
                + Numbers.quote(table.sample().get(0).get(0) + "," + decimals.get(0))
                + "; hint: --time 1 --value 2 if they are times and values; --separator tab"
                + " --decimal , --time none if they are values");
      }
    }

    private static boolean areDigits(String field) {
      return !field.isEmpty() && field.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Refuses dates that are repeated, beside a column of clocks that tell them apart. */
    private void checkHasClock(int time) throws BadFileException {
      List<String> dates = fields(time);
      boolean areRepeated =
          dates.stream().allMatch(Clocks::isDate)
              && dates.stream().distinct().count() < dates.size();
      Optional<Integer> clock =
          IntStream.range(0, areRepeated ? head.width() : 0)
              .boxed()
              .filter(column -> column != time && !fields(column).isEmpty())
              .filter(column -> fields(column).stream().allMatch(Clocks::isClock))
              .findFirst();
      if (clock.isPresent()) {
        throw new BadFileException(
            head.line(),
            "times must have date and clock in one column: date="
                + Numbers.quote(head.label(time))
                + ", clock="
                + Numbers.quote(head.label(clock.get()))
                + "; hint: write them as 2012-10-12T00:30:00");
      }
    }

    private List<String> fields(int column) {
      return table.sample().stream()
          .filter(row -> column < row.size())
          .map(row -> row.get(column))
          .toList();
    }

    private Optional<Integer> column(ReadOption option) throws BadFileException {
      Optional<String> wanted = options.column(option);
      if (wanted.isEmpty()) {
        return Optional.empty();
      }
      Integer column = head.column(wanted.get());
      free.remove(column);
      return Optional.of(column);
    }

    private Map<String, Integer> attributes() throws BadFileException {
      Map<String, Integer> found = new LinkedHashMap<>();
      for (Map.Entry<String, String> one : options.attributeColumns().entrySet()) {
        found.put(one.getKey(), head.column(one.getValue()));
      }
      Optional<Integer> label = column(ReadOption.LABEL);
      label.ifPresent(column -> found.put(LABEL, column));
      // A column used as an attribute is never guessed to be time or value.
      free.removeAll(found.values());
      return found;
    }

    private Optional<Integer> usualTime(boolean valueIsKnown) {
      Optional<Integer> named = only(named(ColumnNames::isTime));
      if (named.isPresent()) {
        return named;
      }
      if (valueIsKnown) {
        return only(free);
      }
      List<Integer> values = named(ColumnNames::isValue);
      if (free.size() == 2) {
        int time = values.size() == 1 ? without(values.get(0)).get(0) : free.get(0);
        return ColumnNames.isOther(head.plainName(time)) ? Optional.empty() : Optional.of(time);
      }
      return isTimeValueError() ? Optional.of(free.get(0)) : Optional.empty();
    }

    private Optional<Integer> usualValue(boolean timeIsKnown) {
      Optional<Integer> named = only(named(ColumnNames::isValue));
      if (named.isPresent()) {
        return named;
      }
      boolean isFirstLeft =
          timeIsKnown && head.names().isEmpty() && free.size() == 2 && isNumeric(free);
      return isFirstLeft && head.width() == 3 ? Optional.of(free.get(0)) : only(free);
    }

    /** Says whether the file has three columns of numbers: times, values and their errors. */
    private boolean isTimeValueError() {
      return head.names().isEmpty() && free.size() == 3 && head.width() == 3 && isNumeric(free);
    }

    private boolean isNumeric(List<Integer> columns) {
      return table.sample().stream()
          .allMatch(
              row ->
                  columns.stream()
                      .allMatch(
                          column ->
                              column < row.size()
                                  && (Numbers.isMissing(row.get(column))
                                      || Numbers.isNumber(row.get(column), table.decimalMark()))));
    }

    private List<Integer> without(int column) {
      return free.stream().filter(one -> one != column).toList();
    }

    private List<Integer> named(Predicate<String> usual) {
      return free.stream().filter(column -> usual.test(head.plainName(column))).toList();
    }

    private static Optional<Integer> only(List<Integer> columns) {
      return columns.size() == 1 ? Optional.of(columns.get(0)) : Optional.empty();
    }

    private BadFileException unclear(Optional<Integer> time, Optional<Integer> value) {
      if (head.width() < 2) {
        return new BadFileException(
            head.line(),
            "line must have 2 columns, time and value: columns="
                + head.width()
                + "; hint: --time none for values at even times");
      }
      String hint =
          (options.isNone(ReadOption.TIME)
                  ? ""
                  : "--time " + guess(time, ColumnNames::isTime, 0) + " ")
              + "--value "
              + guess(value, ColumnNames::isValue, 1)
              + (free.size() > MOST_POINT_COLUMNS ? ", or --as wide for one series in a row" : "");
      String all =
          IntStream.range(0, head.width())
              .mapToObj(head::label)
              .limit(20)
              .collect(Collectors.joining(", "));
      return new BadFileException(
          head.line(),
          "columns of time and value must be clear: columns="
              + Numbers.quote(all)
              + "; hint: "
              + hint);
    }

    private String guess(Optional<Integer> known, Predicate<String> usual, int place) {
      List<Integer> named = named(usual);
      List<Integer> numeric = free.stream().filter(column -> isNumeric(List.of(column))).toList();
      List<Integer> likely = numeric.size() > place ? numeric : free;
      int column =
          known.orElseGet(
              () ->
                  !named.isEmpty()
                      ? named.get(0)
                      : likely.isEmpty() ? place : likely.get(Math.min(place, likely.size() - 1)));
      return head.argument(column);
    }
  }
}

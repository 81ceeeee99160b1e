package dev.vantage.tsdb.format;

import dev.vantage.tsdb.format.table.BadRowException;
import dev.vantage.tsdb.format.table.DataTable;
import dev.vantage.tsdb.format.table.Numbers;
import dev.vantage.tsdb.series.TimeSeries;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.DoubleStream;

/** The rows of one series while they are read. Not thread-safe. */
final class PointGroup {
  /** The most values of a column that are told apart. */
  static final int MOST_VALUES = 1000;

  private final long firstLine;
  private final String firstText;
  private final Map<String, String> facts = new HashMap<>();
  private final Map<Integer, Set<String>> seen = new HashMap<>();
  private DoubleStream.Builder times = DoubleStream.builder();
  private DoubleStream.Builder values = DoubleStream.builder();
  private final Map<Integer, RowNumbers> numbered = new HashMap<>();
  private Optional<String> period = Optional.empty();
  private int size;
  private boolean bad;
  private boolean isConfirmed;

  PointGroup(long firstLine, String firstText) {
    this.firstLine = firstLine;
    this.firstText = firstText;
  }

  long firstLine() {
    return firstLine;
  }

  String firstText() {
    return firstText;
  }

  boolean isBad() {
    return bad;
  }

  /** Notes that a row with as many fields as columns names the series. */
  void confirm() {
    isConfirmed = true;
  }

  boolean isConfirmed() {
    return isConfirmed;
  }

  /** Forgets the points, since the series is refused. */
  void refuse() {
    bad = true;
    times = DoubleStream.builder();
    values = DoubleStream.builder();
  }

  void add(double time, double value) {
    size++;
    times.add(time);
    values.add(value);
  }

  /** Records an attribute, which must have the same value in every row of the series. */
  void setFact(String name, int column, DataTable table) throws BadRowException {
    String found = table.text(column);
    String first = facts.putIfAbsent(name, found);
    if (first != null && !first.equals(found)) {
      throw different("attribute", column, first, table);
    }
  }

  /** Records the period, which must be the same number in every row of the series that has one. */
  void setPeriod(int column, DataTable table) throws BadRowException {
    String found = table.text(column);
    if (Numbers.isMissing(found)) {
      return;
    }
    String first = period.orElse(found);
    period = Optional.of(first);
    OptionalDouble number = Numbers.finite(first, table.decimalMark());
    boolean isSame =
        first.equals(found)
            || number.isPresent() && number.equals(Numbers.finite(found, table.decimalMark()));
    if (!isSame) {
      throw different("period", column, first, table);
    }
  }

  private static BadRowException different(String what, int column, String first, DataTable table)
      throws BadRowException {
    return new BadRowException(
        what
            + " must be the same in all rows of a series: column="
            + table.head().label(column)
            + ", first="
            + Numbers.quote(first)
            + ", found="
            + Numbers.quote(table.text(column)));
  }

  Optional<String> period() {
    return period;
  }

  Optional<String> fact(String name) {
    return Optional.ofNullable(facts.get(name));
  }

  /** Notes what a column says that may tell several series apart. */
  void see(int column, String field) {
    numbered.computeIfAbsent(column, one -> new RowNumbers()).see(field);
    Set<String> values = seen.computeIfAbsent(column, one -> new HashSet<>());
    if (values.size() < MOST_VALUES) {
      values.add(field);
    }
  }

  /** Returns how many values a column has, up to {@link #MOST_VALUES}. */
  int distinct(int column) {
    return seen.getOrDefault(column, Set.of()).size();
  }

  /** Says whether a column numbers the rows of the series. */
  boolean isNumbered(int column) {
    RowNumbers numbers = numbered.get(column);
    return numbers != null && numbers.areCounting();
  }

  /** Returns the times. No point can be added afterwards. */
  double[] times() {
    return times.build().toArray();
  }

  int size() {
    return size;
  }

  /** Returns the series at even times. No point can be added afterwards. */
  TimeSeries toSeries() {
    return TimeSeries.ofValues(values.build().toArray());
  }

  /** Returns the series at these times. No point can be added afterwards. */
  TimeSeries toSeries(double[] at) {
    return TimeSeries.of(at, values.build().toArray());
  }
}

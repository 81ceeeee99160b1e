package dev.vantage.tsdb.format;

import dev.vantage.tsdb.format.table.BadRowException;
import dev.vantage.tsdb.format.table.DataTable;
import dev.vantage.tsdb.format.table.Numbers;
import dev.vantage.tsdb.series.TimeSeries;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;

/** The rows of one series while they are read. Not thread-safe. */
final class PointGroup {
  private final long firstLine;
  private final String firstText;
  private final Map<String, String> facts = new HashMap<>();
  private final Map<Integer, Set<String>> seen = new HashMap<>();
  private DoubleStream.Builder times = DoubleStream.builder();
  private DoubleStream.Builder values = DoubleStream.builder();
  private long rows;
  private boolean bad;

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

  /** Forgets the points, since the series is refused. */
  void refuse() {
    bad = true;
    times = DoubleStream.builder();
    values = DoubleStream.builder();
  }

  void add(double time, double value) {
    times.add(time);
    values.add(value);
  }

  /** Notes what a column says that must say the same in all rows of the series. */
  void setFact(String name, int column, DataTable table) throws BadRowException {
    String found = table.text(column);
    String first = facts.putIfAbsent(name, found);
    if (first != null && !first.equals(found)) {
      throw new BadRowException(
          "attribute must be the same in all rows of a series: column="
              + table.head().label(column)
              + ", first="
              + Numbers.quote(first)
              + ", found="
              + Numbers.quote(found));
    }
  }

  Optional<String> fact(String name) {
    return Optional.ofNullable(facts.get(name));
  }

  /** Notes what a column says that may tell several series apart. */
  void see(int column, String field) {
    seen.computeIfAbsent(column, one -> new HashSet<>()).add(field);
  }

  void countRow() {
    rows++;
  }

  /** Returns how many values a column has, or 1 if it numbers the rows. */
  int distinct(int column) {
    int count = seen.getOrDefault(column, Set.of()).size();
    return count == rows ? 1 : count;
  }

  /** Returns the times. No point can be added afterwards. */
  double[] times() {
    return times.build().toArray();
  }

  /** Returns the series at these times. No point can be added afterwards. */
  TimeSeries toSeries(double[] at) {
    return TimeSeries.of(at, values.build().toArray());
  }
}

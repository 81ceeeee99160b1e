package dev.vantage.tsdb.format;

import dev.vantage.tsdb.series.TimeSeries;
import java.util.stream.DoubleStream;

/** Collects the points of one series while they are read. Not thread-safe. */
final class PointList {
  private final DoubleStream.Builder times = DoubleStream.builder();
  private final DoubleStream.Builder values = DoubleStream.builder();
  private long firstLine;

  void add(long line, double time, double value) {
    if (isEmpty()) {
      firstLine = line;
    }
    times.add(time);
    values.add(value);
  }

  boolean isEmpty() {
    return firstLine == 0;
  }

  long firstLine() {
    return firstLine;
  }

  /** Returns the series. No point can be added afterwards. */
  TimeSeries toSeries() {
    return TimeSeries.of(times.build().toArray(), values.build().toArray());
  }
}

package dev.vantage.tsdb.format;

import dev.vantage.tsdb.format.table.BadRowException;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.DoubleValue;
import dev.vantage.tsdb.series.AttributeValue.TimestampValue;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Cuts series into windows, in the order of their times. Immutable.
 *
 * @param size the number of points in a window
 * @param step the number of points between the starts of windows
 */
record Windows(int size, int step) {
  private static final String START = "start";
  private static final long NANOS = 1_000_000_000L;

  static Optional<Windows> of(ReadOptions options) {
    return options
        .get(ReadOption.WINDOW, Integer.class)
        .map(size -> new Windows(size, options.get(ReadOption.STEP, Integer.class).orElse(size)));
  }

  /**
   * The windows of a series.
   *
   * @param between how many points between windows are in none of them
   * @param rest how many points at its end are in no window
   */
  record Cut(List<Window> windows, int between, int rest) {
    /** The windows of some ids. */
    Cut only(Predicate<String> wanted) {
      return new Cut(windows.stream().filter(one -> wanted.test(one.id())).toList(), between, rest);
    }
  }

  /** Cuts a series. */
  Cut of(MadeSeries made) throws BadRowException {
    TimeSeries series = made.entry().series();
    if (series.size() < size) {
      throw new BadRowException(
          "series must have at least as many points as a window: points="
              + series.size()
              + ", window="
              + size);
    }
    Points points = Points.inOrder(made);
    List<Window> windows = new ArrayList<>();
    for (long from = 0; from + size <= series.size(); from += step) {
      windows.add(new Window(points, (int) from, size));
    }
    int last = windows.get(windows.size() - 1).from;
    int between = (windows.size() - 1) * Math.max(0, step - size);
    return new Cut(windows, between, series.size() - last - size);
  }

  /** The points of the whole series, which its windows share. */
  private record Points(MadeSeries made, double[] times, double[] values) {
    /** The points in the order of their times, which need not be that of their rows. */
    static Points inOrder(MadeSeries made) {
      double[] times = made.entry().series().times();
      double[] values = made.entry().series().values();
      if (isSorted(times)) {
        return new Points(made, times, values);
      }
      int[] order =
          IntStream.range(0, times.length)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> times[i]))
              .mapToInt(Integer::intValue)
              .toArray();
      return new Points(
          made,
          IntStream.of(order).mapToDouble(i -> times[i]).toArray(),
          IntStream.of(order).mapToDouble(i -> values[i]).toArray());
    }

    private static boolean isSorted(double[] times) {
      return IntStream.range(1, times.length).allMatch(i -> times[i] >= times[i - 1]);
    }
  }

  /** A window, not yet checked. */
  static final class Window {
    private final Points points;
    private final int from;
    private final int size;

    private Window(Points points, int from, int size) {
      this.points = points;
      this.from = from;
      this.size = size;
    }

    /** Returns the number of its first point, from 1. */
    int row() {
      return from + 1;
    }

    String id() {
      return points.made.entry().id() + "@" + row();
    }

    SeriesEntry toEntry() {
      SeriesEntry whole = points.made.entry();
      TimeSeries series = whole.series();
      double[] values = Arrays.copyOfRange(points.values, from, from + size);
      TimeSeries window =
          series.hasTimes()
              ? TimeSeries.of(Arrays.copyOfRange(points.times, from, from + size), values)
              : TimeSeries.ofValues(values);
      if (series.period().isPresent()) {
        window = window.foldedBy(series.period().getAsDouble());
      }
      return new SeriesEntry(id(), window, whole.attributes().with(START, start()));
    }

    private AttributeValue start() {
      if (!points.made.entry().series().hasTimes()) {
        return new DoubleValue(row());
      }
      double time = points.times[from];
      return points
          .made
          .origin()
          .<AttributeValue>map(
              origin -> new TimestampValue(origin.plusNanos(Math.round(time * NANOS))))
          .orElseGet(() -> new DoubleValue(time));
    }
  }
}

package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.plot.Axis;
import dev.vantage.tsdb.plot.Mark;
import dev.vantage.tsdb.plot.Panel;
import dev.vantage.tsdb.plot.Plot;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Makes the picture of one series: as it was inserted and, if it has a period, folded by it. */
final class SeriesPlot {
  private static final int MOST_POINTS = 2048;

  private SeriesPlot() {}

  static Plot of(SeriesEntry entry, UnaryOperator<Axis> values) {
    TimeSeries series = entry.series();
    if (series.period().isEmpty()) {
      return new Plot(entry.id(), List.of(unfolded(entry, values)));
    }
    double period = series.period().getAsDouble();
    double[] times = series.times();
    double[] phases = Arrays.stream(times).map(time -> phase(time / period)).toArray();
    Axis y = values.apply(Axis.around("value", series.values()));
    Mark folded = points(entry, phases);
    Mark raw = points(entry, times);
    return new Plot(
        entry.id() + ", period " + period,
        List.of(
            new Panel("folded", Axis.of("phase", 0, 1), y, List.of(folded)),
            new Panel("as inserted", Axis.around("time", times), y, List.of(raw))));
  }

  private static double phase(double cycles) {
    return cycles - Math.floor(cycles);
  }

  private static Mark points(SeriesEntry entry, double[] x) {
    return Mark.points(entry.id(), "", x, entry.series().values()).thinned(MOST_POINTS);
  }

  /** A line in the order of time. */
  private static Panel unfolded(SeriesEntry entry, UnaryOperator<Axis> values) {
    double[] times = entry.series().times();
    double[] y = entry.series().values();
    int[] order =
        IntStream.range(0, y.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> times[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    Mark line =
        Mark.line(
                entry.id(),
                "",
                Arrays.stream(order).mapToDouble(i -> times[i]).toArray(),
                Arrays.stream(order).mapToDouble(i -> y[i]).toArray())
            .thinned(MOST_POINTS);
    String label = entry.series().hasTimes() ? "time" : "part of the series";
    return new Panel(
        "", Axis.around(label, times), values.apply(Axis.around("value", y)), List.of(line));
  }
}

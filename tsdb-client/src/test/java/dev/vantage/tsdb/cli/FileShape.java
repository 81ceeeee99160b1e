package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A kind of file as people have it: a small example, the options it needs, and the series in it.
 *
 * @param kind what the file is
 * @param fileName its name
 * @param bytes its contents
 * @param options the options of the command line
 * @param series the right series
 * @param dropped how many rows are left out
 */
record FileShape(
    String kind,
    String fileName,
    byte[] bytes,
    List<String> options,
    List<SeriesEntry> series,
    long dropped) {

  static FileShape of(String kind, String fileName, String text, String... options) {
    return of(kind, fileName, text, StandardCharsets.UTF_8, options);
  }

  static FileShape of(
      String kind, String fileName, String text, Charset encoding, String... options) {
    return new FileShape(kind, fileName, text.getBytes(encoding), List.of(options), List.of(), 0);
  }

  /** Adds a series with times. */
  FileShape timed(String id, double[] times, double... values) {
    return with(new SeriesEntry(id, TimeSeries.of(times, values)));
  }

  /** Adds a series without times. */
  FileShape even(String id, double... values) {
    return with(new SeriesEntry(id, TimeSeries.ofValues(values)));
  }

  /** Gives the last series an attribute. */
  FileShape attribute(String name, String value) {
    SeriesEntry last = series.get(series.size() - 1);
    List<SeriesEntry> all = new ArrayList<>(series.subList(0, series.size() - 1));
    Attributes more = last.attributes().with(name, value);
    all.add(new SeriesEntry(last.id(), last.series(), more));
    return withSeries(all);
  }

  /** Folds the last series. */
  FileShape folded(double period) {
    SeriesEntry last = series.get(series.size() - 1);
    List<SeriesEntry> all = new ArrayList<>(series.subList(0, series.size() - 1));
    all.add(new SeriesEntry(last.id(), last.series().foldedBy(period), last.attributes()));
    return withSeries(all);
  }

  FileShape dropping(long rows) {
    return new FileShape(kind, fileName, bytes, options, series, rows);
  }

  FileShape with(SeriesEntry entry) {
    List<SeriesEntry> all = new ArrayList<>(series);
    all.add(entry);
    return withSeries(all);
  }

  private FileShape withSeries(List<SeriesEntry> all) {
    return new FileShape(kind, fileName, bytes, options, List.copyOf(all), dropped);
  }

  static double[] at(double... times) {
    return times;
  }

  @Override
  public String toString() {
    return kind;
  }
}

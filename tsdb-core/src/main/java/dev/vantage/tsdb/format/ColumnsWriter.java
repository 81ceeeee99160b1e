package dev.vantage.tsdb.format;

import dev.vantage.tsdb.format.table.Numbers;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.io.Writer;
import java.util.Objects;

/**
 * Writes the points of a series so that {@link FileFormat#COLUMNS} reads back equal points.
 * Thread-safe.
 */
public final class ColumnsWriter {
  private ColumnsWriter() {}

  /**
   * Writes a line for each point, in the order given: time, tab, value. Evenly spaced values get
   * the times {@code k / size}. A period is not part of the format. Cost: linear time, and memory
   * for one copy of the points.
   *
   * @param series the points
   * @param out the destination; neither flushed nor closed
   * @throws IOException if writing fails
   */
  public static void write(TimeSeries series, Writer out) throws IOException {
    Objects.requireNonNull(series, "series");
    Objects.requireNonNull(out, "out");
    double[] times = series.times();
    double[] values = series.values();
    StringBuilder line = new StringBuilder();
    for (int k = 0; k < times.length; k++) {
      line.setLength(0);
      Numbers.append(line, times[k]);
      line.append('\t');
      Numbers.append(line, values[k]);
      out.append(line.append('\n'));
    }
  }
}

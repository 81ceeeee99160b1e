package dev.vantage.tsdb.language;

import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;

/** Reads series from files of the host. A host without files gives none. */
@FunctionalInterface
public interface Files {
  /**
   * Reads a file in the format {@code columns}.
   *
   * @param name the name of the file, as the program writes it
   * @return the series
   * @throws IOException if the file cannot be read; the message says why
   * @throws dev.vantage.tsdb.series.InvalidSeriesException if its points are not a series
   */
  TimeSeries read(String name) throws IOException;
}

package dev.vantage.tsdb.format;

import dev.vantage.tsdb.series.SeriesEntry;

/**
 * Receives the series and errors of a file, in the order of the file and on the reading thread. An
 * exception of these methods ends the reading and is passed to its caller.
 */
public interface SeriesSink {
  /**
   * Receives a series.
   *
   * @param entry the series, its id and attributes
   * @param line the line where the series begins, counted from 1, for errors found later
   */
  void accept(SeriesEntry entry, long line);

  /**
   * Receives the error of a row or file that is rejected.
   *
   * @param error the place and the reason
   */
  void reject(FormatError error);
}

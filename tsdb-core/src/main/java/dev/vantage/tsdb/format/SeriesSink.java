package dev.vantage.tsdb.format;

import dev.vantage.tsdb.series.SeriesEntry;

/**
 * Takes what a reader finds, in the order of the file and on the thread that reads. What these
 * methods throw ends the reading and reaches its caller.
 */
public interface SeriesSink {
  /**
   * Takes a series.
   *
   * @param entry the series, its id and attributes
   * @param line the line where it begins, counted from 1, for errors found later
   */
  void accept(SeriesEntry entry, long line);

  /**
   * Takes the reason why there is no series.
   *
   * @param error the place and the reason
   */
  void reject(FormatError error);
}

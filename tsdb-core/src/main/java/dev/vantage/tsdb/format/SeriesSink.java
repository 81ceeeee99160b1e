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
   * @param origin the line where the series begins, for errors found later
   */
  void accept(SeriesEntry entry, SourceLine origin);

  /**
   * Receives the error of a line or file that is rejected.
   *
   * @param error the place and the reason
   */
  void reject(FormatError error);

  /**
   * Receives the error of a further bad line of a file, after as many as people read have been
   * passed to {@link #reject}.
   *
   * @param error the place and the reason; it refuses no further series
   */
  default void rejectFurther(FormatError error) {}

  /**
   * Receives the header of a table before its series and errors. Tables without a header have none.
   *
   * @param header the line with the names of the columns
   */
  default void began(SourceLine header) {}

  /**
   * Receives the report of a file after its last series.
   *
   * @param report what was read and left out
   */
  default void finished(FileReport report) {}
}

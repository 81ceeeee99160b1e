package dev.vantage.tsdb.format;

import dev.vantage.tsdb.series.InvalidAttributeException;
import dev.vantage.tsdb.series.InvalidIdException;
import dev.vantage.tsdb.series.InvalidSeriesException;
import dev.vantage.tsdb.series.SeriesEntry;

/** Passes the entries and errors of one file to a sink. Not thread-safe. */
final class Output {
  /** Makes an entry from a row. */
  @FunctionalInterface
  interface EntryMaker {
    SeriesEntry make() throws BadRowException;
  }

  private final String file;
  private final SeriesSink sink;

  Output(String file, SeriesSink sink) {
    this.file = file;
    this.sink = sink;
  }

  /** Passes on the entry, or the error if the row is bad. */
  void offer(long line, EntryMaker maker) {
    SeriesEntry entry;
    try {
      entry = maker.make();
    } catch (BadRowException
        | InvalidSeriesException
        | InvalidIdException
        | InvalidAttributeException e) {
      reject(line, e.getMessage());
      return;
    }
    // Outside of the try: an exception of the sink is not an error of the row.
    sink.accept(entry, line);
  }

  void reject(long line, String reason) {
    sink.reject(new FormatError(file, line, reason));
  }
}

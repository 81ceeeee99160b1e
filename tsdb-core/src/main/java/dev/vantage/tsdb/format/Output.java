package dev.vantage.tsdb.format;

import dev.vantage.tsdb.series.InvalidAttributeException;
import dev.vantage.tsdb.series.InvalidIdException;
import dev.vantage.tsdb.series.InvalidSeriesException;
import dev.vantage.tsdb.series.SeriesEntry;

/** Turns what readers find in one file into entries and errors for a sink. */
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

  /** Hands over the entry, or the reason why the row is none. */
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
    // Outside of the try: what the sink throws is not the row's fault.
    sink.accept(entry, line);
  }

  void reject(long line, String reason) {
    sink.reject(new FormatError(file, line, reason));
  }
}

package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.format.ReadOptions;
import dev.vantage.tsdb.series.SeriesEntry;
import java.util.List;

/**
 * The one series of a file. Immutable.
 *
 * @param entry the series as the file has it
 * @param options how it was read
 * @param notes lines that say how it was read, if that is not plain
 */
record FileSeries(SeriesEntry entry, ReadOptions options, List<String> notes) {
  FileSeries {
    notes = List.copyOf(notes);
  }
}

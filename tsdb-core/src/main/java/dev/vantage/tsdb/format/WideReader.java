package dev.vantage.tsdb.format;

import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.util.List;

/** Reads one series from each row. Thread-safe. */
final class WideReader implements FormatReader {
  private final FirstColumn firstColumn;

  WideReader(FirstColumn firstColumn) {
    this.firstColumn = firstColumn;
  }

  @Override
  public void read(Source source, Output output) throws IOException, BadFileException {
    LineReader lines = source.lines();
    long rows = 0;
    while (lines.next()) {
      rows++;
      String ownId = source.name() + "-" + rows;
      output.offer(lines.number(), () -> entry(lines.text(), ownId));
    }
    if (rows == 0) {
      throw BadFileException.withoutData(lines.number());
    }
  }

  private SeriesEntry entry(String row, String ownId) throws BadRowException {
    List<String> fields = FieldSplitter.ofWideRow(row);
    int from = firstColumn == FirstColumn.VALUE ? 0 : 1;
    TimeSeries series = TimeSeries.ofValues(Numbers.parseValues(fields, from));
    String first = fields.get(0);
    return switch (firstColumn) {
      case ID -> new SeriesEntry(id(row, first), series);
      case VALUE -> new SeriesEntry(ownId, series);
      case LABEL -> new SeriesEntry(ownId, series, Labels.attribute(first));
    };
  }

  /** Returns the id of a row. An id before a tab may begin or end with a space. */
  private static String id(String row, String first) {
    int tab = row.indexOf('\t');
    return tab < 0 ? first : row.substring(0, tab);
  }
}

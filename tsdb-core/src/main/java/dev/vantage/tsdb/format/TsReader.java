package dev.vantage.tsdb.format;

import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.util.List;

/** Reads files of the aeon and sktime toolkits. Thread-safe. */
final class TsReader implements FormatReader {
  @Override
  public void read(Source source, Output output) throws IOException, BadFileException {
    LineReader lines = source.lines();
    TsHeader header = TsHeader.read(lines);
    long rows = 0;
    while (lines.next()) {
      if (!isComment(lines.text())) {
        rows++;
        String id = source.name() + "-" + rows;
        output.offer(lines.number(), () -> entry(lines.text(), id, header.isLabelled()));
      }
    }
    if (rows == 0) {
      throw BadFileException.withoutData(lines.number());
    }
  }

  static boolean isComment(String line) {
    return line.stripLeading().startsWith("#");
  }

  private static SeriesEntry entry(String row, String id, boolean isLabelled)
      throws BadRowException {
    List<String> parts = FieldSplitter.split(row, ':');
    int dimensions = parts.size() - (isLabelled ? 1 : 0);
    if (dimensions == 0) {
      throw new BadRowException("row must end with a colon and its label: colons=0");
    }
    if (dimensions > 1) {
      throw new BadRowException(
          "series must have 1 dimension: dimensions=" + dimensions + ", labelled=" + isLabelled);
    }
    List<String> values = FieldSplitter.split(parts.get(0), ',');
    TimeSeries series = TimeSeries.ofValues(Numbers.parseValues(values, 0));
    return new SeriesEntry(
        id, series, isLabelled ? Labels.attribute(parts.get(1)) : Attributes.none());
  }
}

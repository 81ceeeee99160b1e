package dev.vantage.tsdb.format;

import dev.vantage.tsdb.format.table.BadFileException;
import dev.vantage.tsdb.format.table.BadRowException;
import dev.vantage.tsdb.format.table.DecimalMark;
import dev.vantage.tsdb.format.table.FieldSplitter;
import dev.vantage.tsdb.format.table.LineReader;
import dev.vantage.tsdb.format.table.Numbers;
import dev.vantage.tsdb.format.table.TextSource;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads files of the aeon and sktime toolkits. Thread-safe. */
final class TsReader implements FormatReader {
  private final ReadOptions options;

  TsReader(ReadOptions options) {
    this.options = options;
  }

  @Override
  public void read(TextSource source, Output output) throws IOException, BadFileException {
    LineReader lines = source.lines();
    lines.skip(options.skippedLines());
    TsHeader header = TsHeader.read(lines);
    int dimension = options.get(ReadOption.DIMENSION, Integer.class).orElse(0);
    if (dimension == 0) {
      header.checkUnivariate();
    }
    output.readAs(
        "ts ("
            + (header.isTimed() ? "times, " : "")
            + (header.isLabelled() ? "label, " : "")
            + "values)");
    PeriodChoice periods = new PeriodChoice(options, DecimalMark.POINT, output);
    long rows = 0;
    while (lines.next()) {
      if (!isComment(lines.text())) {
        rows++;
        String id = source.name() + "-" + rows;
        Row row = new Row(lines.text(), header, dimension, output);
        output.offer(
            output.at(lines.number(), lines.text()),
            id,
            "",
            () -> row.toSeries(id, source, periods));
      }
    }
    if (rows == 0) {
      throw BadFileException.withoutData(lines.number());
    }
  }

  static boolean isComment(String line) {
    String text = line.stripLeading();
    return text.startsWith("#") || text.startsWith("%");
  }

  /** The times and values of a row. */
  private record Points(double[] times, double[] values) {}

  /** A row of data. */
  private final class Row {
    private final List<String> parts;
    private final TsHeader header;
    private final int dimension;
    private final Output output;

    Row(String text, TsHeader header, int dimension, Output output) {
      this.parts = header.isTimed() ? splitOutsideBrackets(text, ':') : split(text);
      this.header = header;
      this.dimension = dimension;
      this.output = output;
    }

    MadeSeries toSeries(String id, TextSource source, PeriodChoice periods) throws BadRowException {
      List<String> values = splitOutsideBrackets(part(), ',');
      MissingValues missing = options.missing(MissingValues.REFUSE);
      Attributes attributes =
          header.isLabelled() ? Labels.attribute(parts.get(parts.size() - 1)) : Attributes.none();
      if (!header.isTimed()) {
        double[] numbers = ValueRow.parse(values, DecimalMark.POINT, options, output);
        TimeSeries series = TimeSeries.ofValues(numbers);
        return MadeSeries.of(
            new SeriesEntry(
                id,
                periods.fold(series, keys(id), source, Optional.empty(), Optional.empty()),
                attributes));
      }
      PointTimes times = new PointTimes(DecimalMark.POINT);
      Points points = timed(values, missing, times);
      Optional<Instant> origin = times.sinceEarliest(points.times());
      TimeSeries series = TimeSeries.of(points.times(), points.values());
      return new MadeSeries(
          new SeriesEntry(
              id,
              periods.fold(series, keys(id), source, Optional.empty(), Optional.empty()),
              attributes),
          "",
          origin);
    }

    private static List<String> keys(String id) {
      return List.of(id, "", "");
    }

    /** Returns the dimension to read. */
    private String part() throws BadRowException {
      int dimensions = parts.size() - (header.isLabelled() ? 1 : 0);
      if (dimensions == 0) {
        throw new BadRowException("row must end with a colon and its label: colons=0");
      }
      if (dimension == 0 && dimensions > 1) {
        throw new BadRowException(
            "series must have 1 dimension: dimensions="
                + dimensions
                + ", labelled="
                + header.isLabelled()
                + "; hint: --dimension N takes one dimension");
      }
      if (dimension > dimensions) {
        throw new BadRowException(
            "dimension must be from 1 to " + dimensions + ": dimension=" + dimension);
      }
      return parts.get(Math.max(0, dimension - 1));
    }

    private Points timed(List<String> points, MissingValues missing, PointTimes times)
        throws BadRowException {
      double[] at = new double[points.size()];
      double[] values = new double[points.size()];
      boolean hasGaps = false;
      for (int k = 0; k < at.length; k++) {
        int place = k + 1;
        String point = points.get(k);
        int comma = point.lastIndexOf(',');
        if (!point.startsWith("(") || !point.endsWith(")") || comma < 0) {
          throw new BadRowException(
              "value " + place + " must be (time,value): text=" + Numbers.quote(point));
        }
        at[k] = times.parse(FieldSplitter.strip(point.substring(1, comma)), () -> "time " + place);
        String value = FieldSplitter.strip(point.substring(comma + 1, point.length() - 1));
        boolean isGap = Numbers.isMissing(value);
        values[k] = isGap ? Double.NaN : Numbers.parse(value, () -> "value " + place);
        hasGaps |= isGap;
      }
      return hasGaps ? withoutGaps(at, values, points, missing) : new Points(at, values);
    }

    private Points withoutGaps(
        double[] at, double[] values, List<String> points, MissingValues missing)
        throws BadRowException {
      double[] ended = options.refusesEnds() ? values : ValueRow.withoutEnd(values);
      double[] times = Arrays.copyOf(at, ended.length);
      if (ended.length < values.length) {
        output.note("series that end before missing values");
      }
      for (int k = 0; k < ended.length; k++) {
        if (Double.isNaN(ended[k]) && (k == 0 || missing != MissingValues.INTERPOLATE)) {
          throw ValueRow.absent(points.get(k), k + 1);
        }
      }
      if (Arrays.stream(ended).anyMatch(Double::isNaN)) {
        output.note("series with interpolated values");
        ValueRow.interpolate(times, ended);
      }
      return new Points(times, ended);
    }
  }

  private static List<String> split(String text) {
    return FieldSplitter.split(text, ':');
  }

  private static List<String> splitOutsideBrackets(String text, char separator) {
    if (text.indexOf('(') < 0) {
      return FieldSplitter.split(text, separator);
    }
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == separator && depth == 0) {
        parts.add(FieldSplitter.strip(text.substring(from, i)));
        from = i + 1;
      }
    }
    parts.add(FieldSplitter.strip(text.substring(from)));
    return parts;
  }
}

package dev.vantage.tsdb.format;

import dev.vantage.tsdb.series.SeriesEntry;
import java.io.IOException;
import java.util.regex.Pattern;

/** Reads one series from two columns. Thread-safe. */
final class ColumnsReader implements FormatReader {
  private static final Pattern SEPARATOR = Pattern.compile("[ \t]*[,;][ \t]*|[ \t]+");

  @Override
  public void read(Source source, Output output) throws IOException, BadFileException {
    LineReader lines = source.lines();
    BadLines badLines = new BadLines(output);
    PointList points = new PointList();
    boolean isFirst = true;
    while (lines.next()) {
      String text = withoutComment(lines.text());
      if (!text.isEmpty()) {
        String[] fields = SEPARATOR.split(text, -1);
        if (!isFirst || !isHeader(fields)) {
          addPoint(fields, lines.number(), points, badLines);
        }
        isFirst = false;
      }
    }
    if (badLines.isEmpty()) {
      if (points.isEmpty()) {
        throw BadFileException.withoutData(lines.number());
      }
      output.offer(points.firstLine(), () -> new SeriesEntry(source.name(), points.toSeries()));
    }
  }

  private static String withoutComment(String line) {
    int comment = line.indexOf('#');
    return (comment < 0 ? line : line.substring(0, comment)).strip();
  }

  /** Says whether a line is a header. A point without time and value is not one. */
  private static boolean isHeader(String[] fields) {
    boolean hasLetter = false;
    for (String field : fields) {
      if (Numbers.isNumeric(field)) {
        return false;
      }
      hasLetter |= field.codePoints().anyMatch(Character::isLetter);
    }
    return hasLetter;
  }

  private static void addPoint(String[] fields, long line, PointList points, BadLines badLines) {
    try {
      if (fields.length != 2) {
        throw new BadRowException(
            "line must have 2 columns, time and value: columns=" + fields.length);
      }
      double time = Numbers.parse(fields[0], () -> "time");
      points.add(line, time, Numbers.parse(fields[1], () -> "value"));
    } catch (BadRowException e) {
      badLines.add(line, e.getMessage());
    }
  }
}

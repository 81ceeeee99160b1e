package dev.vantage.tsdb.format;

import dev.vantage.tsdb.format.table.BadFileException;
import dev.vantage.tsdb.format.table.LineReader;
import dev.vantage.tsdb.format.table.Numbers;
import java.io.IOException;
import java.util.Locale;

/** The header of a ts file: the lines that begin with {@code @}. Immutable once it is read. */
final class TsHeader {
  private boolean labelled;
  private boolean timed;
  private int dimensions = 1;
  private boolean univariate = true;
  private long dimensionLine = 1;

  private TsHeader() {}

  /** Reads the header up to the line {@code @data}, included. */
  static TsHeader read(LineReader lines) throws IOException, BadFileException {
    TsHeader header = new TsHeader();
    while (lines.next()) {
      String line = lines.text().strip();
      if (TsReader.isComment(line)) {
        continue;
      }
      if (!line.startsWith("@")) {
        throw new BadFileException(
            lines.number(), "ts file must have @data before its rows: line=" + Numbers.quote(line));
      }
      String[] words = line.substring(1).split("[ \t]+", 3);
      String key = words[0].toLowerCase(Locale.ROOT);
      if (key.equals("data")) {
        return header;
      }
      header.set(key, words.length < 2 ? "" : words[1], lines.number());
    }
    throw lines.number() == 0
        ? BadFileException.withoutData(0)
        : new BadFileException(
            lines.number(), "ts file must have @data before its rows: data=none");
  }

  boolean isLabelled() {
    return labelled;
  }

  /** Says whether each value has a time, as {@code (time,value)}. */
  boolean isTimed() {
    return timed;
  }

  /** Refuses series of several dimensions if no dimension is chosen. */
  void checkUnivariate() throws BadFileException {
    if (!univariate) {
      throw new BadFileException(
          dimensionLine,
          "series in a ts file must be univariate"
              + (dimensions > 1 ? ": dimensions=" + dimensions : "")
              + "; hint: --dimension N takes one dimension");
    }
  }

  private void set(String key, String value, long line) throws BadFileException {
    switch (key) {
      case "timestamps" -> timed = isTrue(key, value, line);
      case "univariate" -> setUnivariate(isTrue(key, value, line), line);
      case "dimension", "dimensions" -> setDimensions(value, line);
      case "classlabel", "targetlabel" -> labelled |= isTrue(key, value, line);
      default -> {
        // Other entries make no difference to how a row is read.
      }
    }
  }

  private void setDimensions(String value, long line) {
    try {
      dimensions = Integer.parseInt(value);
    } catch (NumberFormatException e) {
      dimensions = 0;
    }
    setUnivariate(dimensions == 1, line);
  }

  private void setUnivariate(boolean is, long line) {
    if (!is && univariate) {
      univariate = false;
      dimensionLine = line;
    }
  }

  private static boolean isTrue(String key, String value, long line) throws BadFileException {
    boolean result = value.equalsIgnoreCase("true");
    if (!result && !value.equalsIgnoreCase("false")) {
      throw new BadFileException(
          line, "@" + key + " must be true or false: text=" + Numbers.quote(value));
    }
    return result;
  }
}

package dev.vantage.tsdb.format;

import java.io.IOException;
import java.util.Locale;

/** The header of a ts file: the lines that begin with {@code @}. Immutable. */
final class TsHeader {
  private boolean labelled;

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

  private void set(String key, String value, long line) throws BadFileException {
    switch (key) {
      case "timestamps" -> require(!isTrue(key, value, line), "not have time stamps", line);
      case "univariate" -> require(isTrue(key, value, line), "be univariate", line);
      case "dimension", "dimensions" -> require(value.equals("1"), "be univariate", line);
      case "classlabel", "targetlabel" -> labelled |= isTrue(key, value, line);
      default -> {
        // Other entries make no difference to how a row is read.
      }
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

  private static void require(boolean holds, String rule, long line) throws BadFileException {
    if (!holds) {
      throw new BadFileException(line, "series in a ts file must " + rule);
    }
  }
}

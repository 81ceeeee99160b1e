package dev.vantage.tsdb.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads rows of comma-separated values under a header. Not thread-safe. */
final class CsvTable {
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT
          .builder()
          .setCommentMarker('#')
          .setIgnoreSurroundingSpaces(true)
          .setIgnoreEmptyLines(true)
          .get();

  private static final int LONGEST_HEADER = 1 << 16;

  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final List<String> header;
  private List<String> row = List.of();
  private long line;

  private CsvTable(CSVParser parser) throws IOException, BadFileException {
    this.parser = parser;
    this.records = parser.iterator();
    if (!next()) {
      throw BadFileException.withoutData(line);
    }
    this.header = row;
  }

  /** Opens a table and reads its header. */
  // The parser is not closed: that would close the stream, which belongs to the caller.
  @SuppressWarnings("resource")
  static CsvTable of(Source source) throws IOException, BadFileException {
    return new CsvTable(CSVParser.builder().setReader(source.characters()).setFormat(FORMAT).get());
  }

  /**
   * Opens a table and reads its header. The separator is the tab if the header has one, else comma.
   */
  @SuppressWarnings("resource")
  static CsvTable ofCommasOrTabs(Source source) throws IOException, BadFileException {
    String start = new String(source.peek(LONGEST_HEADER), StandardCharsets.ISO_8859_1);
    boolean hasTab =
        start
            .lines()
            .filter(line -> !line.isBlank() && !line.stripLeading().startsWith("#"))
            .findFirst()
            .filter(header -> header.indexOf('\t') >= 0)
            .isPresent();
    CSVFormat format = hasTab ? FORMAT.builder().setDelimiter('\t').get() : FORMAT;
    return new CsvTable(CSVParser.builder().setReader(source.characters()).setFormat(format).get());
  }

  /** Moves to the next row; false at the end of the file. */
  boolean next() throws IOException, BadFileException {
    try {
      boolean hasNext = records.hasNext();
      line = parser.getCurrentLineNumber();
      row = hasNext ? records.next().toList() : List.of();
      return hasNext;
    } catch (UncheckedIOException e) {
      // All rows before it have been read, so the bad row begins on the next line or shortly after.
      if (e.getCause() instanceof CSVException) {
        throw new BadFileException(line + 1, "file must be well-formed CSV: quotes do not match");
      }
      if (e.getCause() instanceof CharacterCodingException) {
        throw new BadFileException(
            line + 1, "file must be UTF-8: found=" + e.getCause().getMessage());
      }
      throw e.getCause();
    }
  }

  /**
   * Returns the last line of the current row; at the end of the file, the last line of the file.
   */
  long line() {
    return line;
  }

  List<String> header() {
    return header;
  }

  /** Returns the index of a column. */
  int column(String name) throws BadFileException {
    int count = Collections.frequency(header, name);
    if (count != 1) {
      throw new BadFileException(
          line,
          "header must name the column once: column="
              + Numbers.quote(name)
              + ", times named="
              + count
              + ", header="
              + Numbers.quote(String.join(",", header)));
    }
    return header.indexOf(name);
  }

  /** Returns a field of the current row. */
  String field(int column) throws BadRowException {
    if (column >= row.size()) {
      throw new BadRowException(
          "row must reach to column "
              + Numbers.quote(header.get(column))
              + ": columns="
              + row.size());
    }
    return row.get(column);
  }
}

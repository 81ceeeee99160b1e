package dev.vantage.tsdb.format.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.QuoteMode;

/**
 * Splits rows into fields, which are stripped and unquoted. Immutable. A row without quotes needs
 * no parser; the others are left to commons-csv.
 */
public final class FieldSplitter {
  private static final Pattern ARFF_COMMENT = Pattern.compile("\\s%.*$");
  private static final char NO_BREAK_SPACE = '\u00a0';

  private final Separator separator;
  private final char quote;
  private final CSVFormat quoted;

  FieldSplitter(Separator separator, char quote) {
    this.separator = separator;
    this.quote = quote;
    // commons-csv returns null for an empty unquoted field; a run of blanks yields many of these,
    // which are skipped.
    this.quoted =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(separator.mark())
            .setQuote(quote)
            .setIgnoreSurroundingSpaces(true)
            .setQuoteMode(QuoteMode.ALL_NON_NULL)
            .setNullString("")
            .get();
  }

  /**
   * Splits a row of an ARFF file, whose quotes are either apostrophes or quotation marks, with
   * backslashes before quotes inside. A percent sign behind a blank begins a comment.
   */
  public static Optional<List<String>> ofArff(String row) {
    char quote = row.indexOf('\'') < 0 ? '"' : '\'';
    String doubled = row.replace("\\" + quote, "" + quote + quote);
    Matcher comment = ARFF_COMMENT.matcher(doubled);
    String data = comment.find() && doubled.indexOf(quote) < 0 ? comment.replaceAll("") : doubled;
    return new FieldSplitter(Separator.COMMA, quote).split(data);
  }

  /** Splits a row as its quotes say; empty if they do not match. */
  Optional<List<String>> split(String row) {
    return row.indexOf(quote) < 0 ? Optional.of(splitPlainly(row)) : splitQuoted(row);
  }

  private Optional<List<String>> splitQuoted(String row) {
    boolean isBlank = separator == Separator.BLANKS;
    String line = isBlank ? strip(row).replace('\t', ' ').replace(NO_BREAK_SPACE, ' ') : row;
    try (CSVParser parser = CSVParser.parse(line, quoted)) {
      Iterator<CSVRecord> records = parser.iterator();
      if (!records.hasNext()) {
        return Optional.of(List.of(""));
      }
      List<String> fields = new ArrayList<>();
      for (String field : records.next()) {
        if (field != null || !isBlank) {
          fields.add(unpadded(Objects.requireNonNullElse(field, "")));
        }
      }
      return records.hasNext() ? Optional.empty() : Optional.of(fields);
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  /** Strips a number in quotes; other texts in quotes keep their blanks. */
  private static String unpadded(String field) {
    String stripped = strip(field);
    return stripped.length() < field.length() && isNumeric(stripped) ? stripped : field;
  }

  private static boolean isNumeric(String field) {
    return Arrays.stream(DecimalMark.values()).anyMatch(mark -> Numbers.isNumeric(field, mark));
  }

  /** Splits a row at every separator; quotes have no meaning. */
  List<String> splitPlainly(String row) {
    return separator == Separator.BLANKS ? splitAtBlanks(row) : split(row, separator.mark());
  }

  /** Splits at every separator and strips the fields. Returns at least one field. */
  public static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int to = text.indexOf(separator); to >= 0; to = text.indexOf(separator, from)) {
      parts.add(strip(text, from, to));
      from = to + 1;
    }
    parts.add(strip(text, from, text.length()));
    return parts;
  }

  private static List<String> splitAtBlanks(String row) {
    List<String> parts = new ArrayList<>();
    int length = row.length();
    int from = 0;
    while (from < length) {
      int to = from;
      while (to < length && !isBlank(row.charAt(to))) {
        to++;
      }
      if (to > from) {
        parts.add(row.substring(from, to));
      }
      from = to + 1;
    }
    if (parts.isEmpty()) {
      parts.add("");
    }
    return parts;
  }

  /** Removes blanks at both ends. */
  public static String strip(String text) {
    return strip(text, 0, text.length());
  }

  private static String strip(String text, int begin, int end) {
    int from = begin;
    int to = end;
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (from < to && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == NO_BREAK_SPACE || Character.isWhitespace(c);
  }
}

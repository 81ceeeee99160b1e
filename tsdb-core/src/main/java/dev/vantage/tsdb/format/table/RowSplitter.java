package dev.vantage.tsdb.format.table;

import java.util.List;
import java.util.Optional;

/**
 * Splits the rows of one table into fields. Immutable. Fields are separated as the dialect says, or
 * have fixed widths in an IPAC table. Where blanks separate fields, a date and the time of day
 * behind it are one field.
 */
final class RowSplitter {
  private final Dialect dialect;
  private final Optional<FieldSplitter> splitter;
  private final Optional<FixedWidths> widths;

  private RowSplitter(Dialect dialect, Optional<FixedWidths> widths) {
    this.dialect = dialect;
    this.splitter = dialect.splitter();
    this.widths = widths;
  }

  /**
   * Finds out how rows are written.
   *
   * @param rows the first rows, with the header
   * @param line the line of the first one
   */
  static RowSplitter of(List<String> rows, TableOptions options, long line)
      throws BadFileException {
    Optional<FixedWidths> widths = ipacWidths(rows, options);
    List<String> data =
        widths.isEmpty() ? rows : rows.stream().filter(row -> !FixedWidths.isHeader(row)).toList();
    try {
      return new RowSplitter(
          DialectFinder.find(data, options.separator(), options.decimalMark()), widths);
    } catch (BadRowException e) {
      throw new BadFileException(line, e.getMessage());
    }
  }

  /** Finds the fixed columns of an IPAC table, whose rows, unlike its header, have no bars. */
  private static Optional<FixedWidths> ipacWidths(List<String> rows, TableOptions options) {
    boolean isIpac =
        options.separator().isEmpty()
            && !rows.isEmpty()
            && FixedWidths.isHeader(rows.get(0))
            && rows.stream().anyMatch(row -> !FixedWidths.isHeader(row));
    return isIpac
        ? FixedWidths.of(rows.stream().takeWhile(FixedWidths::isHeader).toList())
        : Optional.empty();
  }

  Dialect dialect() {
    return dialect;
  }

  /** Says whether columns have fixed widths, as in an IPAC table. */
  boolean hasFixedWidths() {
    return widths.isPresent();
  }

  boolean separatesAtBlanks() {
    return dialect.separator().equals(Optional.of(Separator.BLANKS));
  }

  /** Splits a row. */
  Dialect.Fields split(String row) {
    if (widths.isPresent()) {
      return new Dialect.Fields(widths.get().split(row).orElseGet(() -> List.of(row)), true);
    }
    Dialect.Fields found = splitPlainly(row);
    return separatesAtBlanks()
        ? new Dialect.Fields(Clocks.join(found.texts()), found.quotesMatch())
        : found;
  }

  /** Splits a row of a table without fixed widths, and leaves dates and times of day apart. */
  Dialect.Fields splitPlainly(String row) {
    return dialect.split(row, splitter);
  }

  /** Says whether a field is a number, a date or the mark of a missing number. */
  boolean isData(String field) {
    return Numbers.isMissing(field) && !field.isEmpty()
        || Numbers.isNumber(field, dialect.decimalMark())
        || TimeText.isMoment(field);
  }
}

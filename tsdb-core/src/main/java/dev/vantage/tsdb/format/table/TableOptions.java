package dev.vantage.tsdb.format.table;

import java.util.Optional;

/**
 * How to read a table. Immutable.
 *
 * @param separator what separates fields, or empty to find out
 * @param decimalMark the mark of decimals, or empty to find out
 * @param skippedLines how many lines come before the table
 * @param headers which rows are headers
 * @param lengths whether rows may have different numbers of fields
 * @param comments where comments may begin
 */
public record TableOptions(
    Optional<Separator> separator,
    Optional<DecimalMark> decimalMark,
    long skippedLines,
    Headers headers,
    Lengths lengths,
    Comments comments) {

  /** Which rows are headers. */
  public enum Headers {
    /** The first row. */
    FIRST_ROW,
    /** The first row, if none of its fields is a number; then perhaps rows of units. */
    WITHOUT_NUMBERS,
    /** The first row, if none of its fields after the first one is a number. */
    WITHOUT_VALUES
  }

  /** Whether rows may have different numbers of fields. */
  public enum Lengths {
    /** No. */
    EQUAL,
    /** Yes. Empty fields at the ends of all rows, or of rows longer than a header, are nothing. */
    ANY,
    /** Yes, and every empty field counts. */
    ANY_WITH_EMPTY
  }

  /** Where comments may begin. */
  public enum Comments {
    /** At the start of a line. */
    LINES,
    /** At the start of a line, or after a blank at a number sign. */
    LINES_AND_ENDS
  }

  /** A table of facts, whose first line says what separates its columns. */
  public static TableOptions ofFacts(Separator separator, DecimalMark mark, Headers headers) {
    return new TableOptions(
        Optional.of(separator), Optional.of(mark), 0, headers, Lengths.ANY, Comments.LINES);
  }
}

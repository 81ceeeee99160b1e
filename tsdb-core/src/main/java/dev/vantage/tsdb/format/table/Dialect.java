package dev.vantage.tsdb.format.table;

import java.util.List;
import java.util.Optional;

/**
 * How the rows of a table are written. Immutable.
 *
 * @param separator what separates fields, or empty if rows use different separators
 * @param quote the character around quoted fields
 * @param decimalMark the mark of decimals in all columns
 */
record Dialect(Optional<Separator> separator, char quote, DecimalMark decimalMark) {

  /** The fields of a row, and whether its quotes match. */
  record Fields(List<String> texts, boolean quotesMatch) {}

  /** Splits rows, each at its own separator if they use different ones. */
  Fields split(String row, Optional<FieldSplitter> splitter) {
    FieldSplitter by = splitter.orElseGet(() -> splitter(DialectFinder.ofRow(row, quote)));
    Optional<List<String>> fields = by.split(row);
    return fields.isPresent()
        ? new Fields(fields.get(), true)
        : new Fields(by.splitPlainly(row), false);
  }

  /** The splitter of all rows, or empty if rows use different separators. */
  Optional<FieldSplitter> splitter() {
    return separator.map(this::splitter);
  }

  private FieldSplitter splitter(Separator one) {
    return new FieldSplitter(one, quote);
  }
}

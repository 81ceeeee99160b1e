package dev.vantage.tsdb.cli;

import java.util.Iterator;
import java.util.List;

/**
 * Rows under named columns.
 *
 * @param header the names of the columns
 * @param rows the rows, each as long as the header; read once
 */
record Table(List<String> header, Iterator<List<String>> rows) {
  Table {
    header = List.copyOf(header);
  }

  static Table of(List<String> header, List<List<String>> rows) {
    return new Table(header, rows.iterator());
  }

  /** Creates a table with one row. */
  static Table ofOne(List<String> header, List<String> row) {
    return of(header, List.of(row));
  }
}

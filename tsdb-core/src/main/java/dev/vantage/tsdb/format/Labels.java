package dev.vantage.tsdb.format;

import dev.vantage.tsdb.format.table.BadRowException;
import dev.vantage.tsdb.series.Attributes;

/** Turns the class label of a row into an attribute. Thread-safe. */
final class Labels {
  private Labels() {}

  /** Returns the label as an attribute. */
  static Attributes attribute(String label) throws BadRowException {
    if (label.isEmpty()) {
      throw new BadRowException("label must not be empty: label=''");
    }
    return Attributes.none().with(PointColumns.LABEL, label);
  }
}

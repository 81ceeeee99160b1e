package dev.vantage.tsdb.format;

import dev.vantage.tsdb.series.Attributes;

/** Turns the class label of a row into an attribute. Thread-safe. */
final class Labels {
  private static final String ATTRIBUTE = "label";

  private Labels() {}

  /** Returns the label as an attribute. */
  static Attributes attribute(String label) throws BadRowException {
    if (label.isEmpty()) {
      throw new BadRowException("label must not be empty: label=''");
    }
    return Attributes.none().with(ATTRIBUTE, label);
  }
}

package dev.vantage.tsdb.format;

import java.util.Locale;
import java.util.Objects;

/** The meaning of the first column of a wide file. */
public enum FirstColumn {
  /** The id of the series. */
  ID,
  /** A class label, kept as the text attribute {@code label}. */
  LABEL,
  /** The first value. */
  VALUE;

  /** {@return the name that users write, in lower case} */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a name.
   *
   * @param label {@code id}, {@code label} or {@code value}, in any case
   * @return the meaning of that name
   * @throws IllegalArgumentException if no meaning has that name
   */
  public static FirstColumn ofLabel(String label) {
    Objects.requireNonNull(label, "label");
    for (FirstColumn column : values()) {
      if (column.label().equals(label.toLowerCase(Locale.ROOT))) {
        return column;
      }
    }
    throw new IllegalArgumentException(
        "first column must be id, label or value: first column=" + label);
  }
}

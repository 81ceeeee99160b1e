package dev.vantage.tsdb.tree;

/** The one order of everything here: by key, and equal keys by ordinal. */
final class KeyOrder {
  private KeyOrder() {}

  /** Compares keys as numbers, so that -0.0 equals 0.0 as it does in a range. */
  static boolean isBefore(double key, int ordinal, double otherKey, int otherOrdinal) {
    return key < otherKey || (key == otherKey && ordinal < otherOrdinal);
  }
}

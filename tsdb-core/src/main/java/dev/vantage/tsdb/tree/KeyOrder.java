package dev.vantage.tsdb.tree;

/** The order of all trees of this package: by key, equal keys by ordinal. Thread-safe. */
final class KeyOrder {
  private KeyOrder() {}

  /** Compares keys as numbers, so that -0.0 equals 0.0 as it does in a range. */
  static boolean isBefore(double key, int ordinal, double otherKey, int otherOrdinal) {
    return key < otherKey || (key == otherKey && ordinal < otherOrdinal);
  }
}

package dev.vantage.tsdb.index;

import dev.vantage.tsdb.tree.RedBlackTree;

/** Checks the invariants of a state of an index. Thread-safe. */
final class IndexInvariants {
  private IndexInvariants() {}

  /**
   * Compares trees, tables and directory with each other.
   *
   * @throws IllegalStateException if they disagree; the message says where
   */
  static void check(IndexState state) {
    LiveOrdinals live = state.live();
    VantageTable vantage = state.vantage();
    for (int v = 0; v < vantage.size(); v++) {
      RedBlackTree tree = vantage.tree(v);
      tree.checkInvariants();
      check(tree.size() == live.count(), "a tree holds every series once", v);
    }
    for (int ordinal : vantage.vantagePoints()) {
      check(live.contains(ordinal), "a vantage point is a series", ordinal);
    }
    SeriesDirectory directory = state.directory();
    for (int ordinal : live.toArray()) {
      check(directory.find(directory.id(ordinal)) == ordinal, "an id leads to its series", ordinal);
      for (int v = 0; v < vantage.size(); v++) {
        check(vantage.tree(v).contains(ordinal), "a tree holds a series", ordinal);
      }
    }
  }

  private static void check(boolean holds, String rule, int number) {
    if (!holds) {
      throw new IllegalStateException(rule + ": broken at=" + number);
    }
  }
}

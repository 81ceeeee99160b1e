package dev.vantage.tsdb.tree;

import static dev.vantage.tsdb.tree.Nodes.NIL;
import static dev.vantage.tsdb.tree.Nodes.ordinal;

/** Checks all invariants of a tree in one pass. Not thread-safe. */
final class TreeInvariants {
  private final Nodes nodes;
  private final Keys keys;
  private final int maxDepth;
  private int previous = NIL;
  private double previousKey;

  private TreeInvariants(Nodes nodes, Keys keys) {
    this.nodes = nodes;
    this.keys = keys;
    this.maxDepth = maxHeight(nodes.size(nodes.root()));
  }

  /** Returns the maximum height of a red-black tree of a size, in nodes. */
  static int maxHeight(int size) {
    return (int) (2 * Math.log(size + 1.0) / Math.log(2) + 1e-9);
  }

  static void check(Nodes nodes, Keys keys) {
    new TreeInvariants(nodes, keys).check();
  }

  private void check() {
    require(
        nodes.left(NIL) == NIL
            && nodes.right(NIL) == NIL
            && nodes.parent(NIL) == NIL
            && nodes.isBlack(NIL)
            && nodes.size(NIL) == 0,
        "nil must be black, have size 0 and no links",
        NIL);
    int root = nodes.root();
    require(nodes.isBlack(root), "the root must be black", root);
    require(nodes.parent(root) == NIL, "the root must have no parent", root);
    blackHeight(root, 1);
    int used = 0;
    for (int slot = 1; slot < nodes.capacity(); slot++) {
      used += nodes.isUsed(slot) ? 1 : 0;
    }
    if (used != nodes.size(root)) {
      throw new IllegalStateException(
          "every node must be reached from the root: nodes="
              + used
              + ", size of the root="
              + nodes.size(root));
    }
  }

  /** Checks sizes and parents on the way down, so the recursion ends even in a damaged tree. */
  private int blackHeight(int slot, int depth) {
    if (slot == NIL) {
      return 0;
    }
    int left = nodes.left(slot);
    int right = nodes.right(slot);
    require(depth <= maxDepth, "the height must be at most 2 log2(size + 1)", slot);
    require(
        nodes.size(slot) == (long) nodes.size(left) + nodes.size(right) + 1,
        "the size must be the sum of the children's sizes and 1",
        slot);
    require(
        (left == NIL || nodes.parent(left) == slot)
            && (right == NIL || nodes.parent(right) == slot),
        "a child must link back to its parent",
        slot);
    require(
        nodes.isBlack(slot) || (nodes.isBlack(left) && nodes.isBlack(right)),
        "the children of a red node must be black",
        slot);
    int leftHeight = blackHeight(left, depth + 1);
    checkOrder(slot);
    int rightHeight = blackHeight(right, depth + 1);
    require(leftHeight == rightHeight, "both sides must have the same number of black nodes", slot);
    return leftHeight + (nodes.isBlack(slot) ? 1 : 0);
  }

  private void checkOrder(int slot) {
    double key = keys.key(ordinal(slot));
    require(Double.isFinite(key), "the key must be finite", slot);
    require(
        previous == NIL || KeyOrder.isBefore(previousKey, ordinal(previous), key, ordinal(slot)),
        "nodes must be in the order of (key, ordinal)",
        slot);
    previous = slot;
    previousKey = key;
  }

  private static void require(boolean condition, String rule, int slot) {
    if (!condition) {
      throw new IllegalStateException(
          rule + (slot == NIL ? ": at nil" : ": ordinal=" + ordinal(slot)));
    }
  }
}

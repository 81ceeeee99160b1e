package dev.vantage.tsdb.tree;

import static dev.vantage.tsdb.tree.Nodes.LEFT;
import static dev.vantage.tsdb.tree.Nodes.NIL;
import static dev.vantage.tsdb.tree.Nodes.RIGHT;
import static dev.vantage.tsdb.tree.Nodes.opposite;

/**
 * Linking and unlinking nodes while the tree stays balanced: Cormen, Leiserson, Rivest, Stein,
 * "Introduction to Algorithms", chapter 13, with the subtree sizes of chapter 14. The cases that
 * the book gives once for the left and once for the right are written once, for a side and its
 * opposite; their numbers are the book's.
 */
final class Updates {
  private Updates() {}

  /**
   * Links a new node below a parent on a side without a child; the parent is nil for the first
   * node.
   */
  static void insert(Nodes nodes, int slot, int parent, int side) {
    if (parent == NIL) {
      nodes.setRoot(slot);
    } else {
      nodes.setChild(parent, side, slot);
    }
    nodes.setParent(slot, parent);
    nodes.addToSizesFrom(slot, 1);
    nodes.paintRed(slot);
    repairInsert(nodes, slot);
  }

  /** Removes a node. No other node changes its slot: links are moved, never keys. */
  static void delete(Nodes nodes, int slot) {
    boolean inner = nodes.left(slot) != NIL && nodes.right(slot) != NIL;
    // The node that leaves its place: a node with two children is replaced by its successor.
    int moved = inner ? nodes.extreme(nodes.right(slot), LEFT) : slot;
    boolean lostBlack = nodes.isBlack(moved);
    nodes.addToSizesFrom(nodes.parent(moved), -1);
    int orphan = nodes.left(moved) != NIL ? nodes.left(moved) : nodes.right(moved);
    transplant(nodes, moved, orphan);
    if (inner) {
      transplant(nodes, slot, moved);
      nodes.join(moved, LEFT, nodes.left(slot));
      // If this is nil, then it is the orphan, and the repair needs its parent.
      nodes.join(moved, RIGHT, nodes.right(slot));
      nodes.setSize(moved, nodes.size(slot));
      nodes.paintLike(/* slot= */ moved, /* model= */ slot);
    }
    if (lostBlack) {
      repairDelete(nodes, orphan);
    }
    nodes.clear(NIL);
    nodes.clear(slot);
  }

  /** Replaces a subtree by another, which may be nil. */
  private static void transplant(Nodes nodes, int old, int replacement) {
    int parent = nodes.parent(old);
    if (parent == NIL) {
      nodes.setRoot(replacement);
    } else {
      nodes.setChild(parent, nodes.side(old), replacement);
    }
    // Nil gets a parent too: the repair after a deletion starts there.
    nodes.setParent(replacement, parent);
  }

  /** Moves a node down to one side; its child on the opposite side takes its place. */
  private static void rotate(Nodes nodes, int slot, int side) {
    int risen = nodes.child(slot, opposite(side));
    int between = nodes.child(risen, side);
    transplant(nodes, slot, risen);
    nodes.setChild(slot, opposite(side), between);
    if (between != NIL) {
      nodes.setParent(between, slot);
    }
    nodes.join(risen, side, slot);
    nodes.setSize(risen, nodes.size(slot));
    nodes.setSize(slot, nodes.size(nodes.left(slot)) + nodes.size(nodes.right(slot)) + 1);
  }

  /** Repairs the tree if a red node has a red parent. */
  private static void repairInsert(Nodes nodes, int inserted) {
    int slot = inserted;
    while (nodes.isRed(nodes.parent(slot))) {
      int parent = nodes.parent(slot);
      int grandparent = nodes.parent(parent);
      int side = nodes.side(parent);
      int uncle = nodes.child(grandparent, opposite(side));
      if (nodes.isRed(uncle)) { // case 1
        nodes.paintBlack(parent);
        nodes.paintBlack(uncle);
        nodes.paintRed(grandparent);
        slot = grandparent;
      } else {
        if (slot == nodes.child(parent, opposite(side))) { // case 2
          rotate(nodes, parent, side);
          slot = parent;
          parent = nodes.parent(slot);
        }
        nodes.paintBlack(parent); // case 3
        nodes.paintRed(grandparent);
        rotate(nodes, grandparent, opposite(side));
      }
    }
    nodes.paintBlack(nodes.root());
  }

  /** Repairs the tree if paths through a node, which may be nil, lack one black node. */
  private static void repairDelete(Nodes nodes, int orphan) {
    int slot = orphan;
    while (slot != nodes.root() && nodes.isBlack(slot)) {
      int parent = nodes.parent(slot);
      // The sibling of such a node is never nil, so the side is correct even if the node is nil.
      int side = nodes.side(slot);
      int sibling = nodes.child(parent, opposite(side));
      if (nodes.isRed(sibling)) { // case 1
        nodes.paintBlack(sibling);
        nodes.paintRed(parent);
        rotate(nodes, parent, side);
        sibling = nodes.child(parent, opposite(side));
      }
      if (nodes.isBlack(nodes.left(sibling)) && nodes.isBlack(nodes.right(sibling))) { // case 2
        nodes.paintRed(sibling);
        slot = parent;
      } else {
        if (nodes.isBlack(nodes.child(sibling, opposite(side)))) { // case 3
          nodes.paintBlack(nodes.child(sibling, side));
          nodes.paintRed(sibling);
          rotate(nodes, sibling, opposite(side));
          sibling = nodes.child(parent, opposite(side));
        }
        nodes.paintLike(sibling, parent); // case 4
        nodes.paintBlack(parent);
        nodes.paintBlack(nodes.child(sibling, opposite(side)));
        rotate(nodes, parent, side);
        slot = nodes.root();
      }
    }
    nodes.paintBlack(slot);
  }
}

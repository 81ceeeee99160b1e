package dev.vantage.tsdb.tree;

import static dev.vantage.tsdb.tree.Nodes.LEFT;
import static dev.vantage.tsdb.tree.Nodes.NIL;
import static dev.vantage.tsdb.tree.Nodes.RIGHT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every kind of damage is detected. The tree is full: 7 nodes on 3 levels, slots 1 to 7. */
class TreeInvariantsTest {
  private final double[] keys = {0, 1, 2, 3, 4, 5, 6};
  private final RedBlackTree tree =
      RedBlackTree.ofSorted(o -> keys[o], IntStream.range(0, 7).toArray(), 7);

  @Test
  void aSoundTreePasses() {
    tree.checkInvariants();
    assertEquals(4, tree.nodes().root());
    assertEquals(3, RedBlackTreeTest.height(tree.nodes(), 4));
  }

  @Test
  void colorsAreChecked() {
    assertNoticed(nodes -> nodes.paintRed(4), "the root must be black: ordinal=3");
    setUpRedLevel();
    assertNoticed(
        nodes -> nodes.paintRed(2), "the children of a red node must be black: ordinal=1");
  }

  @Test
  void aRedRightChildOfARedNodeIsNoticed() {
    setUpRedLevel();
    tree.nodes().paintBlack(1);
    assertNoticed(
        nodes -> nodes.paintRed(2), "the children of a red node must be black: ordinal=1");
  }

  @Test
  void blackHeightsAreChecked() {
    assertNoticed(
        nodes -> nodes.paintRed(1),
        "both sides must have the same number of black nodes: ordinal=1");
  }

  @Test
  void sizesAreChecked() {
    assertNoticed(
        nodes -> nodes.setSize(6, 2),
        "the size must be the sum of the children's sizes and 1: ordinal=3");
  }

  @Test
  void parentsAreChecked() {
    assertNoticed(
        nodes -> nodes.setParent(5, 2), "a child must link back to its parent: ordinal=5");
  }

  @Test
  void leftParentsAndTheRootsAreChecked() {
    assertNoticed(
        nodes -> nodes.setParent(2, NIL), "a child must link back to its parent: ordinal=3");
    tree.nodes().setParent(2, 4);
    assertNoticed(nodes -> nodes.setParent(4, 1), "the root must have no parent: ordinal=3");
  }

  @Test
  void theOrderIsChecked() {
    assertNoticed(
        nodes -> keys[2] = 3.5, "nodes must be in the order of (key, ordinal): ordinal=3");
  }

  @Test
  void theOrderOfEqualKeysIsChecked() {
    assertNoticed(
        nodes -> {
          nodes.join(2, LEFT, 3);
          nodes.join(2, RIGHT, 1);
          Arrays.fill(keys, 1.0);
        },
        "nodes must be in the order of (key, ordinal): ordinal=1");
  }

  @Test
  void keysMustBeFinite() {
    assertNoticed(nodes -> keys[6] = Double.NaN, "the key must be finite: ordinal=6");
  }

  @Test
  void nilIsChecked() {
    String rule = "nil must be black, have size 0 and no links: at nil";
    assertNoticed(nodes -> nodes.paintRed(NIL), rule);
    tree.nodes().paintBlack(NIL);
    assertNoticed(nodes -> nodes.setParent(NIL, 3), rule);
    tree.nodes().setParent(NIL, NIL);
    assertNoticed(nodes -> nodes.setSize(NIL, 1), rule);
    tree.nodes().setSize(NIL, 0);
    assertNoticed(nodes -> nodes.setChild(NIL, LEFT, 1), rule);
    tree.nodes().setChild(NIL, LEFT, NIL);
    assertNoticed(nodes -> nodes.setChild(NIL, RIGHT, 1), rule);
  }

  @Test
  void nodesThatNothingLinksToAreNoticed() {
    assertNoticed(
        nodes -> {
          nodes.reserve(20);
          nodes.setSize(15, 1);
        },
        "every node must be reached from the root: nodes=8, size of the root=7");
  }

  @Test
  void aLoopIsNoticed() {
    assertNoticed(nodes -> nodes.join(1, LEFT, 4), "the root must have no parent: ordinal=3");
    tree.nodes().setParent(4, NIL);
    assertNoticed(
        nodes -> nodes.setSize(1, 8),
        "the size must be the sum of the children's sizes and 1: ordinal=1");
  }

  @Test
  void aTreeThatIsTooHighIsNoticed() {
    assertEquals(0, TreeInvariants.maxHeight(0));
    assertEquals(2, TreeInvariants.maxHeight(1));
    assertEquals(6, TreeInvariants.maxHeight(7));
    assertEquals(61, TreeInvariants.maxHeight(Integer.MAX_VALUE - 1));
    Nodes nodes = new Nodes(21);
    for (int slot = 1; slot <= 20; slot++) {
      nodes.setSize(slot, 21 - slot);
      if (slot > 1) {
        nodes.join(slot - 1, RIGHT, slot);
      }
    }
    nodes.setRoot(1);
    String message =
        assertThrows(IllegalStateException.class, () -> TreeInvariants.check(nodes, o -> o))
            .getMessage();
    assertTrue(message.startsWith("the height must be at most 2 log2(size + 1)"), message);
  }

  /** Red leaves under black nodes, which is sound. */
  private void setUpRedLevel() {
    tree.nodes().paintBlack(4);
    for (int leaf = 1; leaf <= 7; leaf += 2) {
      tree.nodes().paintRed(leaf);
    }
    tree.checkInvariants();
  }

  private void assertNoticed(Consumer<Nodes> damage, String message) {
    damage.accept(tree.nodes());
    assertEquals(
        message, assertThrows(IllegalStateException.class, tree::checkInvariants).getMessage());
  }
}

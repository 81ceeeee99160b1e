package dev.vantage.tsdb.tree;

import dev.vantage.tsdb.testkit.Linearizability;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Linearizability of a tree guarded as in the index: one writer prepares a change concurrently with
 * readers, and makes the change exclusively.
 */
@Tag("soak")
class TreeLinearizabilityTest {
  private static final int ORDINALS = 8;

  /** Neighbors share a key. */
  private static double key(int ordinal) {
    return ordinal / 2;
  }

  /** The operations on a tree, under some lock. */
  @Param(name = "ordinal", gen = IntGen.class, conf = "0:7")
  public abstract static class AnyTree {
    private final RedBlackTree tree =
        RedBlackTree.ofSorted(TreeLinearizabilityTest::key, new int[] {1, 2, 5, 6}, 4);

    private final Lock reading;
    private final Lock writing;

    AnyTree(Lock reading, Lock writing) {
      this.reading = reading;
      this.writing = writing;
    }

    @Operation(nonParallelGroup = "writer")
    public boolean toggle(@Param(name = "ordinal") int ordinal) {
      tree.prepareForChange();
      writing.lock();
      try {
        boolean there = tree.contains(ordinal);
        if (there) {
          tree.delete(ordinal);
        } else {
          tree.insert(ordinal);
        }
        return there;
      } finally {
        writing.unlock();
      }
    }

    @Operation
    public boolean contains(@Param(name = "ordinal") int ordinal) {
      reading.lock();
      try {
        return tree.contains(ordinal);
      } finally {
        reading.unlock();
      }
    }

    @Operation
    public int rank(@Param(name = "ordinal") int ordinal) {
      reading.lock();
      try {
        return tree.rank(key(ordinal));
      } finally {
        reading.unlock();
      }
    }

    @Operation
    public int select(@Param(name = "ordinal") int rank) {
      reading.lock();
      try {
        return rank < tree.size() ? tree.select(rank) : -1;
      } finally {
        reading.unlock();
      }
    }

    /** Extends the time in which an unguarded tree is inconsistent. */
    void pause() {}

    @Operation
    public String all() {
      reading.lock();
      try {
        int[] ordinals = new int[tree.size()];
        pause();
        tree.collect(0, ORDINALS, ordinals, 0);
        return Arrays.toString(ordinals);
      } finally {
        reading.unlock();
      }
    }
  }

  /** A tree guarded as in the index. */
  public static class GuardedTree extends AnyTree {
    public GuardedTree() {
      this(new ReentrantReadWriteLock());
    }

    private GuardedTree(ReentrantReadWriteLock lock) {
      super(lock.readLock(), lock.writeLock());
    }
  }

  /** A tree whose readers do not exclude the writer. */
  public static class UnguardedTree extends AnyTree {
    public UnguardedTree() {
      super(new ReentrantLock(), new ReentrantLock());
    }

    @Override
    void pause() {
      Linearizability.linger();
    }
  }

  /** The sequential specification. */
  public static class OneByOne {
    private final TreeSet<Integer> ordinals = new TreeSet<>(Arrays.asList(1, 2, 5, 6));

    public boolean toggle(int ordinal) {
      boolean there = ordinals.remove(ordinal);
      return there || !ordinals.add(ordinal);
    }

    public boolean contains(int ordinal) {
      return ordinals.contains(ordinal);
    }

    public int rank(int ordinal) {
      return (int) inOrder().filter(o -> key(o) < key(ordinal)).count();
    }

    public int select(int rank) {
      return rank < ordinals.size() ? inOrder().skip(rank).findFirst().orElseThrow() : -1;
    }

    public String all() {
      return Arrays.toString(inOrder().toArray());
    }

    private IntStream inOrder() {
      return ordinals.stream().mapToInt(o -> o);
    }
  }

  @Test
  void readersSeeWholeTrees() {
    Linearizability.stress(5).sequentialSpecification(OneByOne.class).check(GuardedTree.class);
  }

  @Test
  void readersSeeWholeTreesForLong() {
    Linearizability.stress(1000).sequentialSpecification(OneByOne.class).check(GuardedTree.class);
    Linearizability.modelChecking(300)
        .sequentialSpecification(OneByOne.class)
        .check(GuardedTree.class);
  }

  @Test
  void readersBesideAChangeAreFoundOut() {
    Linearizability.assertFinds(
        Linearizability.stress(300).sequentialSpecification(OneByOne.class), UnguardedTree.class);
  }

  @Test
  void readersBesideAChangeAreFoundOutByChoosingSwitches() {
    Linearizability.assertFinds(
        Linearizability.modelChecking(100).sequentialSpecification(OneByOne.class),
        UnguardedTree.class);
  }
}

package dev.vantage.tsdb.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever reads what changes in place waits while it changes. */
class TreeLockTest {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

  @Test
  void readersOfTreesAndDirectoryWaitForTheWriter() throws Exception {
    List<Function<FilledIndex, Object>> readers =
        List.of(
            filled -> filled.index.find("s1").isPresent(),
            filled -> filled.index.search("s1", FilledIndex.nearest(3)).isPresent(),
            filled -> near(filled).length > 0,
            filled -> {
              IndexState state = filled.index.state();
              return filled.index.smallestAnnulus(state, bounds(filled), 0.5, 1000) != null;
            },
            filled -> {
              filled.index.checkInvariants();
              return true;
            });
    try (FilledIndex filled = new FilledIndex(16, 1, 5, 2)) {
      Map<String, double[]> rows = filled.walks("s", 500, new Random(1));
      filled.putAll(rows);
      for (Function<FilledIndex, Object> reader : readers) {
        FutureTask<Object> read = new FutureTask<>(() -> reader.apply(filled));
        Thread thread = new Thread(read);
        filled.index.publish(
            filled.index.state(),
            () -> {
              thread.start();
              assertTrue(waits(thread), "a reader went on while a writer was at work");
            });
        assertEquals(true, read.get(30, TimeUnit.SECONDS));
      }
    }
  }

  private static LowerBounds bounds(FilledIndex filled) {
    IndexState state = filled.index.state();
    double[] query = IntStream.range(0, 5).mapToDouble(v -> 0.5).toArray();
    return new LowerBounds(state.vantage(), query, filled.metric.squaredDistanceError());
  }

  private static int[] near(FilledIndex filled) {
    return filled.index.nearInTrees(filled.index.state(), bounds(filled), 3);
  }

  /** Whether a thread comes to wait for the lock before it ends. */
  private static boolean waits(Thread thread) {
    long deadline = System.nanoTime() + PATIENCE;
    while (!isLock(LockSupport.getBlocker(thread))) {
      if (thread.getState() == Thread.State.TERMINATED || System.nanoTime() - deadline > 0) {
        return false;
      }
      Thread.onSpinWait();
    }
    return true;
  }

  private static boolean isLock(Object blocker) {
    return blocker != null
        && blocker.getClass().getName().startsWith(ReentrantReadWriteLock.class.getName());
  }
}

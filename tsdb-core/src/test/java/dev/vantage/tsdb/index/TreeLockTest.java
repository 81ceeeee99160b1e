package dev.vantage.tsdb.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.search.LowerBounds;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Readers of data that changes in place wait during the change, or avoid that data. */
class TreeLockTest {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

  @Test
  void readersOfTheDirectoryWaitForTheWriter() throws Exception {
    List<Function<FilledIndex, Object>> readers =
        List.of(
            filled -> filled.index.find("s1").isPresent(),
            filled -> filled.searcher.search("s1", FilledIndex.nearest(3)).isPresent());
    try (FilledIndex filled = filled()) {
      for (Function<FilledIndex, Object> reader : readers) {
        FutureTask<Object> read = new FutureTask<>(() -> reader.apply(filled));
        filled.index.publish(filled.index.state(), () -> {}, () -> startAndWait(read));
        assertEquals(true, read.get(30, TimeUnit.SECONDS));
      }
    }
  }

  @Test
  void theTreesAreCheckedWhenNobodyChangesThem() throws Exception {
    try (FilledIndex filled = filled()) {
      FutureTask<Object> check = new FutureTask<>(filled.index::checkInvariants, true);
      filled.index.publish(filled.index.state(), () -> startAndWait(check), () -> {});
      assertEquals(true, check.get(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void searchesDoWithoutTreesThatAreBeingChanged() throws Exception {
    try (FilledIndex filled = filled()) {
      IndexState state = filled.index.state();
      assertTrue(
          filled
              .index
              .smallestAnnulus(state, bounds(filled)::queryDistance, 0.5, 1000)
              .isPresent());
      List<Neighbor> expected =
          filled.searcher.search("s1", FilledIndex.nearest(9)).orElseThrow().neighbors();
      FutureTask<List<Neighbor>> search =
          new FutureTask<>(
              () -> {
                assertTrue(
                    filled
                        .index
                        .smallestAnnulus(state, bounds(filled)::queryDistance, 2, 1000)
                        .isEmpty());
                return filled
                    .searcher
                    .search("s1", FilledIndex.nearest(9))
                    .orElseThrow()
                    .neighbors();
              });
      filled.index.publish(
          state,
          () -> {
            new Thread(search).start();
            assertEquals(expected, get(search));
          },
          () -> {});
    }
  }

  /** An index large enough that searches ask the trees. */
  private static FilledIndex filled() {
    FilledIndex filled = new FilledIndex(16, 1, 5, 2);
    filled.putAll(filled.walks("s", 3000, new Random(1)));
    return filled;
  }

  private static <T> T get(FutureTask<T> task) {
    try {
      return task.get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void startAndWait(FutureTask<Object> reader) {
    Thread thread = new Thread(reader);
    thread.start();
    assertTrue(waits(thread), "a reader went on while a writer was at work");
  }

  private static LowerBounds bounds(FilledIndex filled) {
    IndexState state = filled.index.state();
    double[] query = IntStream.range(0, 5).mapToDouble(v -> 0.5).toArray();
    return new LowerBounds(state.vantage(), query, filled.metric.squaredDistanceError(), 0);
  }

  /** Returns whether a thread waits for the lock before it ends. */
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

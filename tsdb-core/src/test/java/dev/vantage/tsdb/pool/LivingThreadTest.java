package dev.vantage.tsdb.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LivingThreadTest {
  private final List<Throwable> told = Collections.synchronizedList(new ArrayList<>());

  @Test
  void whateverARoundThrowsTheNextOneFollows() throws InterruptedException {
    List<Throwable> thrown =
        List.of(
            new OutOfMemoryError("no memory"),
            new StackOverflowError(),
            new AssertionError(),
            new IllegalStateException(),
            new IOException(),
            new InterruptedException());
    Deque<Throwable> left = new ArrayDeque<>(thrown);
    CountDownLatch last = new CountDownLatch(1);
    LivingThread thread =
        LivingThread.start(
            "tsdb-test",
            true,
            () -> {
              Throwable next = left.poll();
              if (next instanceof Error error) {
                throw error;
              }
              if (next instanceof Exception exception) {
                throw exception;
              }
              last.countDown();
              LockSupport.park();
            },
            told::add);
    assertTrue(last.await(1, TimeUnit.MINUTES));
    assertEquals(thrown, told);
    assertFalse(thread.isLost());
    thread.stop();
    thread.join();
    assertFalse(thread.isLost(), "it was told to end");
  }

  @Test
  void aReportThatFailsEndsNothing() throws InterruptedException {
    CountDownLatch rounds = new CountDownLatch(3);
    LivingThread thread =
        LivingThread.start(
            "tsdb-test",
            true,
            () -> {
              rounds.countDown();
              throw new OutOfMemoryError("no memory for the round");
            },
            failure -> {
              throw new OutOfMemoryError("nor to say so");
            });
    assertTrue(rounds.await(1, TimeUnit.MINUTES));
    thread.stop();
    thread.join();
  }
}

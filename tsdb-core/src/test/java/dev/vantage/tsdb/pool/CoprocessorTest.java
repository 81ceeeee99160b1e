package dev.vantage.tsdb.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CoprocessorTest {

  static Stream<Throwable> failures() {
    return Stream.of(
        new IllegalArgumentException("plain"),
        new IllegalArgumentException("outer", new IllegalArgumentException("inner")),
        new RuntimeException(new RuntimeException(new RuntimeException("innermost"))),
        new AssertionError("an error", new AssertionError("its cause")),
        new RejectedExecutionException("the work's own"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void failuresComeOutAsThrown(Throwable failure) {
    for (int threads = 1; threads <= 3; threads++) {
      try (Coprocessor pool = new Coprocessor(threads)) {
        assertSame(failure, assertThrows(Throwable.class, () -> pool.call(() -> fail(failure))));
        assertSame(
            failure,
            assertThrows(Throwable.class, () -> pool.call(() -> pool.call(() -> fail(failure)))));
        for (int size : new int[] {1, 1000}) {
          assertSame(
              failure,
              assertThrows(
                  Throwable.class, () -> pool.forEach(size, 1, (from, to) -> fail(failure))));
          assertSame(
              failure,
              assertThrows(
                  Throwable.class,
                  () ->
                      pool.forEach(
                          2, 1, (from, to) -> pool.forEach(size, 1, (a, b) -> fail(failure)))));
        }
        assertEquals(7, pool.call(() -> 7), "the pool works on");
      }
    }
  }

  private static Object fail(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void everyNumberOfARangeIsDoneOnce(int threads) {
    try (Coprocessor pool = new Coprocessor(threads)) {
      assertEquals(threads, pool.threads());
      for (int size : new int[] {0, 1, 2, 31, 32, 33, 1000}) {
        for (int grain : new int[] {1, 7, 32}) {
          AtomicIntegerArray done = new AtomicIntegerArray(size);
          pool.forEach(
              size,
              grain,
              (from, to) -> {
                assertTrue(threads == 1 || to - from <= grain, "part of " + (to - from));
                for (int i = from; i < to; i++) {
                  done.incrementAndGet(i);
                }
              });
          for (int i = 0; i < size; i++) {
            assertEquals(1, done.get(i), "size=" + size + ", i=" + i);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void nestedCallsDoNotWaitForThemselves(int threads) {
    try (Coprocessor pool = new Coprocessor(threads)) {
      AtomicIntegerArray done = new AtomicIntegerArray(64 * 64);
      pool.forEach(
          64,
          1,
          (from, to) -> {
            for (int i = from; i < to; i++) {
              int row = i;
              pool.forEach(64, 1, (a, b) -> pool.call(() -> done.addAndGet(row * 64 + a, b - a)));
            }
          });
      int sum = 0;
      for (int i = 0; i < done.length(); i++) {
        sum += done.get(i);
      }
      assertEquals(64 * 64, sum);
    }
  }

  @Test
  void anotherPoolsThreadsMayCall() {
    try (Coprocessor one = new Coprocessor(1);
        Coprocessor other = new Coprocessor(1)) {
      assertEquals(3, one.call(() -> other.call(() -> one.threads() + 2)));
    }
  }

  @Test
  void interruptedCallerGetsItsResultAndKeepsItsFlag() throws InterruptedException {
    try (Coprocessor pool = new Coprocessor(1)) {
      Thread.currentThread().interrupt();
      assertEquals(5, pool.call(() -> 5), "interrupted before");
      assertTrue(Thread.interrupted());

      CountDownLatch running = new CountDownLatch(1);
      CountDownLatch released = new CountDownLatch(1);
      CompletableFuture<Boolean> flag = new CompletableFuture<>();
      CompletableFuture<Integer> result = new CompletableFuture<>();
      Thread caller =
          new Thread(
              () -> {
                result.complete(
                    pool.call(
                        () -> {
                          running.countDown();
                          assertTrue(released.await(30, TimeUnit.SECONDS));
                          return 6;
                        }));
                flag.complete(Thread.currentThread().isInterrupted());
              });
      caller.start();
      assertTrue(running.await(30, TimeUnit.SECONDS));
      caller.interrupt();
      assertFalse(result.isDone(), "the work is not done yet");
      released.countDown();
      caller.join(30_000);
      assertEquals(6, result.getNow(-1));
      assertTrue(flag.getNow(false), "interrupted meanwhile");
    }
  }

  @Test
  void closingWaitsForWorkAndRefusesMore() throws Exception {
    Coprocessor pool = new Coprocessor(1);
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    CompletableFuture<Integer> result =
        CompletableFuture.supplyAsync(
            () ->
                pool.call(
                    () -> {
                      running.countDown();
                      assertTrue(released.await(30, TimeUnit.SECONDS));
                      return 8;
                    }),
            task -> new Thread(task).start());
    assertTrue(running.await(30, TimeUnit.SECONDS));
    Thread closer = new Thread(pool::close);
    closer.start();
    released.countDown();
    closer.join(30_000);
    assertFalse(closer.isAlive());
    assertEquals(8, result.get(30, TimeUnit.SECONDS));
    assertThrows(RejectedExecutionException.class, () -> pool.call(() -> 1));
    assertThrows(RejectedExecutionException.class, () -> pool.forEach(100, 1, (from, to) -> {}));
    pool.close();
  }

  @Test
  void smallWorkIsDoneByTheCallerIfCallersWork() {
    Thread caller = Thread.currentThread();
    try (Coprocessor pool = new Coprocessor(2, true)) {
      assertSame(caller, pool.callSmall(Thread::currentThread));
      assertNotSame(caller, pool.call(Thread::currentThread));
      pool.forEach(3, 3, (from, to) -> assertSame(caller, Thread.currentThread()));
      pool.forEach(3, 1, (from, to) -> assertNotSame(caller, Thread.currentThread()));
      assertEquals(1, pool.threadsHere());
      assertEquals(2, pool.call(pool::threadsHere));
      UncheckedIOException thrown = new UncheckedIOException(new IOException());
      Callable<Void> failing =
          () -> {
            throw thrown;
          };
      assertSame(thrown, assertThrows(UncheckedIOException.class, () -> pool.callSmall(failing)));
    }
    try (Coprocessor pool = new Coprocessor(2)) {
      assertNotSame(caller, pool.callSmall(Thread::currentThread));
      pool.forEach(3, 3, (from, to) -> assertNotSame(caller, Thread.currentThread()));
      assertEquals(2, pool.threadsHere());
    }
  }

  @Test
  void threadsAreDaemonsWithNames() {
    try (Coprocessor pool = new Coprocessor(1)) {
      Thread worker = pool.call(Thread::currentThread);
      assertTrue(worker.isDaemon());
      assertTrue(worker.getName().startsWith("tsdb-coprocessor-"), worker.getName());
    }
  }
}

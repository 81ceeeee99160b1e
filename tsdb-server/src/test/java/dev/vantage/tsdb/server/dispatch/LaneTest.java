package dev.vantage.tsdb.server.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.DeadlineExceededException;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.server.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bounded queue of a lane, for both kinds of workers. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LaneTest {
  private final ExecutorService callers = Executors.newCachedThreadPool();

  static Stream<WorkerSlots> turns() {
    return Stream.of(new CallerSlots(1), new ThreadPoolSlots("test", 1));
  }

  @AfterEach
  void endCallers() {
    callers.shutdownNow();
  }

  private static RequestDeadline late() {
    return RequestDeadline.after(Duration.ofMinutes(5), System::nanoTime);
  }

  /** Work that lasts until the test ends it. */
  private final class Busy {
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch end = new CountDownLatch(1);
    final CompletableFuture<String> answer;

    Busy(Lane lane) throws InterruptedException {
      answer = CompletableFuture.supplyAsync(() -> lane.run(late(), this::work), callers);
      begun.await();
    }

    private String work() {
      begun.countDown();
      try {
        end.await();
      } catch (InterruptedException e) {
        throw new AssertionError("work must not be interrupted", e);
      }
      return "done";
    }
  }

  @ParameterizedTest
  @MethodSource("turns")
  void whatFindsTheQueueFullIsRefusedAtOnce(WorkerSlots turns) throws Exception {
    Lane lane = new Lane("test", 1, 1, turns);
    Busy busy = new Busy(lane);
    assertFalse(lane.isFull());
    CompletableFuture<String> waiting =
        CompletableFuture.supplyAsync(() -> lane.run(late(), () -> "waited"), callers);
    TestServer.await("one waits", () -> lane.queued() == 1);
    assertTrue(lane.isFull());
    UnavailableException refused =
        assertThrows(UnavailableException.class, () -> lane.run(late(), () -> "never"));
    assertTrue(
        refused.getMessage().endsWith("lane=test, workers=1, waiting=1; hint: try again later"));
    busy.end.countDown();
    assertEquals("done", busy.answer.get());
    assertEquals("waited", waiting.get());
    TestServer.await("the lane is empty", () -> lane.running() == 0 && lane.queued() == 0);
    assertEquals("again", lane.run(late(), () -> "again"));
    lane.close();
  }

  @ParameterizedTest
  @MethodSource("turns")
  void whoseTimeIsOverLeavesTheQueueThen(WorkerSlots turns) throws Exception {
    Lane lane = new Lane("test", 1, 1, turns);
    Busy busy = new Busy(lane);
    List<String> done = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      RequestDeadline soon = RequestDeadline.after(Duration.ofMillis(20), System::nanoTime);
      assertThrows(
          DeadlineExceededException.class, () -> lane.run(soon, () -> done.add("too late")));
    }
    assertEquals(0, lane.queued());
    busy.end.countDown();
    assertEquals("done", busy.answer.get());
    assertEquals("next", lane.run(late(), () -> "next"));
    assertEquals(List.of(), done);
    lane.close();
  }

  @ParameterizedTest
  @MethodSource("turns")
  void firstComeFirstServed(WorkerSlots turns) throws Exception {
    Lane lane = new Lane("test", 1, 20, turns);
    Busy busy = new Busy(lane);
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int number = i;
      waiting.add(
          CompletableFuture.supplyAsync(() -> lane.run(late(), () -> order.add(number)), callers));
      TestServer.await("it waits", () -> turns.waiting() == number + 1);
    }
    busy.end.countDown();
    for (CompletableFuture<Boolean> one : waiting) {
      assertTrue(one.get());
    }
    assertEquals(Stream.iterate(0, i -> i + 1).limit(20).toList(), order);
    lane.close();
  }

  @ParameterizedTest
  @MethodSource("turns")
  void failuresOfTheWorkAreThoseOfTheCaller(WorkerSlots turns) {
    Lane lane = new Lane("test", 1, 0, turns);
    IllegalStateException failure = new IllegalStateException("test");
    assertEquals(
        failure,
        assertThrows(
            IllegalStateException.class,
            () ->
                lane.run(
                    late(),
                    () -> {
                      throw failure;
                    })));
    assertThrows(
        StackOverflowError.class,
        () ->
            lane.run(
                late(),
                () -> {
                  throw new StackOverflowError();
                }));
    assertEquals("alive", lane.run(late(), () -> "alive"));
    lane.close();
  }
}

package dev.vantage.tsdb.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.Budget;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BudgetMeterTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // about to turn negative
  private final AtomicInteger looks = new AtomicInteger();

  private BudgetMeter start(Budget budget) {
    return new BudgetMeter(
        budget,
        () -> {
          looks.incrementAndGet();
          return now.get();
        });
  }

  private static Budget nanoseconds(long time) {
    return Budget.ofTime(Duration.ofNanos(time));
  }

  @Test
  void distancesAreSpentOneByOne() {
    BudgetMeter meter = start(Budget.ofExactDistances(3));
    assertFalse(meter.spent(0));
    assertFalse(meter.spent(2));
    assertTrue(meter.spent(3));
    assertTrue(meter.spent(4));
    assertEquals(0, looks.get(), "a clock that nobody needs is not read");
    assertTrue(start(Budget.ofExactDistances(0)).spent(0));
  }

  @Test
  void timeIsSpentAtItsEndAndStaysSo() {
    BudgetMeter meter = start(nanoseconds(10));
    now.addAndGet(9);
    assertFalse(meter.spent(0));
    now.addAndGet(1);
    assertTrue(meter.spent(1000));
    now.addAndGet(-10);
    assertTrue(meter.spent(1000));
    assertTrue(start(nanoseconds(0)).spent(0));
  }

  @Test
  void theClockIsReadOnceInAWhile() {
    BudgetMeter byDistance = start(nanoseconds(10));
    for (int distances = 0; distances < 1000; distances++) {
      assertFalse(byDistance.spent(distances));
    }
    assertTrue(looks.get() > 30 && looks.get() < 300, looks::toString);
    looks.set(0);
    BudgetMeter byQuestion = start(nanoseconds(10));
    now.addAndGet(10);
    assertTrue(byQuestion.spent(0), "the first question has an answer of its own");
    BudgetMeter later = start(nanoseconds(10));
    int questions = 0;
    for (now.addAndGet(9); !later.spent(5); now.addAndGet(questions == 500 ? 1 : 0)) {
      questions++;
    }
    assertTrue(questions >= 500 && questions < 600, "questions=" + questions);
  }

  @Test
  void theLongestTimeIsNoLimit() {
    assertFalse(start(Budget.ofTime(Duration.ofSeconds(Long.MAX_VALUE))).isLimited());
  }
}

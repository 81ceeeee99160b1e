package dev.vantage.tsdb.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AllowanceTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // about to turn negative
  private final AtomicInteger looks = new AtomicInteger();

  private Allowance start(long exactDistances, long nanoseconds) {
    return new SearchBudget(exactDistances, nanoseconds)
        .start(
            () -> {
              looks.incrementAndGet();
              return now.get();
            });
  }

  @Test
  void distancesAreSpentOneByOne() {
    Allowance allowance = start(3, Long.MAX_VALUE);
    assertFalse(allowance.spent(0));
    assertFalse(allowance.spent(2));
    assertEquals(1, allowance.distancesLeft(2));
    assertTrue(allowance.spent(3));
    assertTrue(allowance.spent(4));
    assertEquals(0, allowance.distancesLeft(4));
    assertEquals(0, looks.get(), "a clock that nobody needs is not read");
    assertTrue(start(0, Long.MAX_VALUE).spent(0));
  }

  @Test
  void timeIsSpentAtItsEndAndStaysSo() {
    Allowance allowance = start(Long.MAX_VALUE, 10);
    now.addAndGet(9);
    assertFalse(allowance.spent(0));
    now.addAndGet(1);
    assertTrue(allowance.spent(1000));
    now.addAndGet(-10);
    assertTrue(allowance.spent(1000));
    assertTrue(start(Long.MAX_VALUE, 0).spent(0));
  }

  @Test
  void theClockIsReadOnceInAWhile() {
    Allowance byDistance = start(Long.MAX_VALUE, 10);
    for (int distances = 0; distances < 1000; distances++) {
      assertFalse(byDistance.spent(distances));
    }
    assertTrue(looks.get() > 30 && looks.get() < 300, looks::toString);
    looks.set(0);
    Allowance byQuestion = start(Long.MAX_VALUE, 10);
    now.addAndGet(10);
    assertTrue(byQuestion.spent(0), "the first question has an answer of its own");
    Allowance later = start(Long.MAX_VALUE, 10);
    int questions = 0;
    for (now.addAndGet(9); !later.spent(5); now.addAndGet(questions == 500 ? 1 : 0)) {
      questions++;
    }
    assertTrue(questions >= 500 && questions < 600, "questions=" + questions);
  }

  @Test
  void aBudgetIsNotNegative() {
    assertThrows(IllegalArgumentException.class, () -> new SearchBudget(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> new SearchBudget(0, -1));
  }
}

package dev.vantage.tsdb.server.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LineBudgetTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @Test
  void whatIsLeftOutIsToldByTheNextLine() {
    AtomicLong now = new AtomicLong(-SECOND / 2);
    LineBudget budget = new LineBudget(2, now::get);
    assertEquals(OptionalLong.of(0), budget.tryTake());
    assertEquals(OptionalLong.of(0), budget.tryTake());
    for (int i = 0; i < 5; i++) {
      assertEquals(OptionalLong.empty(), budget.tryTake());
    }
    now.addAndGet(SECOND - 1);
    assertEquals(OptionalLong.empty(), budget.tryTake());
    now.incrementAndGet();
    assertEquals(OptionalLong.of(6), budget.tryTake());
    assertEquals(OptionalLong.of(0), budget.tryTake());
    assertEquals(OptionalLong.empty(), budget.tryTake());
    now.addAndGet(10 * SECOND);
    assertEquals(OptionalLong.of(1), budget.tryTake());
  }
}

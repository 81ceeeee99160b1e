package dev.vantage.tsdb.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimeLimitTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // about to turn negative

  private TimeLimit after(long nanoseconds) {
    return TimeLimit.after(Duration.ofNanos(nanoseconds), now::get);
  }

  @Test
  void timeRunsOutOnTheClock() {
    TimeLimit limit = after(10);
    assertEquals(10, limit.left());
    now.addAndGet(9);
    assertFalse(limit.isOver());
    now.addAndGet(1);
    assertTrue(limit.isOver());
    now.addAndGet(1);
    assertEquals(-1, limit.left());
    assertFalse(TimeLimit.NONE.isOver());
  }

  @Test
  void theEarlierLimitCounts() {
    TimeLimit soon = after(10);
    TimeLimit late = after(20);
    assertSame(soon, soon.orEarlier(late));
    assertSame(soon, late.orEarlier(soon));
    assertSame(soon, soon.orEarlier(TimeLimit.NONE));
    assertSame(soon, TimeLimit.NONE.orEarlier(soon));
  }
}

package dev.vantage.tsdb.server.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClientLinesTest {
  private final AtomicLong now = new AtomicLong();
  private final ClientLines lines = new ClientLines(now::get);

  private long taken(String address, int times) {
    return IntStream.range(0, times).filter(i -> lines.tryTake(address)).count();
  }

  @Test
  void oneAddressHasItsShareEveryMinute() {
    assertEquals(ClientLines.LINES_OF_ADDRESS, taken("a", 10_000));
    assertTrue(lines.tryTake("b"), "others have theirs");
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    lines.tellLeftOut();
    assertEquals(ClientLines.LINES_OF_ADDRESS, taken("a", 10_000));
  }

  @Test
  void allAddressesHaveALimitTogether() {
    long sum = IntStream.range(0, 100_000).mapToLong(i -> taken("a" + i, 2)).sum();
    assertEquals(ClientLines.LINES_OF_ALL, sum);
    assertFalse(lines.tryTake("b"));
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    assertTrue(lines.tryTake("b"));
  }
}

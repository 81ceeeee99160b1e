package dev.vantage.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vantage.tsdb.condition.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class IdQueryTest {
  private static final IdQuery FIRST = IdQuery.first(3);

  @Test
  void nullsAreRefusedByName() {
    assertRefused("after", () -> FIRST.after(null));
    assertRefused("condition", () -> FIRST.where((Condition) null));
  }

  private static void assertRefused(String name, Executable call) {
    assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
  }
}

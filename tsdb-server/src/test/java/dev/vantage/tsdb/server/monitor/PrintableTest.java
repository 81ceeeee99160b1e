package dev.vantage.tsdb.server.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void linesCannotBeForged() {
    assertEquals("band = 'g' \u00e9 \u20ac", Printable.of("band = 'g' \u00e9 \u20ac"));
    assertEquals(
        "a\\u000d\\u000ab\\u001b[31m\\u2028\\u202e\\u0000",
        Printable.of("a\r\nb\u001b[31m\u2028\u202e\u0000"));
    assertEquals("x".repeat(200), Printable.of("x".repeat(200)));
    assertEquals("\ud83d\ude00".repeat(200) + "...", Printable.of("\ud83d\ude00".repeat(201)));
    assertEquals("\\ud83d", Printable.of("\ud83d"));
  }
}

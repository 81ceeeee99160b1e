package dev.vantage.tsdb.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class UnitsTest {
  @ParameterizedTest
  @CsvSource({"1ms,PT0.001S", "30s,PT30S", "10m,PT10M", "2h,PT2H"})
  void durations(String text, Duration duration) {
    assertEquals(duration, Units.duration(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "-1s", "0s", "1.5s", "1 s", "1d", "9999h", "9999999999s"})
  void noDurations(String text) {
    assertThrows(TypeConversionException.class, () -> Units.duration(text));
  }

  @ParameterizedTest
  @CsvSource({
    "6,6",
    "100b,100",
    "1k,1024",
    "64MiB,67108864",
    "64m,67108864",
    "1GiB,1073741824",
    "1073741824,1073741824"
  })
  void sizes(String text, int bytes) {
    assertEquals(bytes, Units.bytes(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-1", "1.5m", "2g", "1073741825", "9999999999", "1 m", "1mb"})
  void noSizes(String text) {
    assertThrows(TypeConversionException.class, () -> Units.bytes(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:7207", "[0:0:0:0:0:0:0:1]:0", "10.1.2.3:65535"})
  void addresses(String text) {
    assertEquals(text, Units.format(Units.address(text)));
  }

  @Test
  void hostsByNameAreLookedUp() {
    assertEquals(true, Units.address("localhost:80").getAddress().isLoopbackAddress());
    assertEquals("[0:0:0:0:0:0:0:1]:80", Units.format(Units.address("[::1]:80")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7207", ":7207", "localhost", "localhost:", "127.0.0.1:65536", "a:b"})
  void noAddresses(String text) {
    assertThrows(TypeConversionException.class, () -> Units.address(text));
  }
}

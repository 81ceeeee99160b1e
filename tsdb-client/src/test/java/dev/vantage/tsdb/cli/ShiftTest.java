package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.series.Resampling;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A shift says whether an answer comes later or earlier than the query, and by how much. */
class ShiftTest {
  @ParameterizedTest
  @CsvSource({
    "PERIODIC, 1024, 0, 0.0000",
    "PERIODIC, 1024, 311, +0.3037",
    "PERIODIC, 1024, 512, +0.5000",
    "PERIODIC, 1024, 513, -0.4990",
    "PERIODIC, 1024, 975, -0.0479",
    "PERIODIC, 8, 1, +0.1250",
    "INTERVAL, 8, 1, +0.1429",
    "INTERVAL, 8, 7, -0.1429",
    "INTERVAL, 8, 0, 0.0000",
  })
  void theSignSaysLaterOrEarlier(Resampling resampling, int length, int lag, String expected) {
    assertEquals(
        expected, Shift.text(lag, Settings.DEFAULT.withLength(length).withResampling(resampling)));
  }
}

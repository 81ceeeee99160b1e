package dev.vantage.tsdb.series;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeSeriesTest {
  private static final double NAN = Double.NaN;
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static double[] of(double... numbers) {
    return numbers;
  }

  private static void refused(String message, Executable making) {
    assertEquals(message, assertThrows(InvalidSeriesException.class, making).getMessage());
  }

  @Test
  void givesBackWhatWasPutIn() {
    TimeSeries series = TimeSeries.of(of(3, -0.0, 3, 1e-320), of(1, 2, 5, -1e308));
    assertArrayEquals(of(3, -0.0, 3, 1e-320), series.times());
    assertArrayEquals(of(1, 2, 5, -1e308), series.values());
    assertTrue(series.hasTimes());
    assertEquals(4, series.size());
    assertEquals(OptionalDouble.empty(), series.period());
    assertEquals("TimeSeries[points=4]", series.toString());
  }

  @Test
  void spacesPlainValuesEvenlyOverAPeriod() {
    TimeSeries series = TimeSeries.ofValues(1, 2, 3, 5);
    assertArrayEquals(of(0, 0.25, 0.5, 0.75), series.times());
    assertFalse(series.hasTimes());
  }

  @Test
  void copiesArraysOnTheWayInAndOut() {
    double[] times = of(0, 1, 2);
    double[] values = of(5, 6, 7);
    TimeSeries timed = TimeSeries.of(times, values);
    TimeSeries plain = TimeSeries.ofValues(values);
    times[0] = 9;
    values[0] = 9;
    timed.times()[1] = 9;
    timed.values()[1] = 9;
    timed.phases()[1] = 9;
    plain.times()[1] = 9;
    assertEquals(TimeSeries.of(of(0, 1, 2), of(5, 6, 7)), timed);
    assertEquals(TimeSeries.ofValues(5, 6, 7), plain);
  }

  @Test
  void refusesWhatIsNoSeries() {
    refused(
        "times and values must have the same length: times=3, values=2",
        () -> TimeSeries.of(of(1, 2, 3), of(1, 2)));
    refused("series must have at least 2 points: points=0", () -> TimeSeries.of(of(), of()));
    refused("series must have at least 2 points: points=0", TimeSeries::ofValues);
    refused("series must have at least 2 points: points=1", () -> TimeSeries.ofValues(1));
    refused("times must be finite: times[1]=NaN", () -> TimeSeries.of(of(1, NAN), of(1, 2)));
    refused(
        "values must be finite: values[0]=Infinity",
        () -> TimeSeries.of(of(1, 2), of(INFINITY, 2)));
    refused(
        "values must be finite: values[2]=-Infinity", () -> TimeSeries.ofValues(1, 2, -INFINITY));
    refused(
        "series must not be constant: every value=7.5, points=3",
        () -> TimeSeries.ofValues(7.5, 7.5, 7.5));
    refused(
        "series must not be constant: every value=0.0, points=2",
        () -> TimeSeries.of(of(1, 2), of(0.0, -0.0)));
    refused(
        "series must have at least 2 distinct times: distinct=1, points=2",
        () -> TimeSeries.of(of(0.0, -0.0), of(1, 2)));
  }

  @Test
  void acceptsTheLeastThatVaries() {
    assertEquals(2, TimeSeries.of(of(0, Double.MIN_VALUE), of(1, Math.nextUp(1.0))).size());
    assertEquals(2, TimeSeries.ofValues(0, -Double.MIN_VALUE).size());
  }

  @Test
  void refusesWhatIsNoPeriod() {
    TimeSeries timed = TimeSeries.of(of(0, 1, 2), of(1, 2, 3));
    for (double period : of(0, -0.0, -1, NAN, INFINITY, -INFINITY)) {
      refused(
          "period must be finite and greater than 0: period=" + period,
          () -> timed.foldedBy(period));
    }
    refused(
        "a period needs a series with times: period=2.0, times=none",
        () -> TimeSeries.ofValues(1, 2).foldedBy(2));
    refused(
        "series must have at least 2 distinct phases: distinct=1, period=0.5",
        () -> timed.foldedBy(0.5));
    refused(
        "time / period must be finite: quotient=Infinity", () -> timed.foldedBy(Double.MIN_VALUE));
    refused(
        "time / period must be finite: quotient=-Infinity",
        () -> TimeSeries.of(of(0, -1e300), of(1, 2)).foldedBy(1e-300));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2, 0",
    "-0.0, 2, 0",
    "0.5, 2, 0.25",
    "2, 2, 0",
    "1e300, 1, 0",
    "-0.5, 2, 0.75",
    "-2, 2, 0",
    "-1e-300, 2, 0",
    "-1e-15, 1, 0.999999999999999",
    "1.9999999999999998, 2, 0.9999999999999999",
    "4.000000000000001, 2, 4.440892098500626e-16",
    "1e-320, 1, 1e-320",
    "7, 4.9e-324, -1",
    "1e9, 3, 0.3333333134651184",
  })
  void foldsTimesIntoPhases(double time, double period, double phase) {
    TimeSeries series = TimeSeries.of(of(time, time == 0.125 ? 1 : 0.125), of(1, 2));
    if (phase < 0) {
      assertThrows(InvalidSeriesException.class, () -> series.foldedBy(period));
    } else {
      assertEquals(phase, series.foldedBy(period).phases()[0], "phase of " + time);
    }
  }

  @Test
  void foldingKeepsThePoints() {
    TimeSeries series = TimeSeries.of(of(5, 1, 8), of(1, 2, 3));
    TimeSeries folded = series.foldedBy(3.5);
    assertArrayEquals(series.times(), folded.times());
    assertArrayEquals(series.values(), folded.values());
    assertEquals(OptionalDouble.of(3.5), folded.period());
    assertEquals(OptionalDouble.empty(), series.period());
    assertEquals(OptionalDouble.of(2), folded.foldedBy(2).period());
    assertEquals("TimeSeries[points=3, period=3.5]", folded.toString());
  }

  @Test
  void equalsByEverything() {
    TimeSeries series = TimeSeries.of(of(0, 0.5), of(1, 2));
    TimeSeries same = TimeSeries.of(of(0, 0.5), of(1, 2));
    assertEquals(series, same);
    assertEquals(series.hashCode(), same.hashCode());
    assertNotEquals(series, TimeSeries.ofValues(1, 2), "times given or implied");
    assertNotEquals(series, TimeSeries.of(of(0, 0.6), of(1, 2)));
    assertNotEquals(series, TimeSeries.of(of(0, 0.5), of(1, 3)));
    assertNotEquals(series, series.foldedBy(0.8));
    assertEquals(series.foldedBy(0.8), same.foldedBy(0.8));
    assertNotEquals(series.foldedBy(0.8), same.foldedBy(0.9));
  }
}

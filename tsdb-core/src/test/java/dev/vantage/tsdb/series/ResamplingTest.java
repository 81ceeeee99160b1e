package dev.vantage.tsdb.series;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vantage.tsdb.testkit.Seeds;
import dev.vantage.tsdb.testkit.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.interpolation.LinearInterpolator;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ResamplingTest {

  private static double[] of(double... numbers) {
    return numbers;
  }

  private static void refused(String message, Executable making) {
    assertEquals(message, assertThrows(InvalidSeriesException.class, making).getMessage());
  }

  /** The slow oracle: averages values by time with a map, in the order of time. */
  private static TreeMap<Double, Double> averaged(double[] times, double[] values) {
    TreeMap<Double, List<Double>> byTime = new TreeMap<>();
    for (int i = 0; i < times.length; i++) {
      byTime.computeIfAbsent(times[i] + 0.0, time -> new ArrayList<>()).add(values[i]);
    }
    TreeMap<Double, Double> averages = new TreeMap<>();
    byTime.forEach(
        (time, all) ->
            averages.put(time, all.stream().mapToDouble(v -> v).average().orElseThrow()));
    return averages;
  }

  private static double[] interpolated(
      TreeMap<Double, Double> points, DoubleUnaryOperator place, int length) {
    double[] times = points.keySet().stream().mapToDouble(time -> time).toArray();
    double[] values = points.values().stream().mapToDouble(value -> value).toArray();
    var function = new LinearInterpolator().interpolate(times, values);
    double[] result = new double[length];
    Arrays.setAll(
        result,
        k ->
            function.value(
                Math.max(times[0], Math.min(times[times.length - 1], place.applyAsDouble(k)))));
    return result;
  }

  private static double[] periodicOracle(double[] phases, double[] values, int length) {
    TreeMap<Double, Double> points = averaged(phases, values);
    TreeMap<Double, Double> wrapped = new TreeMap<>(points);
    wrapped.put(points.lastKey() - 1, points.lastEntry().getValue());
    wrapped.put(points.firstKey() + 1, points.firstEntry().getValue());
    return interpolated(wrapped, k -> k / length, length);
  }

  private static double[] intervalOracle(double[] times, double[] values, int length) {
    TreeMap<Double, Double> points = averaged(times, values);
    double first = points.firstKey();
    double last = points.lastKey();
    return interpolated(points, k -> first + (last - first) * k / (length - 1), length);
  }

  /** Returns times in random order, many of them repeated. */
  private static double[] randomTimes(Random random, int size, double from, double to) {
    double[] times = random.doubles(size, from, to).toArray();
    for (int i = 0; i < size / 3; i++) {
      times[random.nextInt(size)] = times[random.nextInt(size)];
    }
    if (random.nextInt(3) == 0) {
      Arrays.sort(times);
    }
    times[0] = from;
    times[size - 1] = Math.nextDown(to);
    return times;
  }

  private static int randomLength(Random random) {
    return random.nextBoolean() ? 8 << random.nextInt(6) : 2 + random.nextInt(40);
  }

  @Test
  void periodicEqualsTheOracle() {
    Random random = Seeds.random("periodic");
    for (int round = 0; round < 3000; round++) {
      int size = 2 + random.nextInt(random.nextBoolean() ? 4 : 200);
      int length = randomLength(random);
      double[] phases = randomTimes(random, size, 0, 1);
      double[] values = random.doubles(size, -5, 5).toArray();
      double[] expected = periodicOracle(phases, values, length);
      double[] actual = Resampling.PERIODIC.resample(TimeSeries.of(phases, values), length);
      assertArrayEquals(expected, actual, 1e-9, "round " + round);
    }
  }

  @Test
  void intervalEqualsTheOracle() {
    Random random = Seeds.random("interval");
    for (int round = 0; round < 3000; round++) {
      int size = 2 + random.nextInt(random.nextBoolean() ? 4 : 200);
      int length = randomLength(random);
      double from = 10 * random.nextGaussian();
      double[] times = randomTimes(random, size, from, from + 100 * random.nextDouble() + 1);
      double[] values = random.doubles(size, -5, 5).toArray();
      double[] expected = intervalOracle(times, values, length);
      double[] actual = Resampling.INTERVAL.resample(TimeSeries.of(times, values), length);
      assertArrayEquals(expected, actual, 1e-6, "round " + round);
      assertEquals(averaged(times, values).firstEntry().getValue(), actual[0], 1e-12);
      assertEquals(averaged(times, values).lastEntry().getValue(), actual[length - 1], 1e-12);
    }
  }

  @Test
  void foldingEqualsTheOracleOnPhases() {
    Random random = Seeds.random("folding");
    for (int round = 0; round < 2000; round++) {
      int size = 3 + random.nextInt(60);
      int length = randomLength(random);
      // Eighths have exact phases: times that differ by whole cycles have equal phases and are
      // averaged.
      double period = Math.scalb(1.0, random.nextInt(8) - 4);
      double[] phases = new double[size];
      double[] times = new double[size];
      for (int i = 0; i < size; i++) {
        phases[i] = random.nextInt(8) / 8.0;
        times[i] = (phases[i] + random.nextInt(41) - 20) * period;
      }
      phases[0] = 0;
      phases[1] = 0.875;
      times[0] = -3 * period;
      times[1] = -period / 8;
      double[] values = random.doubles(size, -5, 5).toArray();
      double[] actual =
          Resampling.PERIODIC.resample(TimeSeries.of(times, values).foldedBy(period), length);
      assertArrayEquals(periodicOracle(phases, values, length), actual, 1e-12, "round " + round);
    }
  }

  @Test
  void timesNextToMultiplesOfThePeriodStayInTheCycle() {
    Random random = Seeds.random("next to multiples");
    for (int round = 0; round < 2000; round++) {
      double period = Math.exp(10 * random.nextGaussian());
      double[] times = new double[40];
      for (int i = 0; i < times.length; i++) {
        double multiple = (random.nextInt(2001) - 1000) * period;
        times[i] =
            switch (random.nextInt(4)) {
              case 0 -> Math.nextUp(multiple);
              case 1 -> Math.nextDown(multiple);
              case 2 -> multiple;
              default -> multiple + random.nextDouble() * period;
            };
      }
      TimeSeries series =
          TimeSeries.of(times, random.doubles(times.length, 1, 2).toArray()).foldedBy(period);
      for (double phase : series.phases()) {
        assertTrue(phase >= 0 && phase < 1, "phase=" + phase);
      }
      for (double value : Resampling.PERIODIC.resample(series, 64)) {
        assertTrue(value >= 1 && value <= 2, "value=" + value);
      }
    }
  }

  @Test
  void averagesEqualPhases() {
    TimeSeries series = TimeSeries.of(of(0, 0.5, 2, 1.5, -3), of(1, 10, 3, 30, 8)).foldedBy(1);
    assertArrayEquals(of(4, 12, 20, 12), Resampling.PERIODIC.resample(series, 4), 1e-15);
    TimeSeries zeros = TimeSeries.of(of(0.0, 0.5, -0.0), of(1, 10, 3));
    assertArrayEquals(of(2, 6, 10, 6), Resampling.PERIODIC.resample(zeros, 4), 1e-15);
  }

  @Test
  void evenlySpacedValuesSitAtTheirShareOfAPeriod() {
    double[] values = {1, 2, 4, 8};
    TimeSeries series = TimeSeries.ofValues(values);
    assertArrayEquals(values, Resampling.PERIODIC.resample(series, 4), "k/size is k/n");
    assertArrayEquals(
        of(1, 1.5, 2, 3, 4, 6, 8, 4.5), Resampling.PERIODIC.resample(series, 8), "wraps round");
    assertArrayEquals(of(1, 4), Resampling.PERIODIC.resample(series, 2));
    assertArrayEquals(values, Resampling.INTERVAL.resample(series, 4), 1e-15);
    assertArrayEquals(
        of(1, 1.5, 2, 3, 4, 6, 8), Resampling.INTERVAL.resample(series, 7), 1e-14, "to the end");
  }

  @Test
  void lastPointJoinsTheFirst() {
    TimeSeries series = TimeSeries.of(of(0.25, 0.75), of(0, 8));
    assertArrayEquals(
        of(4, 2, 0, 2, 4, 6, 8, 6), Resampling.PERIODIC.resample(series, 8), 1e-15, "both ends");
  }

  @ParameterizedTest
  @EnumSource(Resampling.class)
  void twoPointsAreEnough(Resampling resampling) {
    double[] ends =
        resampling == Resampling.PERIODIC ? of(3, 3.5, 4, 3.5) : of(3, 10 / 3.0, 11 / 3.0, 4);
    assertArrayEquals(ends, resampling.resample(TimeSeries.of(of(0, 0.5), of(3, 4)), 4), 1e-15);
  }

  /** Whatever the numbers, each result lies between the least and the greatest value. */
  @ParameterizedTest
  @CsvSource({
    "0, 1, -1e308, 1e308",
    "0, 1, -1.7976931348623157e308, 1.7976931348623157e308",
    "-1.7e308, 1.7e308, -1, 1",
    "-1.7e308, 1.7e308, -1.7e308, 1.7e308",
    "0, 1e-320, 0, 1",
    "0, 4.9e-324, 0, 1",
    "-1e-320, 1e-320, -1e-310, 1e-310",
    "0.3, 0.30000000000000004, 1, 2",
    "1e15, 1000000000000000.1, 5, 6",
    "0, 1e-300, 4.9e-324, 1e308",
    "-1e308, 1e-320, 0, 1"
  })
  void staysBetweenLeastAndGreatest(double from, double to, double least, double greatest) {
    Random random = Seeds.random("extremes");
    for (int round = 0; round < 200; round++) {
      int size = 2 + random.nextInt(20);
      double[] times = new double[size];
      double[] values = new double[size];
      for (int i = 0; i < size; i++) {
        double share = random.nextDouble();
        times[i] = Math.min(to, Math.max(from, from * (1 - share) + to * share));
        share = random.nextDouble();
        values[i] = Math.min(greatest, Math.max(least, least * (1 - share) + greatest * share));
      }
      times[0] = from;
      values[0] = least;
      times[1] = to;
      values[1] = greatest;
      if (averaged(times, values).values().stream().distinct().count() < 2) {
        continue; // few times lie between from and to, and averages may be equal
      }
      List<double[]> results = new ArrayList<>();
      results.add(Resampling.INTERVAL.resample(TimeSeries.of(times, values), 64));
      if (from >= 0 && to < 1) {
        results.add(Resampling.PERIODIC.resample(TimeSeries.of(times, values), 64));
      }
      for (double[] result : results) {
        for (double value : result) {
          assertTrue(value >= least && value <= greatest, () -> "value=" + value);
        }
      }
    }
  }

  @Test
  void averagesDoNotOverflow() {
    double max = Double.MAX_VALUE;
    TimeSeries series = TimeSeries.of(of(0, 0, 0, 0.5, 0.5), of(max, max, max, -max, max));
    assertArrayEquals(of(max, 0), Resampling.PERIODIC.resample(series, 2));
    assertArrayEquals(of(max, 0), Resampling.INTERVAL.resample(series, 2));
  }

  @Test
  void intervalEndsAreThePointsThemselves() {
    double[] ends = Resampling.INTERVAL.resample(TimeSeries.of(of(3, 7), of(1e16, 1)), 8);
    assertEquals(1e16, ends[0]);
    assertEquals(1, ends[7]);
  }

  @Test
  void refusesTimesThatAreNoPhases() {
    String rule = "times must be phases in [0, 1) where no period is given: first=";
    refused(
        rule
            + "0.0, last=1.0; hint: period 1 wraps them (--period 1), and a database with interval resampling takes any times (--resampling interval)",
        () -> Resampling.PERIODIC.resample(TimeSeries.of(of(1, 0), of(1, 2)), 8));
    refused(
        rule
            + "-4.9E-324, last=0.5; hint: period 1 wraps them (--period 1), and a database with interval resampling takes any times (--resampling interval)",
        () -> Resampling.PERIODIC.resample(TimeSeries.of(of(-Double.MIN_VALUE, 0.5), of(1, 2)), 8));
    refused(
        rule
            + "51075.5, last=54406.25; hint: their period, in the unit of the times, folds them"
            + " (--period P), and a database with interval resampling takes any times (--resampling interval)",
        () -> Resampling.PERIODIC.resample(TimeSeries.of(of(51075.5, 54406.25), of(1, 2)), 8));
    double last = Math.nextDown(1.0);
    assertEquals(2, Resampling.PERIODIC.resample(TimeSeries.of(of(0, last), of(1, 2)), 2).length);
  }

  @Test
  void refusesAPeriodOverAnInterval() {
    TimeSeries folded = TimeSeries.of(of(0, 1, 2.5), of(1, 2, 3)).foldedBy(2);
    refused(
        "a period needs periodic resampling: period=2.0, resampling=interval",
        () -> Resampling.INTERVAL.resample(folded, 8));
  }

  @ParameterizedTest
  @EnumSource(Resampling.class)
  void refusesWhatAveragesToAConstant(Resampling resampling) {
    TimeSeries series = TimeSeries.of(of(0, 0.5, 0.5), of(2, 1, 3));
    refused(
        "series must not be constant after values at equal times are averaged: every value=2.0",
        () -> resampling.resample(series, 8));
  }

  @Test
  void hasNames() {
    for (Resampling resampling : Resampling.values()) {
      assertSame(resampling, Resampling.ofLabel(resampling.label()));
    }
    assertSame(Resampling.INTERVAL, Resampling.ofLabel("InterVal"));
    assertEquals(
        "resampling must be periodic or interval: resampling=linear",
        assertThrows(IllegalArgumentException.class, () -> Resampling.ofLabel("linear"))
            .getMessage());
  }

  @Test
  void givesTheReferenceNumbersOfALightCurve() throws IOException {
    JsonNode golden;
    try (InputStream in = getClass().getResourceAsStream("/golden/rrlyrae-neighbours.json")) {
      golden = new ObjectMapper().readTree(in);
    }
    TimeSeries curve =
        SharedData.lightCurve("4099").stream()
            .filter(entry -> entry.id().equals("4099_g"))
            .findAny()
            .orElseThrow()
            .series();
    int length = golden.get("n").asInt();
    double[] samples = Resampling.PERIODIC.resample(curve, length);
    double mean = StatUtils.mean(samples);
    double deviation = Math.sqrt(StatUtils.populationVariance(samples));
    JsonNode expected = golden.get("checks").get("4099").get("standardised_first_4");
    assertEquals(4, expected.size());
    for (int k = 0; k < expected.size(); k++) {
      assertEquals(expected.get(k).asDouble(), (samples[k] - mean) / deviation, 1e-11);
    }
  }
}

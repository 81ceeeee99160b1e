package dev.vantage.tsdb.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.testkit.Seeds;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Axes cover their values, and their ticks are round and few. */
class AxisTest {
  private static String labels(double low, double high, int most) {
    return String.join(" ", Axis.of("", low, high).ticks(most).stream().map(Tick::label).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 6, 0 0.2 0.4 0.6 0.8 1.0",
    "0, 1, 3, 0 0.5 1.0",
    "-1.93, 2.41, 5, -1 0 1 2",
    "17.1, 17.65, 6, 17.2 17.3 17.4 17.5 17.6",
    "51081.3, 51082.55, 4, 51081.5 51082.0 51082.5",
    "2450000, 2452000, 5, 2450000 2450500 2451000 2451500 2452000",
    "0, 3e15, 4, 0 1e15 2e15 3e15",
    "-2e-9, 2e-9, 5, -2e-9 -1e-9 0 1e-9 2e-9",
    "1.05e20, 1.45e20, 5, 1.1e20 1.2e20 1.3e20 1.4e20",
  })
  void ticksAreRound(double low, double high, int most, String expected) {
    assertEquals(expected, labels(low, high, most));
  }

  @Test
  void ticksOfAnyAxisAreInsideAndFewAndDistinct() {
    Random random = Seeds.random("AxisTest");
    for (int i = 0; i < 2000; i++) {
      double one = Double.longBitsToDouble(random.nextLong());
      double other = random.nextBoolean() ? Math.nextUp(one) : one * random.nextDouble() * 3;
      if (Double.isFinite(one) && Double.isFinite(other) && one != other) {
        check(Math.min(one, other), Math.max(one, other), 2 + random.nextInt(10));
      }
    }
    check(-Double.MAX_VALUE, Double.MAX_VALUE, 5);
    check(0, Double.MIN_VALUE, 5);
    check(1e15, Math.nextUp(1e15), 5);
  }

  private static void check(double low, double high, int most) {
    Axis axis = Axis.of("", low, high);
    List<Tick> ticks = axis.ticks(most);
    String what = axis + " most=" + most + " " + ticks;
    assertTrue(ticks.size() <= most, what);
    assertEquals(ticks.size(), ticks.stream().map(Tick::label).distinct().count(), what);
    for (Tick tick : ticks) {
      assertTrue(tick.value() >= low && tick.value() <= high, what);
      assertEquals(tick.value(), Double.parseDouble(tick.label()), Math.ulp(tick.value()), what);
      double share = axis.share(tick.value());
      assertTrue(share >= 0 && share <= 1, what);
    }
  }

  @Test
  void anAxisAroundValuesCoversThemAll() {
    double[][] all = {
      {0},
      {5, 5},
      {-3, 7},
      {1e-320},
      {Double.MAX_VALUE, -Double.MAX_VALUE},
      {1e15, 1e15 + 0.25},
      {Double.MIN_VALUE, 0},
      {-Double.MAX_VALUE}
    };
    for (double[] values : all) {
      Axis axis = Axis.around("v", values);
      for (double value : values) {
        assertTrue(axis.low() <= value && value <= axis.high(), axis::toString);
        assertTrue(axis.share(value) >= 0 && axis.share(value) <= 1, axis::toString);
      }
    }
    assertEquals(Axis.of("v", -0.5, 10.5), Axis.around("v", 0, 10, 3));
  }

  @Test
  void anInvertedAxisIsUpsideDown() {
    Axis axis = Axis.of("mag", 17, 18);
    assertEquals(0.25, axis.share(17.25));
    assertEquals(0.75, axis.inverted().share(17.25));
    assertEquals(axis, axis.inverted().inverted());
    assertEquals(axis.ticks(3), axis.inverted().ticks(3));
  }

  @Test
  void whatIsNoAxisIsRefused() {
    for (double high : new double[] {1, 0.5, Double.NaN, Double.POSITIVE_INFINITY}) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> Axis.of("", 1, high));
      assertEquals(
          "ends of an axis must be finite and low < high: low=1.0, high=" + high, e.getMessage());
    }
    assertThrows(IllegalArgumentException.class, () -> Axis.around(""));
    assertThrows(IllegalArgumentException.class, () -> Axis.around("", 1, Double.NaN));
  }
}

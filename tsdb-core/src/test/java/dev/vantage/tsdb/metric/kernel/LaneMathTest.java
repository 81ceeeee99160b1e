package dev.vantage.tsdb.metric.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaneMathTest {

  @Test
  void exponentialIsWithinItsError() {
    float[] arguments = new float[6001];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = -40 + i / 100f;
    }
    float[] found = arguments.clone();
    LaneMath.exponential(found, found.length);
    for (int i = 0; i < arguments.length; i++) {
      double exact = StrictMath.exp(arguments[i]);
      assertEquals(1, found[i] / exact, LaneMath.EXPONENTIAL_ERROR, "x=" + arguments[i]);
    }
  }

  @Test
  void exponentialOutsideItsRangeBoundsFromAbove() {
    float[] found = {-1000, 20.001f, 21, 89, 3300};
    float[] arguments = found.clone();
    LaneMath.exponential(found, found.length);
    assertEquals(StrictMath.exp(-40), found[0], 1e-20);
    for (int i = 1; i < found.length; i++) {
      assertTrue(found[i] > 1e9 && found[i] < 1e20, "x=" + arguments[i] + ", found=" + found[i]);
    }
  }

  /** Tests exponentials of g (l - 1), as in the bound. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-60, 1e-3, 0.3, 0.3125, 1, 2.5, 5, 10, 18, 20, 33.3, 80, 300, 1280})
  void powersAreWithinTheirError(double multiplier) {
    LanePower power = new LanePower(multiplier);
    float[] low = new float[20_001];
    for (int i = 0; i < low.length; i++) {
      low[i] = i / 10_000f - 1;
    }
    float[] e = new float[low.length];
    power.exponential(low, e, low.length);
    for (int i = 0; i < low.length; i++) {
      double exact = StrictMath.exp(multiplier * (low[i] - 1.0));
      if (multiplier * (low[i] - 1) > -39) {
        assertEquals(1, e[i] / exact, power.error(), "l=" + low[i]);
      } else {
        assertTrue(e[i] >= exact * (1 - power.error()) && e[i] < 2e-17, "l=" + low[i]);
      }
    }
  }

  @Test
  void powersNeedFewSquarings() {
    assertEquals(2, new LanePower(0.3).squarings());
    assertEquals(2, new LanePower(1).squarings());
    assertEquals(5, new LanePower(10).squarings());
    assertEquals(10, new LanePower(300).squarings());
  }
}

package dev.vantage.tsdb.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

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

  /** Polynomial, then squarings: as the bound takes exponentials of g (l - 1). */
  @Test
  void powersAreWithinTheirError() {
    for (int squarings = 4; squarings <= 12; squarings += 2) {
      double multiplier = 5.0 / 32 * (1 << squarings);
      float[] low = new float[2001];
      IntStream.range(0, low.length).forEach(i -> low[i] = i / 1000f - 1);
      float[] e = new float[low.length];
      float scale = (float) (multiplier / (1 << squarings));
      LaneMath.firstPower(low, e, scale, -40f / (1 << squarings), low.length);
      // Two of the squarings are left to the caller.
      for (int s = 2; s < squarings; s += 2) {
        LaneMath.fourthPower(e, e.length);
      }
      for (int i = 0; i < low.length; i++) {
        double exact = StrictMath.exp(multiplier * (low[i] - 1.0));
        double error = (1 << squarings) * 5 * 0x1p-24;
        if (multiplier * (low[i] - 1) > -39) {
          assertEquals(1, e[i] / exact, error, "l=" + low[i] + ", squarings=" + squarings);
        } else {
          assertTrue(e[i] >= exact * (1 - error), "l=" + low[i]);
        }
      }
    }
  }
}

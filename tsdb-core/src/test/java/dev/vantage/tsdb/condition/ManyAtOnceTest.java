package dev.vantage.tsdb.condition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.testkit.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tests of 64 values at once agree with tests of single values. */
class ManyAtOnceTest {
  private static final int CONDITIONS = 20_000;

  private static final double[] DOUBLES = {
    0.0,
    -0.0,
    1,
    -1,
    0.3,
    2.5,
    0x1p53,
    0x1p63,
    -0x1p63,
    1e30,
    -1e30,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Double.NaN
  };
  private static final long[] LONGS = {
    0, 1, -1, 2, 3, 1L << 53, (1L << 53) + 1, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 1
  };

  @Test
  void bitsAreThoseOfSingleTests() {
    Random random = Seeds.random("many at once");
    RandomConditions conditions = new RandomConditions(random);
    int doubles = 0;
    int longs = 0;
    for (int i = 0; i < CONDITIONS; i++) {
      Filter filter = Condition.parse(conditions.nextCondition(0)).bind(conditions.types());
      if (filter instanceof DoubleFilter test) {
        doubles++;
        double[] values =
            random.ints(70, 0, DOUBLES.length).mapToDouble(at -> DOUBLES[at]).toArray();
        long bits = test.test(values, 5);
        for (int bit = 0; bit < 64; bit++) {
          boolean alone = test.test(values[5 + bit]);
          assertEquals(alone, (bits >>> bit & 1) != 0, filter + " of " + values[5 + bit]);
        }
      } else if (filter instanceof LongFilter test) {
        longs++;
        long[] values = random.ints(70, 0, LONGS.length).mapToLong(at -> LONGS[at]).toArray();
        long bits = test.test(values, 5);
        for (int bit = 0; bit < 64; bit++) {
          boolean alone = test.test(values[5 + bit]);
          assertEquals(alone, (bits >>> bit & 1) != 0, filter + " of " + values[5 + bit]);
        }
      }
    }
    assertTrue(doubles > 1000 && longs > 1000, "doubles=" + doubles + ", longs=" + longs);
  }
}

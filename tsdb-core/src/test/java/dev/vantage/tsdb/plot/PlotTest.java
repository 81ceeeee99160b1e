package dev.vantage.tsdb.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.testkit.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Plots, panels and marks are values that cannot change. */
class PlotTest {
  private static final Axis UNIT = Axis.of("", 0, 1);
  private static final double[] ENDS = {0, 1};

  private static Panel panel(Mark... marks) {
    return new Panel("", UNIT, UNIT, List.of(marks));
  }

  @Test
  void theLegendHasEachSeriesOnce() {
    Mark a = Mark.line("a", "query", ENDS, ENDS);
    Mark b = Mark.points("b", "distance 0.1", ENDS, ENDS);
    Mark again = Mark.line("b", "another note", ENDS, ENDS);
    Plot plot = new Plot("t", List.of(panel(a, b, Mark.arrow("lag", 0, 1, 0.5)), panel(again)));
    assertEquals(
        List.of(new Plot.LegendEntry("a", "query"), new Plot.LegendEntry("b", "distance 0.1")),
        plot.legend());
  }

  @Test
  void marksKeepTheirPoints() {
    double[] x = {0, 1};
    Mark mark = Mark.line("a", "", x, x);
    x[0] = 0.5;
    mark.x()[1] = 7;
    assertEquals(Mark.line("a", "", ENDS, ENDS), mark);
    assertEquals(mark.hashCode(), Mark.line("a", "", ENDS, ENDS).hashCode());
    assertEquals("Mark[LINE, name=a, points=2]", mark.toString());
  }

  @Test
  void whatCannotBeDrawnIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Plot("", List.of()));
    assertThrows(
        IllegalArgumentException.class, () -> Mark.line("", "", new double[0], new double[0]));
    assertThrows(IllegalArgumentException.class, () -> Mark.line("", "", ENDS, new double[1]));
    assertThrows(
        IllegalArgumentException.class,
        () -> Mark.points("", "", ENDS, new double[] {0, Double.POSITIVE_INFINITY}));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> panel(Mark.line("", "", ENDS, new double[] {0, 1.5})));
    assertEquals("axes must cover all marks: axis=, low=0.0, high=1.0, value=1.5", e.getMessage());
  }

  @Test
  void aThinnedMarkKeepsEveryPeak() {
    Random random = Seeds.random("PlotTest");
    int n = 10_000;
    double[] x = random.doubles(n).toArray();
    double[] y = random.doubles(n).toArray();
    y[1234] = 5;
    y[4321] = -5;
    Mark thin = Mark.points("a", "n", x, y).thinned(200);
    assertTrue(thin.size() <= 200 && thin.size() > 100, thin::toString);
    assertTrue(Arrays.stream(thin.y()).anyMatch(value -> value == 5));
    assertTrue(Arrays.stream(thin.y()).anyMatch(value -> value == -5));
    double[] sorted = thin.x();
    Arrays.sort(sorted);
    assertEquals(Arrays.toString(sorted), Arrays.toString(thin.x()));
    assertSame(thin, thin.thinned(200));
  }
}

package dev.vantage.tsdb.cli.plot;

import dev.vantage.tsdb.plot.AlignedCurves;
import dev.vantage.tsdb.plot.Axis;
import dev.vantage.tsdb.plot.Mark;
import dev.vantage.tsdb.plot.Panel;
import dev.vantage.tsdb.plot.Plot;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Plots to draw. */
final class SamplePlots {
  private static final int LENGTH = 128;

  private SamplePlots() {}

  /** A steep rise and a slow fall, as of a pulsating star. */
  private static double[] pulse(int lag, double ripple) {
    return IntStream.range(0, LENGTH)
        .mapToDouble(
            t -> {
              double phase = (double) ((t - lag + LENGTH) % LENGTH) / LENGTH;
              double rise = phase < 0.15 ? phase / 0.15 : (1 - phase) / 0.85;
              return 2.6 * rise - 1.3 + ripple * Math.sin(2 * Math.PI * 9 * phase);
            })
        .toArray();
  }

  /** A query and three neighbors, one of which differs. */
  static Plot neighbors() {
    AlignedCurves curves =
        AlignedCurves.periodic(LENGTH)
            .with("4099_g", "the query", pulse(0, 0), 0)
            .with("873466_g", "distance 0.008312, lag 45, shift +0.3516", pulse(45, 0.02), 45)
            .with("495429_g", "distance 0.009611, lag 100, shift -0.2188", pulse(100, 0.15), 100)
            .with("1<&>\"'2", "distance 0.010502, lag 0, shift 0.0000", pulse(0, 0.4), 0);
    return new Plot(
        "4099_g and 3 neighbors",
        List.of(
            new Panel(
                "",
                Axis.of("phase of the query", 0, 1),
                around("value, standardised", curves.marks()),
                curves.marks())));
  }

  private static Axis around(String label, List<Mark> marks) {
    return Axis.around(
        label, marks.stream().flatMapToDouble(mark -> Arrays.stream(mark.y())).toArray());
  }

  /** Points over phase, with magnitudes upside down, beside points over time with an arrow. */
  static Plot folded() {
    double[] times = IntStream.range(0, 60).mapToDouble(i -> 51081.3 + i * 7.31 % 40).toArray();
    double[] phases = Arrays.stream(times).map(t -> t / 0.64 - Math.floor(t / 0.64)).toArray();
    double[] values =
        Arrays.stream(phases).map(p -> 17.4 + 0.3 * Math.sin(2 * Math.PI * p)).toArray();
    Axis y = Axis.around("mag", values).inverted();
    return new Plot(
        "4099_g, period 0.64",
        List.of(
            new Panel(
                "folded",
                Axis.of("phase", 0, 1),
                y,
                List.of(Mark.points("4099_g", "", phases, values))),
            new Panel(
                "as inserted",
                Axis.around("time", times),
                y,
                List.of(
                    Mark.points("4099_g", "", times, values),
                    Mark.arrow("a night", 51090, 51100, 17.4)))));
  }
}

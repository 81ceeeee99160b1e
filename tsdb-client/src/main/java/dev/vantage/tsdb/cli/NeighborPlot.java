package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.metric.Standardisation;
import dev.vantage.tsdb.plot.AlignedCurves;
import dev.vantage.tsdb.plot.Axis;
import dev.vantage.tsdb.plot.Panel;
import dev.vantage.tsdb.plot.Plot;
import dev.vantage.tsdb.series.Curve;
import dev.vantage.tsdb.series.Resampling;
import dev.vantage.tsdb.series.TimeSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Makes the picture of a query and its neighbors, each moved back by its lag. */
final class NeighborPlot {
  /** The name of a query that has no id. No legend is likely to have it twice. */
  private static final String UPLOADED = "(the series in the file)";

  /** With the query as many as there are colors. */
  private static final int MOST_NEIGHBORS = 7;

  private static final int MOST_POINTS = 2048;

  private final Tsdb database;
  private final Settings settings;
  private final int points;

  NeighborPlot(Tsdb database, Settings settings) {
    this.database = database;
    this.settings = settings;
    points = Math.min(settings.length(), MOST_POINTS);
  }

  /** Makes the picture of a stored series and its neighbors. */
  Plot of(String id, List<Neighbor> neighbors, UnaryOperator<Axis> values) {
    // A query may be a neighbor of itself, which would be the same curve.
    List<Neighbor> others =
        neighbors.stream().filter(neighbor -> !neighbor.id().equals(id)).toList();
    List<String> ids = new ArrayList<>(List.of(id));
    ids.addAll(drawnIds(others));
    List<Curve> curves = database.curves(ids, points);
    return plot(curves.get(0), others, curves.subList(1, curves.size()), values);
  }

  /** Makes the picture of a series that is not stored and its neighbors. */
  Plot of(TimeSeries query, List<Neighbor> neighbors, UnaryOperator<Axis> values) {
    Resampling resampling = settings.resampling();
    double[] samples = Standardisation.standardise(resampling.resample(query, settings.length()));
    Curve curve = Curve.of(UPLOADED, samples, resampling, points);
    return plot(curve, neighbors, database.curves(drawnIds(neighbors), points), values);
  }

  private static List<String> drawnIds(List<Neighbor> neighbors) {
    return neighbors.stream().limit(MOST_NEIGHBORS).map(Neighbor::id).toList();
  }

  /** Makes the picture of a query and the first neighbors, whose curves are given. */
  private Plot plot(
      Curve query, List<Neighbor> all, List<Curve> drawn, UnaryOperator<Axis> values) {
    AlignedCurves curves = begin().with(query.id(), "the query", query.values(), 0);
    for (int i = 0; i < drawn.size(); i++) {
      Neighbor neighbor = all.get(i);
      curves = curves.with(neighbor.id(), note(neighbor), drawn.get(i).values(), neighbor.lag());
    }
    double[] heights =
        curves.marks().stream().flatMapToDouble(mark -> Arrays.stream(mark.y())).toArray();
    Panel panel =
        new Panel(
            "",
            Axis.of(xLabel(), 0, 1),
            values.apply(Axis.around("value, standardised", heights)),
            curves.marks());
    return new Plot(title(query.id(), drawn.size(), all.size()), List.of(panel));
  }

  private boolean isPeriodic() {
    return settings.resampling() == Resampling.PERIODIC;
  }

  private AlignedCurves begin() {
    return isPeriodic()
        ? AlignedCurves.periodic(settings.length())
        : AlignedCurves.interval(settings.length());
  }

  private String xLabel() {
    return isPeriodic() ? "phase of the query" : "time of the query, as a part of its duration";
  }

  private static String title(String query, int drawn, int found) {
    String neighbors = drawn + (drawn == 1 ? " neighbor" : " neighbors");
    return drawn < found
        ? query + " and the first " + neighbors + " of " + found
        : query + " and " + neighbors;
  }

  private String note(Neighbor neighbor) {
    return String.format(
        Locale.ROOT,
        "distance %.6f, lag %d, shift %s",
        neighbor.distance(),
        neighbor.lag(),
        Shift.text(neighbor.lag(), settings));
  }
}

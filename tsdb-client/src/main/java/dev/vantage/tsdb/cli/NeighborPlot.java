package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.SearchResult;
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
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Makes the picture of a query and its neighbors, each moved back by its lag. */
final class NeighborPlot {
  /** The legend's name for a query without an id. */
  private static final String UPLOADED = "(the series in the file)";

  /** One fewer than there are colors, since the query has one. */
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
  Plot of(String id, SearchResult found, UnaryOperator<Axis> values) {
    // A query may be a neighbor of itself, which would be the same curve.
    List<Neighbor> others =
        found.neighbors().stream().filter(neighbor -> !neighbor.id().equals(id)).toList();
    Curve query = database.curves(List.of(id), points).get(0);
    return plot(query, others, reversed(found), values);
  }

  /** Makes the picture of a series that is not stored and its neighbors. */
  Plot of(TimeSeries query, SearchResult found, UnaryOperator<Axis> values) {
    Resampling resampling = settings.resampling();
    double[] samples = Standardisation.standardise(resampling.resample(query, settings.length()));
    Curve curve = Curve.of(UPLOADED, samples, resampling, points);
    return plot(curve, found.neighbors(), reversed(found), values);
  }

  /** Returns the ids of the neighbors that match with their time reversed. */
  private static Set<String> reversed(SearchResult found) {
    Set<String> reversed = new HashSet<>();
    for (int rank = 0; rank < found.matches().size(); rank++) {
      if (found.matches().get(rank).isReversed()) {
        reversed.add(found.neighbors().get(rank).id());
      }
    }
    return reversed;
  }

  /** Makes the picture of a query and the first neighbors that are still stored. */
  private Plot plot(
      Curve query, List<Neighbor> all, Set<String> reversed, UnaryOperator<Axis> values) {
    Map<String, Neighbor> first = new LinkedHashMap<>();
    all.stream().limit(MOST_NEIGHBORS).forEach(neighbor -> first.put(neighbor.id(), neighbor));
    List<Curve> drawn = StoredCurves.of(List.copyOf(first.keySet()), database, points);
    AlignedCurves curves = begin().with(query.id(), "the query", query.values(), 0);
    for (Curve curve : drawn) {
      Neighbor neighbor = Objects.requireNonNull(first.get(curve.id()));
      curves =
          reversed.contains(neighbor.id())
              ? curves.with(
                  neighbor.id(),
                  note(neighbor) + ", reversed",
                  backwards(curve.values()),
                  (settings.length() - neighbor.lag()) % settings.length())
              : curves.with(neighbor.id(), note(neighbor), curve.values(), neighbor.lag());
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

  /** Returns the values with their time reversed, around the first one. */
  private static double[] backwards(double[] values) {
    double[] reversed = new double[values.length];
    for (int t = 0; t < values.length; t++) {
      reversed[t] = values[(values.length - t) % values.length];
    }
    return reversed;
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
    String neighbors = drawn == 1 ? "neighbor" : "neighbors";
    if (drawn == found) {
      return query + " and " + drawn + " " + neighbors;
    }
    return drawn == MOST_NEIGHBORS
        ? query + " and the first " + drawn + " " + neighbors + " of " + found
        : query + " and " + drawn + " of " + found + " neighbors";
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

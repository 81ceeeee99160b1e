package dev.vantage.tsdb.cli.plot;

import dev.vantage.tsdb.plot.Mark;
import dev.vantage.tsdb.plot.Plot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The place of each series in the legend of a plot, which decides its color. Immutable. */
final class SeriesIndex {
  private final Map<String, Integer> places = new HashMap<>();

  SeriesIndex(Plot plot) {
    List<Plot.LegendEntry> legend = plot.legend();
    for (int i = 0; i < legend.size(); i++) {
      places.put(legend.get(i).name(), i);
    }
  }

  /** Returns the place of the series of a mark; the first for a mark without a name. */
  int of(Mark mark) {
    return places.getOrDefault(mark.name(), 0);
  }

  int size() {
    return places.size();
  }
}

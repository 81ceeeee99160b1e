package dev.vantage.tsdb.benchmarks.report;

import dev.vantage.tsdb.benchmarks.rival.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Plots of the cost of a query against the number of series. */
final class Plots {
  static final String FOLDER = "plots";

  /** Colors that most people can distinguish, on white and on black. */
  private static final Map<Engine, String> COLORS =
      new EnumMap<>(
          Map.of(
              Engine.SCAN, "#808080",
              Engine.TSDB, "#2f7fe0",
              Engine.TSDB_DOOR, "#5fb0e8",
              Engine.ELKI_VP_TREE, "#d9822b",
              Engine.ELKI_COVER_TREE, "#b58900",
              Engine.ELKI_GNAT, "#c2607a",
              Engine.ELKI_LAESA, "#9c6ade",
              Engine.SMILE_COVER_TREE, "#2aa17a",
              Engine.JVPTREE, "#d0553f"));

  private Plots() {}

  /**
   * Writes a plot.
   *
   * @param name the name of its file, without extension
   * @param outcomes searches that differ in the number of series alone
   */
  static void write(Path folder, String name, String title, List<Outcome> outcomes)
      throws IOException {
    LogLogPlot plot =
        new LogLogPlot(
            title, "series in the collection", Figures::count, "one query, median", Figures::time);
    for (Engine engine : Engine.values()) {
      List<LogLogPlot.Point> points = new ArrayList<>();
      for (Outcome outcome : outcomes) {
        OptionalDouble median =
            outcome
                .result(engine.label())
                .map(result -> result.number("median"))
                .orElse(OptionalDouble.empty());
        median.ifPresent(
            seconds -> points.add(new LogLogPlot.Point(outcome.job().number("series"), seconds)));
      }
      if (!points.isEmpty()) {
        boolean strong = engine == Engine.TSDB || engine == Engine.SCAN;
        plot.add(engine.title(), COLORS.get(engine), strong, points);
      }
    }
    Path plots = folder.resolve(FOLDER);
    Files.createDirectories(plots);
    Files.writeString(plots.resolve(name + ".svg"), plot.svg());
  }
}

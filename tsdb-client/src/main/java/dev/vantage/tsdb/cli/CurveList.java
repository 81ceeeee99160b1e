package dev.vantage.tsdb.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.cli.plot.Sparkline;
import dev.vantage.tsdb.cli.plot.Terminal;
import dev.vantage.tsdb.protocol.op.Curves;
import dev.vantage.tsdb.series.Curve;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Lists series with their curves. */
final class CurveList {
  /** The points of a curve in answers for programs, and the characters of a sparkline. */
  private static final int POINTS = 32;

  /** The points that a character of a sparkline stands for, so that a narrow feature shows. */
  private static final int POINTS_PER_CHARACTER = 8;

  private CurveList() {}

  /** Reads the curves of series. Leaves out a series that was deleted after it was listed. */
  static VerbOutput of(List<String> ids, Tsdb database, OutputFormat format) {
    return switch (format) {
      case TABLE -> sparklines(ids, database);
      case JSON -> points(ids, database, curves -> Curves.payload(curves).toTree());
      case CSV -> points(ids, database, curves -> NullNode.getInstance());
    };
  }

  private static VerbOutput sparklines(List<String> ids, Tsdb database) {
    Terminal terminal = Screen.terminal();
    List<List<String>> lines = new ArrayList<>();
    forEachPage(
        ids,
        page ->
            StoredCurves.of(page, database, POINTS * POINTS_PER_CHARACTER)
                .forEach(curve -> lines.add(List.of(curve.id(), sparkline(curve, terminal)))));
    return VerbOutput.of(NullNode.getInstance(), TextTable.of(List.of("id", "curve"), lines));
  }

  private static String sparkline(Curve curve, Terminal terminal) {
    return Sparkline.draw(extremes(curve.values()), terminal.characters());
  }

  /** Returns of each stretch the value that is farthest from 0, the mean of the curve. */
  private static double[] extremes(double[] values) {
    double[] extremes = new double[POINTS];
    for (int i = 0; i < values.length; i++) {
      int stretch = i / POINTS_PER_CHARACTER;
      if (Math.abs(values[i]) > Math.abs(extremes[stretch])) {
        extremes[stretch] = values[i];
      }
    }
    return extremes;
  }

  private static VerbOutput points(
      List<String> ids, Tsdb database, Function<List<Curve>, JsonNode> payload) {
    List<Curve> curves = new ArrayList<>();
    forEachPage(ids, page -> curves.addAll(StoredCurves.of(page, database, POINTS)));
    return VerbOutput.of(
        payload.apply(curves),
        new TextTable(
            List.of("id", "phase", "value"), curves.stream().flatMap(CurveList::rows).iterator()));
  }

  private static void forEachPage(List<String> ids, Consumer<List<String>> read) {
    for (int from = 0; from < ids.size(); from += Curve.MAX_CURVES) {
      read.accept(ids.subList(from, Math.min(ids.size(), from + Curve.MAX_CURVES)));
    }
  }

  private static Stream<List<String>> rows(Curve curve) {
    double[] phases = curve.phases();
    double[] values = curve.values();
    return IntStream.range(0, curve.size())
        .mapToObj(k -> List.of(curve.id(), Double.toString(phases[k]), Double.toString(values[k])));
  }
}

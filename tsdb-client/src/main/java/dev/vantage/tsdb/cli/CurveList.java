package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.UnknownIdException;
import dev.vantage.tsdb.cli.plot.Sparkline;
import dev.vantage.tsdb.cli.plot.Terminal;
import dev.vantage.tsdb.protocol.op.Curves;
import dev.vantage.tsdb.series.Curve;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Lists series with their curves. */
final class CurveList {
  private static final int POINTS = 32;

  private CurveList() {}

  /** Reads the curves of series. Leaves out a series that was deleted after it was listed. */
  static VerbOutput of(List<String> ids, Tsdb database) {
    List<Curve> curves = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += Curve.MAX_CURVES) {
      int to = Math.min(ids.size(), from + Curve.MAX_CURVES);
      curves.addAll(curves(ids.subList(from, to), database));
    }
    Terminal terminal = Screen.terminal();
    List<List<String>> lines =
        curves.stream()
            .map(
                curve -> List.of(curve.id(), Sparkline.draw(curve.values(), terminal.characters())))
            .toList();
    List<List<String>> points = curves.stream().flatMap(CurveList::rows).toList();
    return VerbOutput.of(
            Curves.payload(curves).toTree(), Table.of(List.of("id", "phase", "value"), points))
        .readAs(List.of(Table.of(List.of("id", "curve"), lines)));
  }

  private static List<Curve> curves(List<String> ids, Tsdb database) {
    try {
      return database.curves(ids, POINTS);
    } catch (UnknownIdException e) {
      if (ids.size() == 1) {
        return List.of();
      }
      return ids.stream().flatMap(id -> curves(List.of(id), database).stream()).toList();
    }
  }

  private static Stream<List<String>> rows(Curve curve) {
    double[] phases = curve.phases();
    double[] values = curve.values();
    return IntStream.range(0, curve.size())
        .mapToObj(k -> List.of(curve.id(), Double.toString(phases[k]), Double.toString(values[k])));
  }
}

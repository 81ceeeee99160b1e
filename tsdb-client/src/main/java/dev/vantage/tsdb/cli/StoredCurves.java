package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.UnknownIdException;
import dev.vantage.tsdb.series.Curve;
import java.util.ArrayList;
import java.util.List;

/** Reads curves of series that may be deleted meanwhile. */
final class StoredCurves {
  private StoredCurves() {}

  /**
   * Reads the curves of series, in their order. Leaves out each series that is not stored.
   *
   * @param ids at most {@link Curve#MAX_CURVES} ids
   */
  static List<Curve> of(List<String> ids, Tsdb database, int points) {
    if (ids.isEmpty()) {
      return List.of();
    }
    try {
      return database.curves(ids, points);
    } catch (UnknownIdException e) {
      if (ids.size() == 1) {
        return List.of();
      }
      int half = ids.size() / 2;
      List<Curve> curves = new ArrayList<>(of(ids.subList(0, half), database, points));
      curves.addAll(of(ids.subList(half, ids.size()), database, points));
      return curves;
    }
  }
}

package dev.vantage.tsdb.engine.embedded;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.engine.Database;
import dev.vantage.tsdb.engine.Deadline;
import dev.vantage.tsdb.engine.NearestIds;
import dev.vantage.tsdb.series.Curve;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.SeriesIds;
import java.util.List;

/** Reads stored series as curves. Immutable. */
final class CurveReader {
  private final List<String> ids;
  private final int points;

  /**
   * Checks a request.
   *
   * @throws InvalidRequestException if there are too many ids or points, or fewer than 2 points
   * @throws dev.vantage.tsdb.series.InvalidIdException if an id is malformed
   */
  CurveReader(List<String> ids, int points) {
    if (ids.size() > Curve.MAX_CURVES) {
      throw new InvalidRequestException(
          "ids must be at most " + Curve.MAX_CURVES + ": ids=" + ids.size());
    }
    if (points < 2 || (long) ids.size() * points > Curve.MAX_VALUES) {
      throw new InvalidRequestException(
          "points must be from 2, and ids * points at most "
              + Curve.MAX_VALUES
              + ": ids="
              + ids.size()
              + ", points="
              + points);
    }
    ids.forEach(SeriesIds::check);
    this.ids = List.copyOf(ids);
    this.points = points;
  }

  List<Curve> read(Database database, Deadline deadline) {
    return ids.stream().map(id -> read(id, database, deadline)).toList();
  }

  private Curve read(String id, Database database, Deadline deadline) {
    deadline.check();
    SeriesEntry entry =
        database
            .store()
            .within(deadline.limit())
            .get(id)
            .orElseThrow(() -> NearestIds.unknown(database.store(), id));
    return database.preparer().curve(entry, points);
  }
}

package dev.vantage.tsdb;

import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.store.IndexedSeries;
import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.StoreSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Checks stored data and index against fresh computations. For one thread. */
final class DatabaseVerifier {
  private final Database database;
  private final LongConsumer progress;
  private final Metric.Evaluator evaluator;
  private final List<String> problems = new ArrayList<>();
  private final Map<Long, double[]> vantageRows = new HashMap<>();
  private long series;
  private long distances;

  DatabaseVerifier(Database database, LongConsumer progress) {
    this.database = database;
    this.progress = progress;
    evaluator = database.metric().evaluator();
  }

  VerifyReport verify() {
    problems.addAll(database.store().check());
    try {
      database
          .store()
          .read(
              snapshot -> {
                verify(snapshot);
                return true;
              });
    } catch (StoreException e) {
      problems.add(e.getMessage());
    }
    try {
      database.index().checkInvariants();
    } catch (IllegalStateException e) {
      problems.add(e.getMessage());
    }
    return new VerifyReport(series, distances, problems);
  }

  private void verify(StoreSnapshot snapshot) {
    List<Long> vantagePoints = snapshot.vantagePoints();
    snapshot.forEach(
        0,
        one -> {
          if (vantagePoints.contains(one.key())) {
            vantageRows.put(one.key(), database.prepare(one.entry().series()));
          }
        });
    if (vantageRows.size() < vantagePoints.size()) {
      problems.add(
          "every vantage point must be a stored series: vantage points="
              + vantagePoints.size()
              + ", stored="
              + vantageRows.size());
      return;
    }
    Optional<CheckpointVerifier> checkpoint =
        snapshot.checkpoint().map(found -> new CheckpointVerifier(database, snapshot, found));
    snapshot.forEach(
        0,
        one -> {
          double[] row = database.prepare(one.entry().series());
          verify(one, row, vantagePoints);
          checkpoint.ifPresent(verifier -> verifier.verify(one, row));
        });
    checkpoint.ifPresent(verifier -> problems.addAll(verifier.problems()));
  }

  private void verify(IndexedSeries one, double[] row, List<Long> vantagePoints) {
    for (int v = 0; v < vantagePoints.size(); v++) {
      double fresh = evaluator.distance(vantageRows.get(vantagePoints.get(v)), 0, row, 0);
      double stored = one.distances()[v];
      // Another processor may round an exponential another way, and no more than this.
      if (!(Math.abs(fresh * fresh - stored * stored)
          <= 2 * database.metric().squaredDistanceError())) {
        problems.add(
            "a stored distance must be the distance: id="
                + one.entry().id()
                + ", vantage point="
                + v
                + ", stored="
                + stored
                + ", computed="
                + fresh);
      }
      distances++;
    }
    progress.accept(++series);
  }
}

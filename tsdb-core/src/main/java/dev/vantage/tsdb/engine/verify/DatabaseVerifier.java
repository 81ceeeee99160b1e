package dev.vantage.tsdb.engine.verify;

import dev.vantage.tsdb.InvalidLocationException;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Progress;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.VerifyOptions;
import dev.vantage.tsdb.VerifyReport;
import dev.vantage.tsdb.engine.Database;
import dev.vantage.tsdb.engine.Location;
import dev.vantage.tsdb.engine.SettingsCodec;
import dev.vantage.tsdb.engine.prepare.SeriesPreparer;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.store.IndexedSeries;
import dev.vantage.tsdb.store.Store;
import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.StoreSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Checks stored data and index against fresh computations, and continues after damage. Not
 * thread-safe.
 */
public final class DatabaseVerifier {
  private final Store store;
  private final Settings settings;
  private final SeriesPreparer preparer;
  private final Metric.Evaluator evaluator;
  private final double squaredError;
  private final double relativeError;
  private final VerifyOptions options;
  private final Progress progress;
  private final Problems findings = new Problems();
  private final Map<Integer, double[]> vantageRows = new HashMap<>();
  private long series;
  private long distances;
  private long checkpointed;

  public DatabaseVerifier(
      Store store, Settings settings, VerifyOptions options, Progress progress) {
    this.store = store;
    this.settings = settings;
    this.options = options;
    this.progress = progress;
    Metric metric = SettingsCodec.metric(settings);
    preparer = new SeriesPreparer(metric, settings.resampling());
    evaluator = metric.evaluator();
    squaredError = metric.squaredDistanceError();
    relativeError = metric.relativeDistanceError();
  }

  /**
   * Checks the database at a location, even if it is too damaged to be opened.
   *
   * @throws StoreException if not even its settings can be read
   */
  public static VerifyReport verify(Location location, VerifyOptions options, Progress progress) {
    if (!location.exists()) {
      throw new InvalidLocationException(location.kind() + " must hold a database: " + location);
    }
    Store store = location.openToRead();
    try {
      Settings settings = SettingsCodec.read(store.properties());
      DatabaseVerifier verifier = new DatabaseVerifier(store, settings, options, progress);
      Optional<Database> database = verifier.open();
      try {
        return verifier.verify(database);
      } finally {
        database.ifPresent(Database::closeIndex);
      }
    } finally {
      store.close();
    }
  }

  /** {@return the index over the store, if it can be built} */
  private Optional<Database> open() {
    try {
      return Optional.of(
          new Database(
              settings,
              SettingsCodec.metric(settings),
              store,
              Database.pool(OpenOptions.DEFAULT),
              0));
    } catch (RuntimeException e) {
      // Damaged data can cause any failure.
      findings.add(problem("index must be buildable from the rows", e));
      return Optional.empty();
    }
  }

  private static String problem(String rule, RuntimeException e) {
    return e instanceof StoreException ? e.getMessage() : rule + ": found=" + e;
  }

  /**
   * Checks everything.
   *
   * @param database the index over the store, if it could be built
   */
  public VerifyReport verify(Optional<Database> database) {
    findings.addAll(store.check());
    try {
      store.read(
          snapshot -> {
            verify(snapshot, database);
            return true;
          });
    } catch (RuntimeException e) {
      findings.add(problem("rows must be readable", e));
    }
    int trees = database.map(one -> checkTrees(one)).orElse(0);
    return new VerifyReport(
        new VerifyReport.Checked(series, distances, trees, checkpointed),
        findings.count(),
        findings.first());
  }

  private int checkTrees(Database database) {
    try {
      database.index().checkInvariants();
    } catch (IllegalStateException e) {
      findings.add(e.getMessage());
    }
    return database.index().vantagePointCount();
  }

  private void verify(StoreSnapshot snapshot, Optional<Database> database) {
    Optional<List<Long>> vantagePoints = whole(snapshot::vantagePoints);
    readVantageRows(snapshot, vantagePoints.orElse(List.of()));
    Optional<CheckpointVerifier> checkpoint =
        database
            .filter(one -> vantagePoints.isPresent())
            .flatMap(
                one ->
                    snapshot
                        .checkpoint()
                        .map(found -> new CheckpointVerifier(one, snapshot, found)));
    whole(snapshot::attributeTypes);
    DescriptionVerifier descriptions = new DescriptionVerifier(snapshot, findings);
    DamageTolerantScan rows = new DamageTolerantScan(snapshot, findings);
    long expected = database.map(one -> (long) one.index().size()).orElseGet(store::lastKey);
    VerifyOptions.Sampling sampling = new VerifyOptions.Sampling(options, expected);
    rows.forEach(
        one -> {
          Optional<double[]> row = sampling.next() ? Optional.of(prepare(one)) : Optional.empty();
          row.ifPresent(prepared -> verifyDistances(one, prepared));
          checkpoint.ifPresent(verifier -> verifier.verify(one, row));
          descriptions.verify(one);
          series++;
          progress.reached(series + rows.damaged(), expected);
        });
    descriptions.finish();
    whole(
        () -> {
          snapshot.checkSeries(rows.checksum());
          return true;
        });
    series += rows.damaged();
    checkpoint.ifPresent(verifier -> checkpointed = verifier.finish(rows.damaged(), findings));
  }

  /** {@return the data, or empty and a finding if it cannot be read} */
  private <T> Optional<T> whole(Supplier<T> reading) {
    try {
      return Optional.of(reading.get());
    } catch (StoreException e) {
      findings.add(e.getMessage());
      return Optional.empty();
    }
  }

  private void readVantageRows(StoreSnapshot snapshot, List<Long> vantagePoints) {
    for (int v = 0; v < vantagePoints.size(); v++) {
      long key = vantagePoints.get(v);
      try {
        int position = v;
        snapshot
            .series(key)
            .ifPresentOrElse(
                one -> vantageRows.put(position, preparer.prepare(one)),
                () ->
                    findings.add(
                        "every vantage point must be a stored series: position=" + position));
      } catch (StoreException e) {
        findings.add(e.getMessage());
      }
    }
  }

  private double[] prepare(IndexedSeries one) {
    return preparer.prepare(one.entry().series());
  }

  private void verifyDistances(IndexedSeries one, double[] row) {
    vantageRows.forEach(
        (v, vantageRow) -> {
          double fresh = evaluator.distance(vantageRow, 0, row, 0);
          double stored = one.distances()[v];
          // The tolerance covers exponentials that another processor rounds differently.
          double most = 2 * squaredError + 4 * relativeError * fresh * fresh;
          if (!(Math.abs(fresh * fresh - stored * stored) <= most)) {
            findings.add(
                "stored distance must equal the computed one: id="
                    + one.entry().id()
                    + ", vantage point="
                    + v
                    + ", stored="
                    + stored
                    + ", computed="
                    + fresh);
          }
          distances++;
        });
  }
}

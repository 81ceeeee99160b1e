package dev.vantage.tsdb.engine.transfer;

import dev.vantage.tsdb.Progress;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.StorageException;
import dev.vantage.tsdb.TsdbException;
import dev.vantage.tsdb.archive.ArchiveHeader;
import dev.vantage.tsdb.archive.ArchiveReader;
import dev.vantage.tsdb.archive.ArchivedSeries;
import dev.vantage.tsdb.archive.BadArchiveException;
import dev.vantage.tsdb.engine.Location;
import dev.vantage.tsdb.engine.SettingsCodec;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.metric.MetricSpec;
import dev.vantage.tsdb.pool.Coprocessor;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.store.Change;
import dev.vantage.tsdb.store.IndexedSeries;
import dev.vantage.tsdb.store.Store;
import dev.vantage.tsdb.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Makes a store from a portable file. Computes only distances to the vantage points and builds no
 * index, so memory does not depend on the number of series. Not thread-safe.
 */
final class ArchiveImport {
  private static final int SERIES_AT_ONCE = 1024;
  private static final int POINTS_AT_ONCE = 1 << 20;
  private static final int GRAIN = 8;

  private final Store store;
  private final Settings settings;
  private final Metric metric;
  private final Coprocessor pool;
  private final double[][] vantageRows;
  private long lastKey;

  private ArchiveImport(Store store, Settings settings, Coprocessor pool, double[][] vantageRows) {
    this.store = store;
    this.settings = settings;
    this.metric = SettingsCodec.metric(settings);
    this.pool = pool;
    this.vantageRows = vantageRows;
  }

  /** Whether a file is to be read as a portable one. */
  static boolean accepts(Path file) {
    try {
      return ArchiveReader.accepts(file);
    } catch (IOException e) {
      throw Restore.failure("backup cannot be read: file=" + file, e);
    }
  }

  /**
   * Makes a store, or throws and leaves nothing.
   *
   * @param file the portable file
   * @param location where to make it
   * @param threads the number of threads that compute distances
   * @param distance the distance of the store; empty for that of the file
   * @param progress receives how many series have been stored so far
   */
  static void make(
      Path file, Location location, int threads, Optional<MetricSpec> distance, Progress progress) {
    try {
      ArchiveReader.Source source = ArchiveReader.check(file);
      ArchiveHeader header;
      Settings settings;
      double[][] vantageRows;
      try (ArchiveReader reader = source.open()) {
        header = reader.header();
        Settings archived = settings(header);
        settings = distance.map(archived::withMetric).map(SettingsCodec::complete).orElse(archived);
        vantageRows = vantageRows(reader, settings);
      }
      try (Coprocessor pool = new Coprocessor(threads)) {
        location.make(
            distance.isPresent() ? SettingsCodec.properties(settings) : header.settings(),
            store -> new ArchiveImport(store, settings, pool, vantageRows).fill(source, progress));
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (UncheckedIOException e) {
      throw unreadable(file, Objects.requireNonNull(e.getCause()));
    }
  }

  private static Settings settings(ArchiveHeader header) {
    try {
      return SettingsCodec.read(header.settings());
    } catch (StorageException e) {
      throw new BadArchiveException(e.getMessage(), e);
    }
  }

  private static TsdbException unreadable(Path file, IOException failure) {
    return Restore.failure("export cannot be read: file=" + file, failure);
  }

  private static double[][] vantageRows(ArchiveReader reader, Settings settings)
      throws IOException {
    Metric metric = SettingsCodec.metric(settings);
    int count = reader.header().vantagePoints().size();
    if (!metric.geometry().hasTriangleInequality()) {
      count = 0;
    } else if (count == 0) {
      count = settings.vantagePoints(); // the first series, if the file comes from no metric
    }
    if (count > Settings.MAX_VANTAGE_POINTS) {
      throw new BadArchiveException(
          "vantage points must be at most "
              + Settings.MAX_VANTAGE_POINTS
              + ": vantage points="
              + count);
    }
    List<double[]> rows = new ArrayList<>();
    while (rows.size() < count) {
      Optional<ArchivedSeries> series = reader.next();
      if (series.isEmpty()) {
        break;
      }
      double[] row = new double[metric.rowSize()];
      prepare(metric, settings, series.get(), row);
      rows.add(row);
    }
    return rows.toArray(double[][]::new);
  }

  private static void prepare(
      Metric metric, Settings settings, ArchivedSeries series, double[] row) {
    TimeSeries points = series.entry().series();
    try {
      metric.prepare(settings.resampling().resample(points, settings.length()), row, 0);
    } catch (IllegalArgumentException e) {
      throw new BadArchiveException(
          "series must be valid for the database: id="
              + series.entry().id()
              + ", reason="
              + e.getMessage(),
          e);
    }
  }

  private void fill(ArchiveReader.Source source, Progress progress) {
    try (ArchiveReader reader = source.open()) {
      store.apply(Change.declaring(reader.header().attributeTypes().declared()));
      List<ArchivedSeries> batch = new ArrayList<>();
      long points = 0;
      for (Optional<ArchivedSeries> next = reader.next(); next.isPresent(); next = reader.next()) {
        batch.add(next.get());
        points += next.get().entry().series().size();
        if (batch.size() >= SERIES_AT_ONCE || points >= POINTS_AT_ONCE) {
          add(batch);
          progress.reached(lastKey, 0);
          batch.clear();
          points = 0;
        }
      }
      add(batch);
      progress.reached(lastKey, 0);
      List<Long> vantagePoints = LongStream.rangeClosed(1, vantageRows.length).boxed().toList();
      store.apply(Change.measuring(List.of(), vantagePoints));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(List<ArchivedSeries> batch) {
    double[][] distances = distances(batch);
    List<IndexedSeries> added = new ArrayList<>(batch.size());
    Map<Long, Instant> insertedAt = new HashMap<>();
    for (int i = 0; i < batch.size(); i++) {
      long key = ++lastKey;
      added.add(new IndexedSeries(key, batch.get(i).entry(), distances[i]));
      batch.get(i).insertedAt().ifPresent(moment -> insertedAt.put(key, moment));
    }
    checkIds(added, id -> false);
    try {
      store.apply(Change.adding(added, insertedAt));
    } catch (StoreException e) {
      checkIds(added, id -> store.get(id).isPresent());
      throw e;
    }
  }

  private interface Known {
    boolean test(String id);
  }

  private static void checkIds(List<IndexedSeries> added, Known known) {
    Set<String> ids = new HashSet<>();
    for (IndexedSeries one : added) {
      String id = one.entry().id();
      if (!ids.add(id) || known.test(id)) {
        throw new BadArchiveException("id must occur once: id=" + id);
      }
    }
  }

  private double[][] distances(List<ArchivedSeries> batch) {
    double[][] distances = new double[batch.size()][vantageRows.length];
    pool.forEach(
        distances.length,
        GRAIN,
        (from, to) -> {
          Metric.Evaluator evaluator = metric.evaluator();
          double[] row = new double[metric.rowSize()];
          for (int i = from; i < to; i++) {
            prepare(metric, settings, batch.get(i), row);
            for (int v = 0; v < vantageRows.length; v++) {
              distances[i][v] = evaluator.distance(vantageRows[v], 0, row, 0);
            }
          }
        });
    return distances;
  }
}

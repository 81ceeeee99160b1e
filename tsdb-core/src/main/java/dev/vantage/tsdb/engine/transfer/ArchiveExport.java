package dev.vantage.tsdb.engine.transfer;

import dev.vantage.tsdb.DamagedDatabaseException;
import dev.vantage.tsdb.InvalidLocationException;
import dev.vantage.tsdb.Progress;
import dev.vantage.tsdb.archive.ArchiveHeader;
import dev.vantage.tsdb.archive.ArchiveWriter;
import dev.vantage.tsdb.archive.ArchivedSeries;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.store.DescribedSeries;
import dev.vantage.tsdb.store.IndexedSeries;
import dev.vantage.tsdb.store.Store;
import dev.vantage.tsdb.store.StoreSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Writes a snapshot of a store to a portable file. Not thread-safe. */
public final class ArchiveExport {
  private static final int SERIES_AT_ONCE = 256;
  private static final int POINTS_AT_ONCE = 1 << 18;

  private final StoreSnapshot snapshot;
  private final ArchiveWriter writer;
  private final Progress progress;
  private final List<IndexedSeries> batch = new ArrayList<>();
  private long points;
  private long written;

  private ArchiveExport(StoreSnapshot snapshot, ArchiveWriter writer, Progress progress) {
    this.snapshot = snapshot;
    this.writer = writer;
    this.progress = progress;
  }

  /**
   * Writes a file.
   *
   * @param progress receives how many series have been written so far
   */
  public static void write(Store store, Path file, Progress progress) {
    try {
      store.read(
          snapshot -> {
            try (ArchiveWriter writer = new ArchiveWriter(file, header(store, snapshot))) {
              new ArchiveExport(snapshot, writer, progress).write();
              writer.finish();
              return true;
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof FileAlreadyExistsException) {
        throw new InvalidLocationException("export file must not exist: file=" + file, e);
      }
      throw Restore.failure(
          "export cannot be written: file=" + file, Objects.requireNonNull(e.getCause()));
    }
  }

  private static ArchiveHeader header(Store store, StoreSnapshot snapshot) {
    List<String> ids = new ArrayList<>();
    for (long key : snapshot.vantagePoints()) {
      snapshot.forEach(key - 1, key, one -> ids.add(one.entry().id()));
    }
    return new ArchiveHeader(store.properties(), snapshot.attributeTypes(), ids);
  }

  private void write() {
    List<Long> vantagePoints = snapshot.vantagePoints();
    for (long key : vantagePoints) {
      snapshot.forEach(key - 1, key, this::add);
      writeBatch();
    }
    Set<Long> already = Set.copyOf(vantagePoints);
    snapshot.forEach(
        0,
        one -> {
          if (!already.contains(one.key())) {
            add(one);
          }
        });
    writeBatch();
  }

  private void add(IndexedSeries one) {
    batch.add(one);
    points += one.entry().series().size();
    if (batch.size() >= SERIES_AT_ONCE || points >= POINTS_AT_ONCE) {
      writeBatch();
    }
  }

  private void writeBatch() {
    if (batch.isEmpty()) {
      return;
    }
    Map<Long, DescribedSeries> described = new HashMap<>();
    snapshot.describe(
        batch.get(0).key() - 1,
        batch.get(batch.size() - 1).key(),
        one -> described.put(one.key(), one));
    for (IndexedSeries one : batch) {
      DescribedSeries description = described.get(one.key());
      if (description == null) {
        throw new DamagedDatabaseException(
            "every series must have a summary: id=" + one.entry().id());
      }
      write(one.entry(), description);
    }
    written += batch.size();
    progress.reached(written, 0);
    batch.clear();
    points = 0;
  }

  private void write(SeriesEntry entry, DescribedSeries description) {
    SeriesEntry whole = new SeriesEntry(entry.id(), entry.series(), description.attributes());
    try {
      writer.write(new ArchivedSeries(whole, description.summary().insertedAt()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.vantage.tsdb.engine.verify;

import dev.vantage.tsdb.engine.Database;
import dev.vantage.tsdb.index.image.IndexLoad;
import dev.vantage.tsdb.store.Checkpoint;
import dev.vantage.tsdb.store.IndexedSeries;
import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.StoreSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Compares a checkpoint with the rows that it was derived from. Not thread-safe. */
final class CheckpointVerifier {
  private final Database database;
  private final Checkpoint checkpoint;
  private final List<String> problems = new ArrayList<>();
  private final Optional<IndexLoad> load;
  private long seen;
  private long compared;

  /** Reads the checkpoint of a snapshot. */
  CheckpointVerifier(Database database, StoreSnapshot snapshot, Checkpoint checkpoint) {
    this.database = database;
    this.checkpoint = checkpoint;
    load = read();
    if (!checkpoint.vantagePoints().equals(snapshot.vantagePoints())) {
      problems.add("a checkpoint must have the vantage points of the database");
    }
    seen =
        Arrays.stream(snapshot.removedSince(checkpoint))
            .filter(key -> key <= checkpoint.lastKey())
            .count();
  }

  private Optional<IndexLoad> read() {
    try {
      IndexLoad read = database.checkpointReader().read(checkpoint);
      read.check();
      return Optional.of(read);
    } catch (StoreException | IllegalArgumentException e) {
      // Another process may have replaced it after the snapshot was taken.
      if (database.store().read(StoreSnapshot::checkpoint).equals(Optional.of(checkpoint))) {
        problems.add(e.getMessage());
      }
      return Optional.empty();
    }
  }

  /** Compares a series, and its prepared row if that is known. */
  void verify(IndexedSeries one, Optional<double[]> row) {
    if (load.isEmpty() || one.key() > checkpoint.lastKey()) {
      return;
    }
    OptionalInt number = load.get().find(one.key());
    if (number.isEmpty()
        || !load.get().id(number.getAsInt()).equals(one.entry().id())
        || !Arrays.equals(load.get().distances(number.getAsInt()), one.distances())
        || row.isPresent() && !load.get().hasSketchOf(number.getAsInt(), row.get())) {
      problems.add("a checkpoint must equal the stored data: id=" + one.entry().id());
    }
    seen++;
    compared++;
  }

  /**
   * Reports problems, after all series were passed to {@link #verify}.
   *
   * @param unread the number of unreadable series, which the checkpoint may or may not have
   * @return the number of verified series that the checkpoint has
   */
  long finish(long unread, Problems findings) {
    if (load.isPresent() && (seen > checkpoint.series() || seen + unread < checkpoint.series())) {
      problems.add(
          "a checkpoint must have all series that were stored when it was made: series="
              + checkpoint.series()
              + ", stored="
              + seen);
    }
    findings.addAll(problems);
    return load.isPresent() ? compared : 0;
  }
}

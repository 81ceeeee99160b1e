package dev.vantage.tsdb.engine.checkpoint;

import dev.vantage.tsdb.engine.prepare.SeriesPreparer;
import dev.vantage.tsdb.index.VantageIndex;
import dev.vantage.tsdb.index.image.IndexImage;
import dev.vantage.tsdb.index.image.IndexLoad;
import dev.vantage.tsdb.store.Checkpoint;
import dev.vantage.tsdb.store.CheckpointStore;
import dev.vantage.tsdb.store.Revision;
import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.StoreSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fills an index from the checkpoint in a store. Not thread-safe. */
public final class CheckpointLoader {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointLoader.class);

  private final VantageIndex index;
  private final Optional<CheckpointStore> store;
  private final SeriesPreparer preparer;

  public CheckpointLoader(
      VantageIndex index, Optional<CheckpointStore> store, SeriesPreparer preparer) {
    this.index = index;
    this.store = store;
    this.preparer = preparer;
  }

  /**
   * Loads a snapshot into the index, from the checkpoint and the changes since. If the checkpoint
   * is missing, outdated or damaged, the index stays as it was.
   *
   * @param show makes a change visible to searches
   * @return the number of series added and removed since; empty if the checkpoint was not used
   */
  public OptionalLong load(StoreSnapshot snapshot, Consumer<Runnable> show) {
    Optional<Checkpoint> checkpoint = snapshot.checkpoint();
    if (checkpoint.isEmpty()
        || !checkpoint.get().vantagePoints().equals(snapshot.vantagePoints())) {
      return OptionalLong.empty();
    }
    try {
      IndexLoad load = read(checkpoint.get());
      long changes =
          remove(snapshot, checkpoint.get(), load) + add(snapshot, checkpoint.get(), load);
      if (!snapshot.revision().hasSeries(load.sum(Revision::checksumOf))) {
        throw new IllegalArgumentException(
            "a checkpoint and the changes since must have all stored series");
      }
      double[][] vantageRows = vantageRows(snapshot);
      show.accept(() -> load.publish(vantageRows));
      return OptionalLong.of(changes);
    } catch (StoreException | IllegalArgumentException e) {
      // The rows have all data, and reading them reports their own damage.
      LOG.warn("checkpoint is ignored, the index is read from the rows: {}", e.getMessage());
      return OptionalLong.empty();
    }
  }

  /**
   * Reads all parts of a checkpoint, on the pool.
   *
   * @throws StoreException if a part is damaged
   * @throws IllegalArgumentException if they contradict each other
   */
  public IndexLoad read(Checkpoint checkpoint) {
    CheckpointStore checkpoints = store.orElseThrow();
    IndexLoad load = new IndexLoad(index, checkpoint.series(), checkpoint.vantagePoints());
    List<IndexImage.Part> parts = load.parts();
    index
        .pool()
        .forEach(
            parts.size(),
            1,
            (from, to) -> {
              for (IndexImage.Part part : parts.subList(from, to)) {
                load.read(part, checkpoints.read(checkpoint, part.column(), part.number()));
              }
            });
    return load;
  }

  private static long remove(StoreSnapshot snapshot, Checkpoint checkpoint, IndexLoad load) {
    long changes = 0;
    for (long key : snapshot.removedSince(checkpoint)) {
      if (key <= checkpoint.lastKey()) {
        load.remove(
            load.find(key)
                .orElseThrow(
                    () -> new IllegalArgumentException("a checkpoint lacks a series: key=" + key)));
        changes++;
      }
    }
    return changes;
  }

  private long add(StoreSnapshot snapshot, Checkpoint checkpoint, IndexLoad load) {
    long[] changes = {0};
    preparer.forEach(
        snapshot,
        checkpoint.lastKey(),
        index.pool(),
        (one, row) -> {
          load.add(one.entry().id(), one.key(), row, one.distances());
          changes[0]++;
        });
    return changes[0];
  }

  private double[][] vantageRows(StoreSnapshot snapshot) {
    return snapshot.vantagePoints().stream()
        .map(key -> preparer.prepare(snapshot.series(key).orElseThrow(() -> lacks(key))))
        .toArray(double[][]::new);
  }

  private static IllegalArgumentException lacks(long key) {
    return new IllegalArgumentException("a vantage point must be stored: key=" + key);
  }
}

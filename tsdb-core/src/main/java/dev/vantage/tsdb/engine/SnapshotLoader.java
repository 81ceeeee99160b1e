package dev.vantage.tsdb.engine;

import dev.vantage.tsdb.engine.checkpoint.CheckpointLoader;
import dev.vantage.tsdb.engine.checkpoint.CheckpointScheduler;
import dev.vantage.tsdb.engine.prepare.SeriesPreparer;
import dev.vantage.tsdb.index.AttributeLoad;
import dev.vantage.tsdb.index.IndexUpdate;
import dev.vantage.tsdb.index.VantageIndex;
import dev.vantage.tsdb.store.IndexedSeries;
import dev.vantage.tsdb.store.Revision;
import dev.vantage.tsdb.store.StoreSnapshot;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads snapshots of the store into the index: all series, the changes since a revision, or the
 * attributes. Not thread-safe: its methods are called under the commit lock.
 */
final class SnapshotLoader {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotLoader.class);

  private final VantageIndex index;
  private final SeriesPreparer preparer;
  private final CheckpointLoader checkpoints;
  private final CheckpointScheduler checkpointing;
  private final ChangeCount changes;

  /**
   * Creates a loader.
   *
   * @param changes makes what is loaded visible to searches
   */
  SnapshotLoader(
      VantageIndex index,
      SeriesPreparer preparer,
      CheckpointLoader checkpoints,
      CheckpointScheduler checkpointing,
      ChangeCount changes) {
    this.index = index;
    this.preparer = preparer;
    this.checkpoints = checkpoints;
    this.checkpointing = checkpointing;
    this.changes = changes;
  }

  /** Replaces all series of the index, from a checkpoint or from every stored series. */
  void loadAll(StoreSnapshot snapshot) {
    OptionalLong since = checkpoints.load(snapshot, changes::show);
    if (since.isPresent()) {
      checkpointing.setChanges((double) since.getAsLong());
      return;
    }
    checkpointing.setChanges(Double.POSITIVE_INFINITY);
    IndexUpdate update = IndexUpdate.replacing(index);
    Map<Long, Integer> ordinals = new HashMap<>();
    List<Long> vantagePoints = snapshot.vantagePoints();
    vantagePoints.forEach(key -> ordinals.put(key, -1));
    Map<Integer, double[]> distances = new HashMap<>();
    long found =
        load(
            snapshot,
            0,
            update,
            (ordinal, series) -> {
              distances.put(ordinal, series.distances());
              ordinals.replace(series.key(), ordinal);
            });
    snapshot.checkSeries(found);
    update.loadVantagePoints(
        vantagePoints.stream().mapToInt(ordinals::get).toArray(),
        ordinal -> Objects.requireNonNull(distances.get(ordinal), "distances"));
    changes.show(update::publish);
  }

  /**
   * Adds series with new keys, drops removed series, and takes over changed attributes, in time
   * linear in the changes.
   *
   * @param revision the state of the store that the index has
   * @return whether nothing else had changed; if false, the index is unchanged
   */
  boolean loadChanges(StoreSnapshot snapshot, Revision revision) {
    Optional<long[]> removedSince =
        hasOwnVantagePoints(snapshot) ? snapshot.removedSince(revision) : Optional.empty();
    if (removedSince.isEmpty()) {
      return false;
    }
    long last = revision.lastKey();
    long[] removed = Arrays.stream(removedSince.get()).takeWhile(key -> key <= last).toArray();
    IndexUpdate update = IndexUpdate.of(index);
    int[] gone = update.find(removed);
    Arrays.stream(gone).forEach(update::remove);
    Map<Long, Integer> added = new HashMap<>();
    long found =
        load(
            snapshot,
            last,
            update,
            (ordinal, series) -> {
              update.setDistances(ordinal, series.distances());
              added.put(series.key(), ordinal);
            });
    long lost = Arrays.stream(removed).map(Revision::checksumOf).sum();
    long expected = revision.seriesChecksum().orElse(0) - lost + found;
    if (gone.length != removed.length || !snapshot.revision().hasSeries(expected)) {
      LOG.warn("recorded changes are incomplete; all series are read again");
      return false;
    }
    if (update.hasAttributes()) {
      snapshot.describe(
          last,
          series ->
              update.setAttributes(
                  Objects.requireNonNull(added.get(series.key()), "ordinal"), series.values()));
      replaceAttributes(snapshot, revision, update);
    }
    changes.show(update::publish);
    return true;
  }

  /** Takes over changed attributes of series that both states have. */
  private static void replaceAttributes(
      StoreSnapshot snapshot, Revision revision, IndexUpdate update) {
    long last = revision.lastKey();
    long[] keys =
        Arrays.stream(snapshot.attributesChangedSince(revision))
            .takeWhile(key -> key <= last)
            .toArray();
    Map<Long, Integer> ordinals = new HashMap<>();
    for (int ordinal : update.find(keys)) {
      ordinals.put(update.storageKey(ordinal), ordinal);
    }
    snapshot.describe(
        keys,
        series ->
            update.replaceAttributes(
                Objects.requireNonNull(ordinals.get(series.key()), "ordinal"), series.values()));
  }

  private boolean hasOwnVantagePoints(StoreSnapshot snapshot) {
    IndexUpdate update = IndexUpdate.of(index);
    List<Long> keys = Arrays.stream(update.vantagePoints()).mapToObj(update::storageKey).toList();
    return keys.equals(snapshot.vantagePoints());
  }

  private interface Loaded {
    void added(int ordinal, IndexedSeries series);
  }

  /** Adds series to an update, and returns their part of the checksum of all series. */
  private long load(StoreSnapshot snapshot, long after, IndexUpdate update, Loaded loaded) {
    long[] checksum = {0};
    Set<Long> vantagePoints = Set.copyOf(snapshot.vantagePoints());
    preparer.forEach(
        snapshot,
        after,
        index.pool(),
        (series, row) -> {
          String id = series.entry().id();
          // Vantage points are needed at once, when another process may have replaced them.
          int ordinal =
              update.isResident() || vantagePoints.contains(series.key())
                  ? update.add(id, series.key(), row)
                  : update.addStored(id, series.key(), row);
          loaded.added(ordinal, series);
          checksum[0] += Revision.checksumOf(series.key());
        });
    return checksum[0];
  }

  /**
   * Loads the attributes of all series.
   *
   * @param checkpoint called for each series; an exception of it ends the load
   */
  void loadAttributes(StoreSnapshot snapshot, Runnable checkpoint) {
    AttributeLoad load = new AttributeLoad(index);
    snapshot.describe(
        series -> {
          checkpoint.run();
          load.set(series.key(), series.values());
        });
    load.publish();
  }
}

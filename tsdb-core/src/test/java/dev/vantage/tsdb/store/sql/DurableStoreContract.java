package dev.vantage.tsdb.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.store.Change;
import dev.vantage.tsdb.store.Checkpoint;
import dev.vantage.tsdb.store.CheckpointStore;
import dev.vantage.tsdb.store.DescribedSeries;
import dev.vantage.tsdb.store.IndexedSeries;
import dev.vantage.tsdb.store.MemoryStore;
import dev.vantage.tsdb.store.RandomChanges;
import dev.vantage.tsdb.store.Revision;
import dev.vantage.tsdb.store.Store;
import dev.vantage.tsdb.store.StoreContents;
import dev.vantage.tsdb.store.StoreContract;
import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.testkit.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The contract of every durable store. */
public abstract class DurableStoreContract extends StoreContract {

  /** A place where a store can be created. */
  public interface Place {
    Store openToWrite();

    Store openToRead();
  }

  protected abstract Place place();

  @Override
  protected Store make() {
    return place().openToWrite();
  }

  @Test
  void holdsWhatWasAppliedWhenItIsOpenedAgain() {
    RandomChanges changes = new RandomChanges(Seeds.random(getClass().getSimpleName()));
    MemoryStore model = new MemoryStore(new TreeMap<>());
    Place place = place();
    for (int round = 0; round < 5; round++) {
      try (Store store = place.openToWrite()) {
        for (int i = 0; i < 10; i++) {
          Change change = changes.next();
          model.apply(change);
          store.apply(change);
        }
      }
      try (Store store = place.openToRead()) {
        assertEquals(StoreContents.of(model), StoreContents.of(store));
      }
    }
  }

  @Test
  void keepsNothingOfAChangeThatItRefuses() {
    Random random = Seeds.random(getClass().getSimpleName());
    RandomChanges changes = new RandomChanges(random);
    try (Store store = place().openToWrite()) {
      for (int i = 0; i < 20; i++) {
        store.apply(changes.next());
      }
      StoreContents before = StoreContents.of(store);
      Change next = changes.next();
      // The last one has an id that is taken, whatever else the change does.
      List<IndexedSeries> added = new ArrayList<>(next.added());
      long key = before.keys().get(before.keys().size() - 1) + 1000;
      String kept =
          before.rows().stream()
              .filter(row -> !next.removed().contains(row.key()))
              .map(StoreContents.Row::id)
              .findFirst()
              .orElseThrow();
      added.add(new IndexedSeries(key, store.get(kept).orElseThrow(), new double[0]));
      Change bad =
          new Change(
              next.removed(),
              next.declared(),
              added,
              Optional.empty(),
              next.updated(),
              next.vantagePoints(),
              next.created());
      assertThrows(StoreException.class, () -> store.apply(bad));
      assertEquals(before, StoreContents.of(store));
      store.apply(next);
      assertEquals(before.generation() + 1, store.generation());
    }
  }

  @Test
  void knowsWhatWasRemovedSince() {
    RandomChanges changes = new RandomChanges(Seeds.random(getClass().getSimpleName()));
    try (Store store = place().openToWrite()) {
      Map<Revision, Set<Long>> known = new LinkedHashMap<>();
      for (int i = 0; i < 25; i++) {
        known.put(store.revision(), Set.copyOf(StoreContents.of(store).keys()));
        store.apply(changes.next());
        assertEquals(store.revision(), store.applied());
      }
      Set<Long> last = Set.copyOf(StoreContents.of(store).keys());
      known.forEach(
          (revision, then) -> {
            long[] removed = store.read(one -> one.removedSince(revision)).orElseThrow();
            Set<Long> old =
                Arrays.stream(removed)
                    .boxed()
                    .filter(key -> key <= revision.lastKey())
                    .collect(Collectors.toSet());
            Set<Long> expected = new HashSet<>(then);
            expected.removeAll(last);
            assertEquals(expected, old);
            assertEquals(
                revision.seriesChecksum().orElseThrow(),
                then.stream().mapToLong(Revision::checksumOf).sum());
            assertKnowsNothingOf(store, revision);
          });
    }
  }

  @Test
  void knowsWhoseAttributesChangedSince() {
    RandomChanges changes = new RandomChanges(Seeds.random(getClass().getSimpleName()));
    try (Store store = place().openToWrite()) {
      Map<Revision, Map<Long, DescribedSeries>> known = new LinkedHashMap<>();
      for (int i = 0; i < 25; i++) {
        known.put(store.revision(), described(store));
        store.apply(changes.next());
      }
      Map<Long, DescribedSeries> last = described(store);
      known.forEach(
          (revision, then) -> {
            long[] changed = store.read(one -> one.attributesChangedSince(revision));
            Set<Long> since = Arrays.stream(changed).boxed().collect(Collectors.toSet());
            assertTrue(last.keySet().containsAll(since), "only stored series");
            then.forEach(
                (key, old) -> {
                  if (last.containsKey(key) && !last.get(key).equals(old)) {
                    assertTrue(since.contains(key), "key=" + key);
                  }
                });
          });
      Revision revision = store.revision();
      long[] none = store.read(one -> one.attributesChangedSince(revision));
      assertEquals(0, none.length);
    }
  }

  private static Map<Long, DescribedSeries> described(Store store) {
    return StoreContents.of(store).described().stream()
        .collect(Collectors.toMap(DescribedSeries::key, one -> one));
  }

  @Test
  void aCheckpointOutlivesChangesOfAttributes() {
    RandomChanges changes = new RandomChanges(Seeds.random(getClass().getSimpleName()));
    try (Store store = place().openToWrite()) {
      for (int i = 0; i < 5; i++) {
        store.apply(changes.next());
      }
      StoreContents contents = StoreContents.of(store);
      Checkpoint checkpoint =
          new Checkpoint(
              contents.generation(),
              contents.lastKey(),
              contents.keys().size(),
              contents.vantagePoints());
      CheckpointStore.Writer writer = store.checkpoints().orElseThrow().write(checkpoint);
      store.apply(changes.nextOfAttributes());
      assertTrue(writer.finish());
      store.apply(changes.nextOfAttributes());
      store.read(
          snapshot -> {
            assertEquals(Optional.of(checkpoint), snapshot.checkpoint());
            assertEquals(0, snapshot.removedSince(checkpoint).length);
            return true;
          });
    }
  }

  /** Checks that a store does not recognise similar states of other histories or databases. */
  private static void assertKnowsNothingOf(Store store, Revision like) {
    Revision otherChange =
        new Revision(
            like.databaseId(),
            like.generation(),
            like.changeId() + 1,
            like.lastKey(),
            like.seriesChecksum());
    Revision otherDatabase =
        new Revision(
            like.databaseId() + 1,
            like.generation(),
            like.changeId(),
            like.lastKey(),
            like.seriesChecksum());
    for (Revision other : List.of(otherChange, otherDatabase)) {
      assertEquals(Optional.empty(), store.read(one -> one.removedSince(other)));
    }
    long key = StoreContents.of(store).keys().get(0);
    assertTrue(store.series(key, like).isPresent());
    assertEquals(Optional.empty(), store.series(key, otherChange));
  }

  @Test
  void readsTheDataOfOneMoment() {
    RandomChanges changes = new RandomChanges(Seeds.random(getClass().getSimpleName()));
    Place place = place();
    try (Store writer = place.openToWrite();
        Store reader = place.openToRead()) {
      for (int i = 0; i < 10; i++) {
        writer.apply(changes.next());
      }
      StoreContents before = StoreContents.of(writer);
      reader.read(
          snapshot -> {
            assertEquals(before.generation(), snapshot.generation());
            for (int i = 0; i < 10; i++) {
              writer.apply(changes.next());
            }
            List<DescribedSeries> described = new ArrayList<>();
            snapshot.describe(described::add);
            assertEquals(before.described(), described);
            assertEquals(before.types(), snapshot.attributeTypes());
            assertEquals(before.generation(), snapshot.generation());
            return true;
          });
      assertEquals(StoreContents.of(writer), StoreContents.of(reader));
    }
  }

  @Test
  void letsOnlyOneWriterIn() {
    Place place = place();
    Store first = place.openToWrite();
    StoreException refused = assertThrows(StoreException.class, place::openToWrite);
    assertEquals(StoreException.Kind.IN_USE, refused.kind());
    first.close();
    place.openToWrite().close();
  }
}

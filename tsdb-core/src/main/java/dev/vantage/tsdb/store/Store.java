package dev.vantage.tsdb.store;

import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.InvalidAttributeException;
import dev.vantage.tsdb.series.TimeSeries;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * A durable store of series. Thread-safe for reads; one thread at a time may write.
 *
 * <p>Every method throws {@link StoreException} when the storage fails.
 */
public interface Store extends StoreReads, AutoCloseable {

  /**
   * Returns a reader with a time limit. At the limit, work in the database and waiting for a
   * connection are interrupted.
   *
   * @param limit when reading must end
   * @return the reader; a store that never waits returns itself
   */
  default StoreReads within(TimeLimit limit) {
    return this;
  }

  /** {@return whether reads can be interrupted at a time limit; if not, they never take long} */
  default boolean canBeInterrupted() {
    return false;
  }

  /** {@return the properties the database was created with, by name} */
  SortedMap<String, String> properties();

  /** {@return the greatest storage key ever used} */
  default long lastKey() {
    return revision().lastKey();
  }

  /**
   * Declares the type of an attribute, durably, as a change of the stored data. Does nothing if it
   * is declared so already.
   *
   * @param name the attribute's name
   * @param type its type
   * @throws InvalidAttributeException if the name is malformed or built in, or if the attribute has
   *     another type
   */
  default void declare(String name, AttributeValue.Type type) {
    AttributeTypes known = attributeTypes();
    if (!known.with(name, type).equals(known)) {
      apply(Change.declaring(Map.of(name, type)));
    }
  }

  /**
   * Makes a change durable. When this returns it survives the end of the process; when it throws,
   * nothing of the change is stored, unless the kind of the exception is OUTCOME_UNKNOWN.
   *
   * @param change the change
   */
  default void apply(Change change) {
    apply(change, TimeLimit.NONE);
  }

  /** {@return the state after the last change that this store applied; requires such a change} */
  Revision applied();

  /**
   * Makes a change durable, as {@link #apply(Change)} does, unless that takes too long.
   *
   * @param change the change
   * @param limit when the change must be ready to be committed; the commit itself is not
   *     interrupted, because then its outcome would be unknown
   */
  void apply(Change change, TimeLimit limit);

  /**
   * Reads the points of a series if the stored state descends from a known state. Thread-safe and
   * cheap.
   *
   * @param key its storage key
   * @param known a state that this store had
   * @return the series; empty if no series has this key now, or if the stored state may not descend
   *     from the known state, so that another series may have this key
   */
  default Optional<TimeSeries> series(long key, Revision known) {
    return series(key);
  }

  /**
   * Returns whether the storage accepts writes now. Only for a store that is open for writing.
   *
   * @return false if the storage is read-only at present
   */
  default boolean acceptsWrites() {
    return true;
  }

  /**
   * Writes a consistent copy to one file.
   *
   * @param file the file to make; must not exist
   */
  void backup(Path file);

  /**
   * Checks the structure of the storage itself.
   *
   * @return the problems, one sentence each
   */
  List<String> check();

  /** {@return the store of index checkpoints, or empty if it keeps none} */
  default Optional<CheckpointStore> checkpoints() {
    return Optional.empty();
  }

  /** The version of the format in which new databases are stored. */
  int CURRENT_FORMAT = 5;

  /** {@return the version of the stored format} */
  int format();

  /**
   * Returns whether a failure has left unknown which data is stored or which process may write. The
   * store then refuses writes until {@link #settle} succeeds, or until it detects that nothing has
   * changed.
   *
   * @return whether the stored state is unknown
   */
  default boolean isUnsettled() {
    return false;
  }

  /**
   * Verifies after a failure that this store may write, and lets the reader load the stored data.
   * No other process can write meanwhile.
   *
   * @param reader loads the stored data
   * @throws StoreException if the storage still fails, or if it is open for writing elsewhere now
   */
  default void settle(Consumer<StoreSnapshot> reader) {
    // This store is always settled.
  }

  @Override
  void close();
}

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
 * Durable series. One thread changes it at a time; any thread may read beside it.
 *
 * <p>Every method throws {@link StoreException} when the storage fails.
 */
public interface Store extends StoreReads, AutoCloseable {

  /**
   * The same data, to be read within a time. Where that is over, work in the database is ended, and
   * so is waiting for a connection.
   *
   * @param limit when reading must end
   * @return what reads; a store that never waits is its own
   */
  default StoreReads within(TimeLimit limit) {
    return this;
  }

  /** {@return whether reading ends when a time limit is over; else it never takes long} */
  default boolean canBeInterrupted() {
    return false;
  }

  /** {@return what the database was made with, by name} */
  SortedMap<String, String> properties();

  /** {@return the greatest storage key that was ever used} */
  default long lastKey() {
    return revision().lastKey();
  }

  /**
   * Declares the type of an attribute, durably, as a change of the stored data. Does nothing if it
   * is declared so already.
   *
   * @param name the attribute's name
   * @param type its type
   * @throws InvalidAttributeException if the name is not one, is built in, or is of another type
   */
  default void declare(String name, AttributeValue.Type type) {
    AttributeTypes known = attributeTypes();
    if (!known.with(name, type).equals(known)) {
      apply(Change.declaring(Map.of(name, type)));
    }
  }

  /**
   * Makes a change durable. When this returns it survives the end of the process; when it throws,
   * nothing of it is stored.
   *
   * @param change the change
   */
  default void apply(Change change) {
    apply(change, TimeLimit.NONE);
  }

  /** {@return the state that the last change led to which this store applied; there was one} */
  Revision applied();

  /**
   * Makes a change durable, as {@link #apply(Change)} does, unless that takes too long.
   *
   * @param change the change
   * @param limit when the change must be ready to be committed; the commit itself is not cut off,
   *     because nobody could say then what is stored
   */
  void apply(Change change, TimeLimit limit);

  /**
   * Reads the points of a series as long as the storage goes on from a state. Cheap, and meant to
   * be called from many threads at once.
   *
   * @param key its storage key
   * @param known a state of this store
   * @return the series, or empty if none has this key now, or if that state is not known to be an
   *     earlier one of what is stored now, so that another series may have this key
   */
  default Optional<TimeSeries> series(long key, Revision known) {
    return series(key);
  }

  /**
   * Says whether the storage takes changes now. Only for a store that is open for writing.
   *
   * @return false where it is read-only for the time being
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
   * @return what is wrong, one sentence each
   */
  List<String> check();

  /** {@return where checkpoints of the index are kept, or empty if they cannot be} */
  default Optional<CheckpointStore> checkpoints() {
    return Optional.empty();
  }

  /** The version of the format in which new databases are stored. */
  int CURRENT_FORMAT = 4;

  /** {@return the version of the format in which it is stored} */
  int format();

  /**
   * Says whether a failure has left open what is stored, or who may write now. Until {@link
   * #settle} succeeds, or the store finds by itself that nothing has changed, it stores nothing.
   *
   * @return whether it has
   */
  default boolean isUnsettled() {
    return false;
  }

  /**
   * After a failure makes sure that this store may write, and has what is stored taken up. Nobody
   * else writes meanwhile.
   *
   * @param reader takes it up
   * @throws StoreException if the storage still fails, or if it is open for writing elsewhere now
   */
  default void settle(Consumer<StoreSnapshot> reader) {
    // A store that nothing can come between is settled.
  }

  @Override
  void close();
}

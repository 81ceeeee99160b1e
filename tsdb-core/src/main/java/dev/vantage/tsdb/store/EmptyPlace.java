package dev.vantage.tsdb.store;

import java.util.SortedMap;
import java.util.function.Consumer;

/** A location without a store, where a store can be created atomically. */
@FunctionalInterface
public interface EmptyPlace {

  /**
   * Creates a store. It cannot be opened before it is filled and durable. If filling fails or the
   * process ends earlier, no store exists, and the caller can try again.
   *
   * @param properties the properties of the store
   * @param filling fills it, by changes
   * @throws StoreException if there is a store already, or the storage fails
   */
  void make(SortedMap<String, String> properties, Consumer<Store> filling);
}

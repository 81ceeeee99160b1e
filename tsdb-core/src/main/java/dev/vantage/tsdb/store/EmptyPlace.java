package dev.vantage.tsdb.store;

import java.util.SortedMap;
import java.util.function.Consumer;

/** A place where a store can be made: the whole of it at once, or nothing. */
@FunctionalInterface
public interface EmptyPlace {

  /**
   * Makes a store. Nobody can open it before it is filled and durable; when the filling fails, or
   * the process ends before, nothing is there that can be opened, and it can be tried again.
   *
   * @param properties what the store is made with
   * @param filling fills it, by changes
   * @throws StoreException if there is a store already, or the storage fails
   */
  void make(SortedMap<String, String> properties, Consumer<Store> filling);
}

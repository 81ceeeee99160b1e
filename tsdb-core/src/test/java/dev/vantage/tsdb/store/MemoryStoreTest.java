package dev.vantage.tsdb.store;

import java.util.TreeMap;

class MemoryStoreTest extends StoreContract {
  @Override
  protected Store make() {
    return new MemoryStore(new TreeMap<>());
  }
}

package dev.vantage.tsdb.store;

import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends DurableStoreContract {
  @TempDir Path temporary;
  private int made;

  @Override
  Place place() {
    Path directory = temporary.resolve("db" + made++);
    return new Place() {
      @Override
      public Store openToWrite() {
        return SqliteStore.openToWrite(directory, new TreeMap<>());
      }

      @Override
      public Store openToRead() {
        return SqliteStore.openToRead(directory);
      }
    };
  }
}

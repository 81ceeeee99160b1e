package dev.vantage.tsdb.engine;

import dev.vantage.tsdb.store.EmptyPlace;
import dev.vantage.tsdb.store.Store;
import dev.vantage.tsdb.store.sqlite.SqlitePlace;
import dev.vantage.tsdb.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.util.SortedMap;

/**
 * A directory.
 *
 * @param path its path
 */
public record DirectoryLocation(Path path) implements Location {
  @Override
  public String shown() {
    return path.toString();
  }

  @Override
  public String kind() {
    return "directory";
  }

  @Override
  public boolean exists() {
    return SqliteStore.exists(path);
  }

  @Override
  public Store openToWrite(SortedMap<String, String> properties) {
    return SqliteStore.openToWrite(path, properties);
  }

  @Override
  public Store openToRead() {
    return SqliteStore.openToRead(path);
  }

  @Override
  public EmptyPlace emptyPlace() {
    return new SqlitePlace(path);
  }

  @Override
  public void restoreBackup(Path file) {
    SqliteStore.restore(file, path);
  }

  @Override
  public String toString() {
    return "directory=" + path;
  }
}

package dev.vantage.tsdb.store.sqlite;

import dev.vantage.tsdb.store.EmptyPlace;
import dev.vantage.tsdb.store.Store;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.function.Consumer;

/** A directory in which an SQLite store can be created. */
public final class SqlitePlace implements EmptyPlace {
  private final Path directory;

  /**
   * Creates the place.
   *
   * @param directory the directory; made if it does not exist
   */
  public SqlitePlace(Path directory) {
    this.directory = directory;
  }

  @Override
  public void make(SortedMap<String, String> properties, Consumer<Store> filling) {
    DatabaseMaking.make(
        directory,
        "database cannot be made",
        file -> {
          try (Store store = SqliteStore.makeIn(file, properties)) {
            filling.accept(store);
          }
        });
  }
}

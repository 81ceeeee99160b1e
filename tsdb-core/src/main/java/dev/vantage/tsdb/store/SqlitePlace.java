package dev.vantage.tsdb.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A directory in which a store of SQLite can be made. It is filled in a directory below it. */
public final class SqlitePlace implements EmptyPlace {
  private static final String FILLED_IN = SqliteStore.FILE_NAME + ".filling";

  private final Path directory;

  /**
   * A place.
   *
   * @param directory the directory; made if it does not exist
   */
  public SqlitePlace(Path directory) {
    this.directory = directory;
  }

  @Override
  public void make(SortedMap<String, String> properties, Consumer<Store> filling) {
    Path filled = directory.resolve(FILLED_IN);
    try {
      Files.createDirectories(directory);
      WriterLock lock = WriterLock.acquire(directory.resolve(SqliteStore.LOCK_NAME));
      try {
        fill(filled, properties, filling);
      } finally {
        remove(filled);
        lock.close();
      }
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.FAILED, "database cannot be made: directory=" + directory, e);
    }
  }

  private void fill(Path filled, SortedMap<String, String> properties, Consumer<Store> filling)
      throws IOException {
    Path target = directory.resolve(SqliteStore.FILE_NAME);
    if (Files.exists(target)) {
      throw new StoreException(
          StoreException.Kind.FAILED, "directory must not hold a database: file=" + target);
    }
    remove(filled);
    try (Store store = SqliteStore.openToWrite(filled, properties)) {
      filling.accept(store);
    }
    move(filled.resolve(SqliteStore.FILE_NAME), target);
  }

  private void move(Path file, Path target) throws IOException {
    Path log = file.resolveSibling(file.getFileName() + "-wal");
    if (Files.exists(log) && Files.size(log) > 0) {
      // The last one to close the file writes the log into it, unless that fails.
      throw new IOException("what was written must be in the file: left=" + log);
    }
    force(file);
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    force(directory);
  }

  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Removes what is left of a store that was being filled. */
  private static void remove(Path filled) throws IOException {
    if (!Files.exists(filled)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(filled)) {
      files = all.toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(filled);
  }
}

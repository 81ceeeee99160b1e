package dev.vantage.tsdb.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Removal of copies of SQLite's library that killed processes left. */
class NativeLibrariesTest {
  private static final Instant MOMENT = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path directory;

  private void make(String name, Instant modified) throws IOException {
    Files.setLastModifiedTime(Files.createFile(directory.resolve(name)), FileTime.from(modified));
  }

  private Set<String> names(Path path) throws IOException {
    try (Stream<Path> all = Files.list(path)) {
      return all.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  @Test
  void onlyOldCopiesAreRemoved() throws IOException {
    Instant old = MOMENT.minusSeconds(1);
    make("sqlite-3.54.1.0-a-libsqlitejdbc.so", old);
    make("sqlite-3.54.1.0-a-libsqlitejdbc.so.lck", old);
    make("sqlite-3.54.1.0-b-libsqlitejdbc.so", MOMENT);
    make("sqlite-data", old);
    make("libsqlitejdbc.so", old);
    NativeLibraries.removeOlderThan(directory, MOMENT);
    assertEquals(
        Set.of("sqlite-3.54.1.0-b-libsqlitejdbc.so", "sqlite-data", "libsqlitejdbc.so"),
        names(directory));
    NativeLibraries.removeOlderThan(directory.resolve("none"), MOMENT);
  }

  /** The names that are looked for are the driver's, whatever its version. */
  @Test
  void theDriversOwnCopyIsOne() throws IOException {
    Path path = directory.resolve("db");
    SqliteStore.openToWrite(path, new TreeMap<>()).close();
    Set<String> names = names(NativeLibraries.directory());
    assertTrue(
        names.stream().anyMatch(name -> name.matches("sqlite-.*sqlitejdbc.*")), names::toString);
  }
}

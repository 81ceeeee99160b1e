package dev.vantage.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.format.FileFormat;
import dev.vantage.tsdb.format.FormatError;
import dev.vantage.tsdb.format.ReadOptions;
import dev.vantage.tsdb.format.SeriesSink;
import dev.vantage.tsdb.format.SourceLine;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.DirectoryNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No access of this process to the files of an open database releases the writer's lock. */
class WriterLockTest {
  @TempDir private Path temporary;

  /** Checks with a real process that another process is refused. */
  private void assertOthersAreKeptOut(Path directory) throws Exception {
    List<String> said = FilesProcess.said("write," + directory);
    assertEquals(1, said.size());
    assertTrue(said.get(0).startsWith("write: DatabaseInUseException: "), said::toString);
    assertTrue(
        said.get(0).endsWith("open in process=" + ProcessHandle.current().pid()), said::toString);
  }

  @Test
  void aRefusedOpenLeavesTheLock() throws Exception {
    Path directory = temporary.resolve("db");
    Path link = Files.createSymbolicLink(temporary.resolve("link"), directory);
    try (EmbeddedTsdb database = Tsdb.open(directory)) {
      database.insert("a1", TimeSeries.ofValues(1, 2, 0.5));
      database.backup(temporary.resolve("backup"));
      assertThrows(DatabaseInUseException.class, () -> Tsdb.open(directory));
      assertThrows(DatabaseInUseException.class, () -> Tsdb.open(link));
      assertThrows(
          DatabaseInUseException.class,
          () -> EmbeddedTsdb.restore(temporary.resolve("backup"), directory));
      assertThrows(DatabaseInUseException.class, () -> Tsdb.open(directory));
      assertOthersAreKeptOut(directory);
    }
    assertEquals(List.of("write: [a1]"), FilesProcess.said("write," + directory));
    Tsdb.open(directory).close();
  }

  @Test
  void readingFilesOfAnOpenDatabaseIsRefused() throws Exception {
    Path directory = temporary.resolve("db");
    Path other = temporary.resolve("other");
    try (EmbeddedTsdb database = Tsdb.open(directory)) {
      database.insert("a1", TimeSeries.ofValues(1, 2, 0.5));
      Path link =
          Files.createSymbolicLink(temporary.resolve("l"), directory.resolve("writer.lock"));
      for (String name : DirectoryNames.of(directory)) {
        assertIsNotRead(directory.resolve(name));
        assertThrows(
            StorageException.class, () -> EmbeddedTsdb.restore(directory.resolve(name), other));
      }
      assertIsNotRead(link);
      assertOthersAreKeptOut(directory);
    }
    assertEquals(
        List.of("l", "db"),
        DirectoryNames.of(temporary).stream().sorted((a, b) -> b.compareTo(a)).toList());
  }

  private static void assertIsNotRead(Path file) {
    IOException refused =
        assertThrows(
            IOException.class,
            () -> FileFormat.WIDE.read(file, ReadOptions.defaults(), new NothingRead()));
    assertTrue(refused.getMessage().contains("is part of a database"), refused::getMessage);
  }

  private static final class NothingRead implements SeriesSink {
    @Override
    public void accept(SeriesEntry entry, SourceLine origin) {
      throw new AssertionError("nothing is read");
    }

    @Override
    public void reject(FormatError error) {
      throw new AssertionError("nothing is read");
    }
  }
}

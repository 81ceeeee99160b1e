package dev.vantage.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.store.sqlite.SqliteStore;
import dev.vantage.tsdb.testkit.JavaProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restore that is killed with SIGKILL leaves no database, or the complete one. */
@Tag("long")
class KilledRestoreTest {
  private static final int SERIES = 6000;

  @TempDir private Path temporary;

  @Test
  void leavesNothingOrAll() throws Exception {
    Path export = export();
    int killedAmidst = 0;
    for (int round = 0; round < 8; round++) {
      Path directory = temporary.resolve("db" + round / 3);
      boolean done = restoreAndKill(export, directory, 1 + round % 8);
      if (!SqliteStore.exists(directory)) {
        assertFalse(done);
        assertFalse(Files.exists(directory.resolve(SqliteStore.FILE_NAME)));
        killedAmidst++;
        // Once in three rounds it is tried again by another process that is killed.
        if (round % 3 != 2) {
          continue;
        }
        EmbeddedTsdb.restore(export, directory);
      }
      assertIsWhole(directory);
      deleteDatabase(directory);
    }
    assertTrue(killedAmidst >= 4, "killed amidst=" + killedAmidst);
  }

  private Path export() {
    Random random = new Random(1);
    Path file = temporary.resolve("export");
    try (EmbeddedTsdb database =
        Tsdb.inMemory(Settings.DEFAULT.withLength(8).withVantagePoints(3))) {
      List<SeriesEntry> entries = new ArrayList<>();
      for (int i = 0; i < SERIES; i++) {
        double[] values = random.doubles(8).toArray();
        entries.add(new SeriesEntry("s" + i, TimeSeries.ofValues(values)));
      }
      database.insertAll(entries);
      database.export(file, Progress.NONE);
    }
    return file;
  }

  /** Kills a restore after a number of parts; returns whether it was done before. */
  private static boolean restoreAndKill(Path export, Path directory, int parts)
      throws IOException, InterruptedException {
    Process process =
        JavaProcess.start(RestoringProcess.class, export.toString(), directory.toString());
    int stored = 0;
    boolean done = false;
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        done |= line.equals("done");
        if (line.startsWith("stored ") && ++stored == parts) {
          process.toHandle().destroyForcibly();
        }
      }
    }
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    return done;
  }

  private static void assertIsWhole(Path directory) throws IOException {
    OpenOptions options = OpenOptions.DEFAULT.withAccess(OpenOptions.Access.WRITE);
    try (EmbeddedTsdb database = Tsdb.open(directory, options)) {
      assertEquals(SERIES, database.stats().series());
      assertEquals(List.of(), database.verify(Progress.NONE).problems());
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(
          Set.of(SqliteStore.FILE_NAME, SqliteStore.FILE_NAME + "-mark", "writer.lock"),
          files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
    }
  }

  private static void deleteDatabase(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }
}

package dev.vantage.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.format.WideWriter;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.DirectoryNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several threads write one file at once: one succeeds, and the whole file is its own. */
class OneFileTest {
  private static final int WRITERS = 6;

  @TempDir private Path temporary;

  private EmbeddedTsdb filled(String name, int series) {
    EmbeddedTsdb database = Tsdb.open(temporary.resolve(name));
    for (int i = 0; i < series; i++) {
      database.insert("s" + i, TimeSeries.ofValues(i, 1, 2, 0.5));
    }
    return database;
  }

  private int restored(Path file) throws IOException {
    Path directory = temporary.resolve("restored");
    EmbeddedTsdb.restore(file, directory);
    try (EmbeddedTsdb database = Tsdb.open(directory)) {
      return (int) database.stats().series();
    } finally {
      DirectoryNames.delete(directory);
    }
  }

  @Test
  void anExportThatEndsLaterFails() throws IOException {
    Path file = temporary.resolve("export");
    try (EmbeddedTsdb small = filled("small", 2);
        EmbeddedTsdb large = filled("large", 5)) {
      StorageException late =
          assertThrows(
              StorageException.class,
              () -> large.export(file, (written, of) -> small.export(file, Progress.NONE)));
      assertEquals("export file must not exist: file=" + file, late.getMessage());
    }
    assertEquals(List.of("export", "large", "small"), DirectoryNames.of(temporary));
    assertEquals(2, restored(file));
  }

  @Test
  void onlyOneOfManyWins() throws Exception {
    try (EmbeddedTsdb database = filled("db", 3)) {
      for (String name : List.of("export", "backup")) {
        Path file = temporary.resolve(name);
        assertEquals(
            1,
            successes(
                () -> {
                  if (name.equals("export")) {
                    database.export(file, Progress.NONE);
                  } else {
                    database.backup(file);
                  }
                  return true;
                }));
        assertEquals(3, restored(file));
      }
    }
    assertEquals(List.of("backup", "db", "export"), DirectoryNames.of(temporary));
  }

  /** Returns how many of several threads succeed; the others must report that the file exists. */
  private static int successes(Callable<Boolean> writing) throws Exception {
    CyclicBarrier start = new CyclicBarrier(WRITERS);
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    List<Future<Boolean>> all = new ArrayList<>();
    try {
      for (int i = 0; i < WRITERS; i++) {
        all.add(
            threads.submit(
                () -> {
                  start.await();
                  try {
                    return writing.call();
                  } catch (StorageException e) {
                    assertTrue(e.getMessage().contains("must not exist"), e::getMessage);
                    return false;
                  }
                }));
      }
      int successes = 0;
      for (Future<Boolean> one : all) {
        successes += one.get() ? 1 : 0;
      }
      return successes;
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aWideFileIsReplacedAsAWhole() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "before");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Path link = Files.createSymbolicLink(temporary.resolve("link"), file);
    SeriesEntry entry = new SeriesEntry("a", TimeSeries.ofValues(1, 2));
    try (WideWriter cut = WideWriter.to(file)) {
      cut.write(entry);
    }
    assertEquals("before", Files.readString(file));
    try (WideWriter first = WideWriter.to(file);
        WideWriter second = WideWriter.to(link)) {
      first.write(entry);
      second.write(new SeriesEntry("b", TimeSeries.ofValues(1, 2)));
      first.finish();
      assertEquals("a\t1.0\t2.0\n", Files.readString(file));
      second.finish();
    }
    assertEquals("b\t1.0\t2.0\n", Files.readString(file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals(List.of("file", "link"), DirectoryNames.of(temporary));
  }

  @Test
  void aDeviceIsWrittenTo() throws IOException {
    Path device = Path.of("/dev/null");
    if (Files.exists(device)) {
      try (WideWriter writer = WideWriter.to(device)) {
        writer.write(new SeriesEntry("a", TimeSeries.ofValues(1, 2)));
        writer.finish();
      }
      assertTrue(Files.exists(device) && !Files.isRegularFile(device));
    }
  }
}

package dev.vantage.tsdb.engine.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.LockingProcess;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Progress;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.StorageException;
import dev.vantage.tsdb.StorageUnavailableException;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.engine.ScanModel;
import dev.vantage.tsdb.engine.checkpoint.CheckpointScheduler;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.DirectoryNames;
import dev.vantage.tsdb.testkit.JavaProcess;
import dev.vantage.tsdb.testkit.Mount;
import dev.vantage.tsdb.testkit.RandomSeries;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Storage that fails while a database is open: writes fail with a typed exception and have no
 * effect, searches continue, and writes succeed again after the fault.
 */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("long")
class StorageFaultTest {
  private static final Settings SETTINGS =
      Settings.DEFAULT.withLength(64).withMultiplier(10).withVantagePoints(5);
  private static final OpenOptions READ_ONLY =
      OpenOptions.DEFAULT.withAccess(OpenOptions.Access.READ_ONLY);
  private static final int DISK_BYTES = 3 << 20;

  @TempDir Path directory;

  private final ScanModel model = new ScanModel(SETTINGS);
  private final RandomSeries random = new RandomSeries(3, 50);
  private int inserted;

  private Path file(Path database) {
    return database.resolve("tsdb.sqlite");
  }

  private EmbeddedTsdb filled(Path path, int leastSeries) {
    EmbeddedTsdb database =
        EmbeddedDatabase.open(path, OpenOptions.DEFAULT.withSettings(SETTINGS), leastSeries);
    insert(database, 40);
    return database;
  }

  private EmbeddedTsdb filled(Path path) {
    return filled(path, CheckpointScheduler.LEAST_SERIES);
  }

  /** Inserts series; series of a failed batch are not added to the model. */
  private void insert(Tsdb database, int count) {
    List<SeriesEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Attributes attributes = Attributes.none().with("number", inserted);
      entries.add(new SeriesEntry("s" + inserted++, random.next(), attributes));
    }
    database
        .insertAll(entries)
        .forEach(outcome -> assertTrue(outcome.failure().isEmpty(), outcome::toString));
    entries.forEach(entry -> model.put(entry.id(), entry.series()));
  }

  private void assertHoldsTheModel(Tsdb database) {
    assertEquals(model.ids(), database.ids(IdQuery.first(Integer.MAX_VALUE)));
    assertSearches(database);
  }

  private void assertSearches(Tsdb database) {
    assertEquals(model.size(), database.stats().series());
    for (String id : model.ids().subList(0, 20)) {
      Query query = Query.like("any").nearest(4);
      assertEquals(model.similar(id, query), database.search(query.about(id)).neighbors());
    }
  }

  private void assertSound(Path path) {
    try (EmbeddedTsdb again = Tsdb.open(path)) {
      assertHoldsTheModel(again);
      assertEquals(List.of(), again.verify(Progress.NONE).problems());
    }
  }

  /** Checks that every kind of write fails without effect. */
  private UnavailableException assertNothingCanBeWritten(Tsdb database) {
    List<String> vantagePoints = database.stats().vantagePoints();
    String free =
        model.ids().stream().filter(id -> !vantagePoints.contains(id)).findFirst().orElseThrow();
    TimeSeries series = new RandomSeries(9, 5_000).next();
    AttributeChanges changes =
        AttributeChanges.setting(Attributes.none().with("another", "x".repeat(60_000)));
    assertFails(() -> database.put(new SeriesEntry(free, series)));
    assertFails(() -> database.put(new SeriesEntry(vantagePoints.get(0), series)));
    assertFails(() -> database.delete(free));
    assertFails(() -> database.delete(vantagePoints.get(0)));
    assertFails(() -> database.addVantagePoint(free));
    assertFails(() -> database.declareAttribute("another", AttributeValue.Type.TEXT));
    assertFails(() -> database.setAttributes(free, changes));
    assertFalse(database.attributeTypes().declared().containsKey("another"));
    assertEquals(vantagePoints, database.stats().vantagePoints());
    assertSearches(database);
    return assertFails(() -> database.insert("new", series));
  }

  private static UnavailableException assertFails(Runnable write) {
    return assertThrows(UnavailableException.class, write::run);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, CheckpointScheduler.LEAST_SERIES})
  void aFullDiskStopsWritesUntilThereIsRoom(int leastSeries) throws Exception {
    try (Mount disk = Mount.small(directory.resolve("disk"), DISK_BYTES)) {
      Path path = disk.path().resolve("db");
      try (EmbeddedTsdb database = filled(path, leastSeries)) {
        Path ballast = disk.path().resolve("ballast");
        for (int round = 0; round < 3; round++) {
          fill(ballast);
          UnavailableException full = assertFails(() -> insertForever(database));
          assertTrue(full.getMessage().contains("file=" + file(path)), full.getMessage());
          assertTrue(full.getMessage().contains("full"), full.getMessage());
          assertHoldsTheModel(database);
          Path backup = disk.path().resolve("backup");
          assertFails(() -> database.backup(backup));
          try (Stream<Path> left = Files.list(disk.path())) {
            assertEquals(List.of(ballast, path), left.sorted().toList());
          }
          Files.delete(ballast);
          insert(database, 10);
          database.delete("s" + (inserted - 1));
          model.remove("s" + (inserted - 1));
          assertHoldsTheModel(database);
        }
      }
      assertSound(path);
    }
  }

  @Test
  void aFullDiskIsUnavailableToWhatIsMadeOnIt() throws Exception {
    Path path = directory.resolve("db");
    Path backup = directory.resolve("backup");
    try (Mount disk = Mount.small(directory.resolve("disk"), DISK_BYTES);
        EmbeddedTsdb database = filled(path)) {
      database.backup(backup);
      fill(disk.path().resolve("ballast"));
      List<Executable> writes =
          List.of(
              () -> database.export(disk.path().resolve("export"), Progress.NONE),
              () -> EmbeddedTsdb.restore(backup, disk.path().resolve("restored")),
              () -> Tsdb.open(disk.path().resolve("made")));
      for (Executable write : writes) {
        assertThrows(StorageUnavailableException.class, write);
        assertEquals(List.of("ballast"), DirectoryNames.of(disk.path()));
      }
    }
  }

  @Test
  void aDatabaseOnAFullDiskCanBeRead() throws Exception {
    try (Mount disk = Mount.small(directory.resolve("disk"), DISK_BYTES)) {
      Path path = disk.path().resolve("db");
      filled(path).close();
      Path ballast = disk.path().resolve("ballast");
      fill(ballast);
      for (int round = 0; round < 2; round++) {
        assertTrue(EmbeddedTsdb.exists(path.toString()));
        try (EmbeddedTsdb reader = Tsdb.open(path, READ_ONLY)) {
          assertHoldsTheModel(reader);
          assertEquals(List.of(), reader.verify(Progress.NONE).problems());
          reader.backup(directory.resolve("backup" + round));
        }
      }
      try (EmbeddedTsdb reader = Tsdb.open(path, READ_ONLY)) {
        Files.delete(ballast);
        try (EmbeddedTsdb writer = Tsdb.open(path)) {
          insert(writer, 5);
          assertTrue(reader.refresh());
          assertHoldsTheModel(reader);
        }
      }
      assertSound(path);
    }
  }

  /** Until it fails. */
  private void insertForever(Tsdb database) {
    while (true) {
      insert(database, 20);
    }
  }

  /** Fills the disk. */
  private static void fill(Path ballast) {
    byte[] zeros = new byte[4096];
    try (var out = Files.newOutputStream(ballast, StandardOpenOption.CREATE)) {
      while (true) {
        out.write(zeros);
      }
    } catch (IOException e) {
      // The disk is full.
    }
  }

  @Test
  void aLockOfAnotherProcessStopsWritesUntilItIsGone() throws Exception {
    Path path = directory.resolve("db");
    try (EmbeddedTsdb database = filled(path)) {
      Process locking = JavaProcess.start(LockingProcess.class, file(path).toString());
      try (BufferedReader said = locking.inputReader(StandardCharsets.UTF_8)) {
        assertEquals("locked", said.readLine());
        UnavailableException locked = assertFails(() -> insert(database, 1));
        assertTrue(locked.getMessage().contains("file=" + file(path)), locked.getMessage());
        assertTrue(locked.getMessage().contains("locked"), locked.getMessage());
        // A failed write must not affect the next one, whether that succeeds or not.
        assertFails(() -> insert(database, 3));
        assertHoldsTheModel(database);
        locking.getOutputStream().close();
        assertEquals("free", said.readLine());
      } finally {
        locking.destroyForcibly();
      }
      insert(database, 5);
      assertHoldsTheModel(database);
    }
    assertSound(path);
  }

  @Test
  void filesThatAreMovedAwayAreWrittenToWhenTheyAreBack() throws IOException {
    Path path = directory.resolve("db");
    Path away = directory.resolve("away");
    try (EmbeddedTsdb database = filled(path)) {
      Files.move(path, away);
      UnavailableException moved = assertNothingCanBeWritten(database);
      assertEquals(
          "file must stay where it was opened: file=" + file(path) + ", problem=it is gone",
          moved.getMessage());
      assertFalse(Files.exists(path), "nothing is made in its place");
      Files.move(away, path);
      insert(database, 5);
      assertHoldsTheModel(database);
      Files.move(file(path), away);
      Files.createFile(file(path));
      UnavailableException replaced = assertNothingCanBeWritten(database);
      assertTrue(replaced.getMessage().contains("another file is there"), replaced.getMessage());
      Files.delete(file(path));
      Files.move(away, file(path));
      insert(database, 5);
      assertHoldsTheModel(database);
    }
    assertSound(path);
  }

  @Test
  void aDirectoryThatIsDeletedStopsWritesAndNotSearches() throws IOException {
    Path path = directory.resolve("db");
    try (EmbeddedTsdb database = filled(path)) {
      List<Path> files;
      try (Stream<Path> all = Files.list(path)) {
        files = all.toList();
      }
      for (Path file : files) {
        Files.delete(file);
      }
      Files.delete(path);
      assertNothingCanBeWritten(database);
    }
    assertFalse(Files.exists(path), "nothing is made in its place");
  }

  @Test
  void aLogThatIsDeletedStopsWritesAndIsSavedByClosing() throws IOException {
    Path path = directory.resolve("db");
    Path log = path.resolve("tsdb.sqlite-wal");
    try (EmbeddedTsdb database = filled(path)) {
      Files.delete(log);
      UnavailableException gone = assertNothingCanBeWritten(database);
      assertTrue(
          gone.getMessage().contains("file=" + log + ", problem=it is gone"), gone::getMessage);
    }
    assertSound(path);
  }

  @Test
  void aWriterWhoseLockIsDeletedLeavesWritingToTheNext() throws IOException {
    Path path = directory.resolve("db");
    Path lock = path.resolve("writer.lock");
    EmbeddedTsdb first = filled(path);
    Files.delete(lock);
    UnavailableException gone = assertNothingCanBeWritten(first);
    assertTrue(
        gone.getMessage().contains("file=" + lock + ", problem=it is gone"), gone::getMessage);
    try (EmbeddedTsdb second = Tsdb.open(path)) {
      UnavailableException other = assertNothingCanBeWritten(first);
      assertTrue(
          other.getMessage().contains("file=" + lock + ", problem=another file is there"),
          other::getMessage);
      insert(second, 3);
      first.close();
      assertHoldsTheModel(second);
    }
    assertSound(path);
  }

  @Test
  void twoWritersThatGotInNoticeEachOther() throws IOException {
    Path path = directory.resolve("db");
    Path lock = path.resolve("writer.lock");
    Path away = directory.resolve("away");
    try (EmbeddedTsdb first = filled(path)) {
      Files.move(lock, away);
      try (EmbeddedTsdb second = Tsdb.open(path)) {
        insert(second, 3);
        Files.move(away, lock, StandardCopyOption.REPLACE_EXISTING);
        int before = inserted;
        UnavailableException noticed = assertFails(() -> insert(first, 2));
        assertTrue(
            noticed.getMessage().contains("only one process may write"), noticed::getMessage);
        inserted = before;
        insert(first, 2);
        assertHoldsTheModel(first);
      }
    }
    assertSound(path);
  }

  @Test
  void aPlaceThatCannotBeWrittenToIsNamed() throws Exception {
    Path path = directory.resolve("db");
    filled(path).close();
    try (Mount readOnly = Mount.readOnly(directory.resolve("ro"), path)) {
      for (OpenOptions.Access access :
          List.of(OpenOptions.Access.OPEN_OR_CREATE, OpenOptions.Access.WRITE)) {
        OpenOptions options = OpenOptions.DEFAULT.withAccess(access);
        StorageException refused =
            assertThrows(StorageException.class, () -> Tsdb.open(readOnly.path(), options));
        assertEquals(
            "directory of a database must be writable for its writer: directory=" + readOnly.path(),
            refused.getMessage());
      }
      try (EmbeddedTsdb reader = Tsdb.open(readOnly.path(), READ_ONLY)) {
        assertHoldsTheModel(reader);
      }
      try (EmbeddedTsdb database = Tsdb.open(path)) {
        Path backup = readOnly.path().resolve("backup");
        UnavailableException failed = assertFails(() -> database.backup(backup));
        assertTrue(failed.getMessage().contains("backup=" + backup), failed::getMessage);
        insert(database, 2);
      }
    }
    assertSound(path);
  }
}

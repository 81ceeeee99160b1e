package dev.vantage.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.OpenOptions.Spectra;
import dev.vantage.tsdb.engine.ScanModel;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.DirectoryNames;
import dev.vantage.tsdb.testkit.RandomSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A reader whose file is deleted or replaced answers from one file or fails. */
class ReplacedFileTest {
  private static final Settings SETTINGS =
      Settings.DEFAULT.withLength(64).withMultiplier(10).withVantagePoints(3);
  private static final OpenOptions READ_ONLY =
      OpenOptions.DEFAULT.withAccess(OpenOptions.Access.READ_ONLY);
  private static final int SERIES = 30;

  @TempDir private Path temporary;

  private Path directory() {
    return temporary.resolve("db");
  }

  /** Fills a database with series that have the same ids for every seed; returns its model. */
  private ScanModel fill(Path directory, Settings settings, long seed) {
    RandomSeries random = new RandomSeries(seed, 50);
    ScanModel model = new ScanModel(settings);
    List<SeriesEntry> entries = new ArrayList<>();
    for (int i = 0; i < SERIES; i++) {
      entries.add(new SeriesEntry("s" + i, random.next()));
    }
    try (EmbeddedTsdb database = Tsdb.open(directory, OpenOptions.DEFAULT.withSettings(settings))) {
      database.insertAll(entries);
    }
    entries.forEach(entry -> model.put(entry.id(), entry.series()));
    return model;
  }

  private static void assertAnswers(ScanModel model, Tsdb database) {
    for (String id : model.ids()) {
      Query query = Query.like("any").nearest(4);
      assertEquals(model.similar(id, query), database.search(query.about(id)).neighbors());
    }
    assertEquals(model.ids(), database.ids(IdQuery.first(100)));
    model.ids().forEach(database::get);
  }

  /** Replaces the first database by another, as an operator would. */
  private void replace(Path other) throws IOException {
    for (String name : DirectoryNames.of(directory())) {
      if (name.startsWith("tsdb.sqlite")) {
        Files.delete(directory().resolve(name));
      }
    }
    Path backup = temporary.resolve("backup");
    Files.deleteIfExists(backup);
    try (EmbeddedTsdb database = Tsdb.open(other, READ_ONLY)) {
      database.backup(backup);
    }
    EmbeddedTsdb.restore(backup, directory());
  }

  /** Copies another database over the file, which keeps its key. */
  private void overwrite(Path other) throws Exception {
    String from = other.resolve("tsdb.sqlite").toString();
    String to = directory().resolve("tsdb.sqlite").toString();
    assertEquals(0, new ProcessBuilder("cp", from, to).inheritIO().start().waitFor());
  }

  @ParameterizedTest
  @EnumSource(
      value = Spectra.class,
      names = {"MEMORY", "DISK"})
  void anotherDatabaseThatIsWrittenOverTheFileIsLoaded(Spectra spectra) throws Exception {
    ScanModel first = fill(directory(), SETTINGS, 1);
    ScanModel second = fill(temporary.resolve("other"), SETTINGS, 2);
    try (EmbeddedTsdb reader = Tsdb.open(directory(), READ_ONLY.withSpectra(spectra))) {
      assertAnswers(first, reader);
      overwrite(temporary.resolve("other"));
      assertTrue(reader.refresh());
      assertAnswers(second, reader);
    }
  }

  @Test
  void aWriterChangesNothingInADatabaseThatIsWrittenOverItsOwn() throws Exception {
    fill(directory(), SETTINGS, 1);
    Path other = temporary.resolve("other");
    fill(other, SETTINGS, 2);
    try (EmbeddedTsdb writer = Tsdb.open(directory())) {
      writer.insert("before", TimeSeries.ofValues(1, 2, 4));
      overwrite(other);
      assertThrows(
          UnavailableException.class, () -> writer.insert("late", TimeSeries.ofValues(1, 2, 3)));
      assertThrows(UnavailableException.class, () -> writer.delete("before"));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Spectra.class,
      names = {"MEMORY", "DISK"})
  void anotherFileIsLoadedAndNeverMixedIn(Spectra spectra) throws IOException {
    ScanModel first = fill(directory(), SETTINGS, 1);
    Settings others = SETTINGS.withLength(32).withMultiplier(3);
    ScanModel second = fill(temporary.resolve("other"), others, 2);
    try (EmbeddedTsdb reader = Tsdb.open(directory(), READ_ONLY.withSpectra(spectra))) {
      assertAnswers(first, reader);
      long changes = reader.changeCount().orElseThrow();
      replace(temporary.resolve("other"));
      // Calls that read rows notice at once; data in memory still belongs to the first file.
      assertThrows(UnavailableException.class, () -> reader.get("s1"));
      assertThrows(UnavailableException.class, () -> reader.ids(IdQuery.first(10)));
      if (spectra == Spectra.MEMORY) {
        Query query = Query.like("any").nearest(4);
        assertEquals(first.similar("s1", query), reader.search(query.about("s1")).neighbors());
      } else {
        assertThrows(
            UnavailableException.class,
            () -> first.ids().forEach(id -> reader.search(Query.like(id).nearest(4))));
      }
      assertTrue(reader.refresh());
      assertAnswers(second, reader);
      assertEquals(others, reader.stats().settings());
      assertTrue(reader.changeCount().orElseThrow() > changes);
      assertFalse(reader.refresh());
      try (EmbeddedTsdb writer = Tsdb.open(directory())) {
        writer.delete(
            second.ids().stream()
                .filter(id -> !writer.stats().vantagePoints().contains(id))
                .findFirst()
                .orElseThrow());
        assertTrue(reader.refresh());
        assertEquals(SERIES - 1, reader.stats().series());
      }
    }
  }

  @Test
  void aDeletedDirectoryIsUnavailableUntilThereIsOneAgain() throws IOException {
    fill(directory(), SETTINGS, 1);
    ScanModel second = fill(temporary.resolve("other"), SETTINGS, 2);
    try (EmbeddedTsdb reader = Tsdb.open(directory(), READ_ONLY)) {
      DirectoryNames.delete(directory());
      for (int i = 0; i < 2; i++) {
        assertThrows(StorageException.class, reader::refresh);
        assertIsUnavailable(reader);
      }
      Files.createDirectories(directory());
      Files.writeString(directory().resolve("tsdb.sqlite"), "no database".repeat(100));
      assertThrows(DamagedDatabaseException.class, reader::refresh);
      assertIsUnavailable(reader);
      Files.delete(directory().resolve("tsdb.sqlite"));
      replace(temporary.resolve("other"));
      assertIsUnavailable(reader);
      assertTrue(reader.refresh());
      assertAnswers(second, reader);
    }
  }

  private static void assertIsUnavailable(EmbeddedTsdb reader) {
    List<Runnable> calls =
        List.of(
            () -> reader.search(Query.like("s1").nearest(1)),
            () -> reader.search((Query.like("any").nearest(1)).about(TimeSeries.ofValues(1, 2, 3))),
            () -> reader.get("s1"),
            () -> reader.ids(IdQuery.first(1)),
            () -> reader.stats(),
            () -> reader.attributeTypes());
    for (Runnable call : calls) {
      assertThrows(UnavailableException.class, call::run);
    }
  }

  @Test
  void settingsThatWereAskedForAreAskedForAgain() throws IOException {
    fill(directory(), SETTINGS, 1);
    fill(temporary.resolve("other"), SETTINGS.withLength(32), 2);
    try (EmbeddedTsdb reader = Tsdb.open(directory(), READ_ONLY.withSettings(SETTINGS))) {
      replace(temporary.resolve("other"));
      assertThrows(InvalidRequestException.class, reader::refresh);
      assertIsUnavailable(reader);
    }
  }

  @Test
  void aReaderThatRefreshesItselfNotices() throws Exception {
    fill(directory(), SETTINGS, 1);
    ScanModel second = fill(temporary.resolve("other"), SETTINGS, 2);
    OpenOptions options = READ_ONLY.withRefresh(Duration.ofMillis(10));
    try (EmbeddedTsdb reader = Tsdb.open(directory(), options)) {
      replace(temporary.resolve("other"));
      String id = second.ids().get(1);
      long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (!served(reader, id).equals(second.similar(id, Query.like("any").nearest(4)))) {
        assertTrue(System.nanoTime() < end, "must be noticed");
        Thread.yield();
      }
      assertAnswers(second, reader);
    }
  }

  private static List<Neighbor> served(Tsdb reader, String id) {
    try {
      return reader.search(Query.like(id).nearest(4)).neighbors();
    } catch (UnavailableException e) {
      return List.of();
    }
  }

  /** Only the writer's own data is valid; it stays readable through open files. */
  @Test
  void aWriterReadsNothingOfAnotherFile() throws IOException {
    ScanModel first = fill(directory(), SETTINGS, 1);
    fill(temporary.resolve("other"), SETTINGS, 2);
    try (EmbeddedTsdb writer =
        Tsdb.open(directory(), OpenOptions.DEFAULT.withSpectra(Spectra.DISK))) {
      SeriesEntry own = writer.get("s1");
      Files.delete(directory().resolve("tsdb.sqlite"));
      Files.copy(temporary.resolve("other/tsdb.sqlite"), directory().resolve("tsdb.sqlite"));
      for (int i = 0; i < 20; i++) {
        assertEquals(own, writer.get("s1"));
        Query query = Query.like("any").nearest(4);
        assertEquals(first.similar("s1", query), writer.search(query.about("s1")).neighbors());
      }
      assertThrows(UnavailableException.class, () -> writer.delete("s1"));
    }
  }
}

package dev.vantage.tsdb.engine.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.DamagedDatabaseException;
import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.InvalidLocationException;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Progress;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.StorageException;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.VerifyOptions;
import dev.vantage.tsdb.VerifyReport;
import dev.vantage.tsdb.VerifyReport.Checked;
import dev.vantage.tsdb.engine.checkpoint.CheckpointScheduler;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.store.sqlite.SqliteStore;
import dev.vantage.tsdb.testkit.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged bytes of files: all damage is detected, and only the damaged data is lost. */
@Tag("long")
class DamagedFileTest {
  private static final Settings SETTINGS =
      Settings.DEFAULT.withLength(64).withMultiplier(10).withVantagePoints(4);
  private static final int SERIES = 120;
  private static final OpenOptions READ_ONLY =
      OpenOptions.DEFAULT.withAccess(OpenOptions.Access.READ_ONLY);

  @TempDir Path directory;

  private final List<SeriesEntry> entries = new ArrayList<>();
  private final Random random = Seeds.random("damage");
  private byte[] whole;
  private List<String> vantagePoints;

  private Path path() {
    return directory.resolve("db");
  }

  private Path file() {
    return path().resolve(SqliteStore.FILE_NAME);
  }

  /** A database whose rows are of half a page, with a checkpoint or without. */
  private void fill(int leastSeries) throws IOException {
    try (EmbeddedTsdb database =
        EmbeddedDatabase.open(path(), OpenOptions.DEFAULT.withSettings(SETTINGS), leastSeries)) {
      for (int i = 0; i < SERIES; i++) {
        TimeSeries series = TimeSeries.ofValues(random.doubles(400, -1, 1).toArray());
        entries.add(new SeriesEntry("s" + i, series, Attributes.none().with("n", i)));
      }
      database.insertAll(entries);
      vantagePoints = database.stats().vantagePoints();
    }
    whole = Files.readAllBytes(file());
  }

  private VerifyReport verify() {
    return EmbeddedTsdb.verify(path().toString(), VerifyOptions.ALL, Progress.NONE);
  }

  /** Returns the positions of the current and former points of a series. */
  private List<Integer> positionsOf(int number) {
    long bits = Long.reverseBytes(doubleBits(entries.get(number).series().values()[20]));
    ByteBuffer bytes = ByteBuffer.wrap(whole);
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i + Long.BYTES <= whole.length; i++) {
      if (bytes.getLong(i) == bits) {
        positions.add(i);
      }
    }
    assertFalse(positions.isEmpty(), "the file holds the series");
    return positions;
  }

  /** The pages that hold the points of a series, or have held them. */
  private List<Integer> pagesOf(int number) {
    return positionsOf(number).stream().map(position -> position / pageBytes()).distinct().toList();
  }

  /** Returns a series that is on one page without vantage points, which opening reads. */
  private int anyOnOnePage() {
    Set<Integer> pages = new HashSet<>();
    vantagePoints.forEach(id -> pages.addAll(pagesOf(Integer.parseInt(id.substring(1)))));
    for (int number = SERIES / 2; number < SERIES; number++) {
      List<Integer> own = pagesOf(number);
      if (own.size() == 1 && !pages.contains(own.get(0))) {
        return number;
      }
    }
    throw new AssertionError("no series is on one page without a vantage point");
  }

  private static long doubleBits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  private int pageBytes() {
    return ByteBuffer.wrap(whole).getShort(16) & 0xFFFF;
  }

  private void overwrite(byte[] bytes) throws IOException {
    for (String more : List.of("-wal", "-shm")) {
      Files.deleteIfExists(path().resolve(SqliteStore.FILE_NAME + more));
    }
    Files.write(file(), bytes);
  }

  @Test
  void verifyFindsEveryDamagedSeries() throws IOException {
    fill(CheckpointScheduler.LEAST_SERIES);
    VerifyReport sound = verify();
    assertEquals(new VerifyReport(new Checked(SERIES, SERIES * 4, 4, 0), 0, List.of()), sound);
    byte[] damaged = whole.clone();
    TreeSet<Integer> numbers = new TreeSet<>();
    while (numbers.size() < 7) {
      int number = random.nextInt(SERIES);
      if (numbers.add(number)) {
        // A split page may still have data that has moved to another page: its change is no damage.
        positionsOf(number).forEach(position -> damaged[position] ^= 1);
      }
    }
    overwrite(damaged);
    VerifyReport report = verify();
    assertEquals(SERIES, report.checked().series());
    assertEquals(
        7, report.problems().stream().filter(p -> p.startsWith("series must match")).count());
    for (int number : numbers) {
      String expected = "series must match its checksum: id=s" + number + ", file=" + file();
      assertTrue(report.problems().contains(expected), report::toString);
    }
    DamagedDatabaseException refused =
        assertThrows(DamagedDatabaseException.class, () -> Tsdb.open(path()));
    assertTrue(refused.getMessage().endsWith("file=" + file()), refused::getMessage);
  }

  @Test
  void aDamagedPageLosesWhatIsOnItAndNoMore() throws IOException {
    fill(1);
    int number = anyOnOnePage();
    int page = pagesOf(number).get(0);
    byte[] damaged = whole.clone();
    Arrays.fill(damaged, page * pageBytes(), (page + 1) * pageBytes(), (byte) 0xA5);
    overwrite(damaged);
    // The checkpoint knows all that a search needs at first.
    try (EmbeddedTsdb database =
        Tsdb.open(path(), READ_ONLY.withSpectra(OpenOptions.Spectra.DISK))) {
      DamagedDatabaseException lost =
          assertThrows(DamagedDatabaseException.class, () -> database.get("s" + number));
      assertTrue(lost.getMessage().contains("file=" + file()), lost::getMessage);
      int alive = 0;
      for (SeriesEntry entry : entries) {
        alive += isWhole(database, entry) ? 1 : 0;
      }
      assertTrue(alive >= SERIES - 10 && alive < SERIES, "alive=" + alive);
      assertThrows(
          DamagedDatabaseException.class,
          () -> database.search((Query.like("any").within(2)).about("s" + number)));
    }
    VerifyReport report = verify();
    assertTrue(report.found() > 1, report::toString);
    assertEquals(SERIES, report.checked().series(), report::toString);
    assertTrue(
        report.problems().stream().allMatch(p -> p.contains("file=" + file()) || p.contains("id=")),
        report::toString);
  }

  private static boolean isWhole(Tsdb database, SeriesEntry entry) {
    try {
      assertEquals(entry, database.get(entry.id()));
      return true;
    } catch (DamagedDatabaseException e) {
      return false;
    }
  }

  /** Tests any byte of any page: undetected damage does not affect the data. */
  @Test
  void anyDamagedByteIsFoundOrMeansNothing() throws IOException {
    fill(1);
    int found = 0;
    for (int trial = 0; trial < 250; trial++) {
      byte[] damaged = whole.clone();
      int position = trial < 100 ? trial : random.nextInt(whole.length);
      damaged[position] ^= (byte) (1 << random.nextInt(8));
      overwrite(damaged);
      if (isFound()) {
        found++;
      } else {
        try (EmbeddedTsdb database = Tsdb.open(path(), READ_ONLY)) {
          assertEquals(SETTINGS, database.stats().settings(), "position=" + position);
          for (SeriesEntry entry : entries) {
            assertEquals(entry, database.get(entry.id()), "position=" + position);
          }
        }
      }
    }
    assertTrue(found > 50, "found=" + found);
  }

  private boolean isFound() {
    try {
      return verify().found() > 0;
    } catch (StorageException e) {
      return true;
    }
  }

  @Test
  void noDamagedBackupIsRestored() throws IOException {
    fill(1);
    Path backup = directory.resolve("backup");
    try (EmbeddedTsdb database = Tsdb.open(path(), READ_ONLY)) {
      database.backup(backup);
    }
    byte[] good = Files.readAllBytes(backup);
    Path bad = directory.resolve("bad");
    Path target = directory.resolve("restored");
    for (int trial = 0; trial < 400; trial++) {
      byte[] damaged = good.clone();
      int position = trial < 100 ? good.length - 1 - trial : random.nextInt(good.length);
      damaged[position] ^= (byte) (1 << random.nextInt(8));
      assertRefused(Files.write(bad, damaged), target, "position=" + position);
    }
    for (int trial = 0; trial < 100; trial++) {
      int length = trial < 50 ? good.length - 1 - trial : random.nextInt(good.length);
      assertRefused(Files.write(bad, Arrays.copyOf(good, length)), target, "length=" + length);
    }
    int page = pageBytes();
    for (int length = good.length / page * page - page; length > 0; length -= page) {
      assertRefused(Files.write(bad, Arrays.copyOf(good, length)), target, "length=" + length);
    }
    EmbeddedTsdb.restore(backup, target);
    assertEquals(0, Files.size(target.resolve(SqliteStore.FILE_NAME)) % page);
    assertThrows(StorageException.class, () -> EmbeddedTsdb.restore(backup, target));
    try (EmbeddedTsdb database = Tsdb.open(target)) {
      entries.forEach(entry -> assertEquals(entry, database.get(entry.id())));
    }
    Path older = directory.resolve("older");
    byte[] pages = Arrays.copyOf(good, good.length / page * page);
    assertRefused(Files.write(bad, pages), older, "exactly the last line is missing");
  }

  private static void assertRefused(Path backup, Path target, String what) {
    StorageException refused =
        assertThrows(StorageException.class, () -> EmbeddedTsdb.restore(backup, target), what);
    assertTrue(refused instanceof InvalidLocationException, what);
    assertTrue(refused.getMessage().contains(backup.toString()), refused::getMessage);
    assertFalse(Files.exists(target), what);
  }
}

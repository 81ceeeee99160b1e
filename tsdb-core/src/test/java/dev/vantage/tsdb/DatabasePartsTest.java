package dev.vantage.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.DirectoryNames;
import dev.vantage.tsdb.testkit.Mount;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A database has several files: no database is created beside parts of another, and missing parts
 * are detected.
 */
class DatabasePartsTest {
  private static final OpenOptions READ_ONLY =
      OpenOptions.DEFAULT.withAccess(OpenOptions.Access.READ_ONLY);
  private static final String FILE = "tsdb.sqlite";

  @TempDir private Path temporary;

  private Path path(String name) {
    return temporary.resolve(name);
  }

  private void fill(Path directory, String... ids) {
    try (EmbeddedTsdb database = Tsdb.open(directory)) {
      for (String id : ids) {
        database.insert(id, TimeSeries.ofValues(id.hashCode(), 1, 2, 0.5));
      }
    }
  }

  private Path backup(String... ids) {
    fill(path("source"), ids);
    try (EmbeddedTsdb database = Tsdb.open(path("source"), READ_ONLY)) {
      database.backup(path("backup"));
      database.export(path("export"), Progress.NONE);
    }
    return path("backup");
  }

  private static List<String> ids(Path directory) {
    try (EmbeddedTsdb database = Tsdb.open(directory, READ_ONLY)) {
      return database.ids(IdQuery.first(100));
    }
  }

  /** The parts of a database whose process is killed after it has stored these. */
  private Path killed(String ids) throws Exception {
    return killed(path("killed"), ids);
  }

  private static Path killed(Path directory, String ids) throws Exception {
    List<String> said = FilesProcess.said("insert," + directory + "," + ids);
    assertTrue(said.get(0).startsWith("inserted: "), said::toString);
    assertTrue(Files.size(directory.resolve(FILE + "-wal")) > 0);
    return directory;
  }

  private void assertNothingIsMade(Path directory, List<String> inTheWay) throws IOException {
    List<String> before = DirectoryNames.of(directory);
    List<Runnable> makings =
        List.of(
            () -> EmbeddedTsdb.restore(path("backup"), directory),
            () -> EmbeddedTsdb.restore(path("export"), directory),
            () -> Tsdb.open(directory));
    for (Runnable making : makings) {
      StorageException refused = assertThrows(StorageException.class, making::run);
      for (String name : inTheWay) {
        assertTrue(
            refused.getMessage().contains("file=" + directory.resolve(name)), refused::getMessage);
      }
      assertEquals(before, DirectoryNames.of(directory));
    }
  }

  @Test
  @Tag("long")
  void nothingIsRestoredBesideWhatAKilledWriterLeft() throws Exception {
    backup("b1", "b2");
    Path directory = killed("a1 a2 a3");
    Files.delete(directory.resolve(FILE));
    assertNothingIsMade(directory, List.of(FILE + "-wal", FILE + "-shm"));
    Files.delete(directory.resolve(FILE + "-wal"));
    assertNothingIsMade(directory, List.of(FILE + "-shm"));
    Files.delete(directory.resolve(FILE + "-shm"));
    // Opening never creates an empty database in place of a lost one.
    StorageException lost = assertThrows(StorageException.class, () -> Tsdb.open(directory));
    assertTrue(lost.getMessage().contains("file=" + directory.resolve(FILE)), lost::getMessage);
    assertThrows(StorageException.class, () -> Tsdb.open(directory, READ_ONLY));
    EmbeddedTsdb.restore(path("backup"), directory);
    assertEquals(List.of("b1", "b2"), ids(directory));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-wal", "-shm", "-journal"})
  void nothingIsMadeBesideAPartOfAnother(String part) throws IOException {
    backup("b1");
    Path directory = Files.createDirectories(path("db"));
    Files.write(directory.resolve(FILE + part), new byte[100]);
    assertNothingIsMade(directory, List.of(FILE + part));
    assertEquals(List.of(FILE + part), DirectoryNames.of(directory));
    Files.delete(directory.resolve(FILE + part));
    Files.createSymbolicLink(directory.resolve(FILE + part), path("nowhere"));
    assertThrows(StorageException.class, () -> EmbeddedTsdb.restore(path("backup"), directory));
    assertThrows(StorageException.class, () -> Tsdb.open(directory));
    assertFalse(Files.exists(path("nowhere")));
  }

  @Test
  void aFailedRestoreLeavesNothing() throws Exception {
    Path backup = backup("b1", "b2");
    byte[] bytes = Files.readAllBytes(backup);
    bytes[bytes.length / 2] ^= 1;
    Files.write(path("bad"), bytes);
    Path deep = path("some/more/db");
    assertThrows(InvalidLocationException.class, () -> EmbeddedTsdb.restore(path("bad"), deep));
    assertFalse(Files.exists(path("some")));
    Path there = Files.createDirectories(path("there"));
    Files.writeString(there.resolve("notes"), "mine");
    assertThrows(InvalidLocationException.class, () -> EmbeddedTsdb.restore(path("bad"), there));
    assertEquals(List.of("notes"), DirectoryNames.of(there));
    EmbeddedTsdb.restore(backup, there);
    assertEquals(List.of("b1", "b2"), ids(there));
    assertEquals(List.of("notes", FILE, "writer.lock"), DirectoryNames.of(there));
  }

  @Test
  void aRestoreToAFullDiskLeavesNothing() throws Exception {
    backup("b1", "b2");
    try (Mount disk = Mount.small(path("disk"), 64 << 10)) {
      Path directory = disk.path().resolve("db");
      for (String file : List.of("backup", "export")) {
        assertThrows(TsdbException.class, () -> EmbeddedTsdb.restore(path(file), directory));
        assertEquals(List.of(), DirectoryNames.of(disk.path()));
      }
    }
  }

  @Test
  void whatAKilledRestoreLeftIsRemovedAndNothingElse() throws Exception {
    Path backup = backup("b1");
    Path directory = Files.createDirectories(path("db"));
    Path left = Files.createDirectory(directory.resolve(FILE + ".0123456789abcdef.partial"));
    Files.write(left.resolve(FILE), new byte[8192]);
    Files.write(left.resolve(FILE + "-wal"), new byte[50]);
    Path theirs = Files.createDirectory(directory.resolve(FILE + ".1123456789abcdef.partial"));
    Files.writeString(theirs.resolve(FILE), "theirs");
    Files.writeString(theirs.resolve("notes"), "theirs");
    Path elsewhere = Files.createDirectory(path("elsewhere"));
    Files.writeString(elsewhere.resolve(FILE), "elsewhere");
    Path link = directory.resolve(FILE + ".2123456789abcdef.partial");
    Files.createSymbolicLink(link, elsewhere);
    Files.createSymbolicLink(directory.resolve(FILE + ".filling"), elsewhere);
    Files.createSymbolicLink(directory.resolve(FILE + ".restoring"), elsewhere.resolve(FILE));
    EmbeddedTsdb.restore(backup, directory);
    assertEquals(List.of("b1"), ids(directory));
    assertFalse(Files.exists(left));
    assertEquals(List.of("notes", FILE), DirectoryNames.of(theirs));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("elsewhere", Files.readString(elsewhere.resolve(FILE)));
  }

  private void assertAPartIsMissing(Path directory) {
    List<Runnable> entrances =
        List.of(
            () -> Tsdb.open(directory, READ_ONLY),
            () -> Tsdb.open(directory),
            () ->
                EmbeddedTsdb.verify(
                    directory.toString(), VerifyOptions.ALL, (series, expected) -> {}));
    for (Runnable entrance : entrances) {
      DamagedDatabaseException found = assertThrows(DamagedDatabaseException.class, entrance::run);
      assertTrue(
          found.getMessage().startsWith("a part of the database is missing"), found::getMessage);
      assertTrue(
          found.getMessage().contains("delete " + directory.resolve(FILE + "-mark")),
          found::getMessage);
    }
  }

  @Test
  @Tag("long")
  void aMissingLogIsFoundAndCanBeDoneWithout() throws Exception {
    Path directory = killed("a1 a2 a3");
    Path log = directory.resolve(FILE + "-wal");
    Files.move(log, path("log"));
    assertAPartIsMissing(directory);
    // Files that a refused open leaves do not prevent the return of the log.
    Files.move(path("log"), log, StandardCopyOption.REPLACE_EXISTING);
    assertEquals(List.of("a1", "a2", "a3"), ids(directory));
    // The reader, which closed last, has put the log into the file.
    assertFalse(Files.exists(log));
    assertEquals(List.of("a1", "a2", "a3"), ids(directory));
    Files.delete(directory.resolve(FILE + "-mark"));
    assertTheLogIsMissed(directory);
    assertGoesOn(directory, "a1", "a2", "a3");
  }

  private void assertTheLogIsMissed(Path directory) {
    List<Runnable> entrances =
        List.of(
            () -> EmbeddedTsdb.exists(directory.toString()),
            () -> Tsdb.open(directory, READ_ONLY),
            () -> Tsdb.open(directory));
    for (Runnable entrance : entrances) {
      String message = assertThrows(DamagedDatabaseException.class, entrance::run).getMessage();
      assertTrue(message.startsWith("a part of the database is missing"), message);
      assertTrue(message.contains("file=" + directory.resolve(FILE)), message);
      assertTrue(message.contains("`tsdb backup`"), message);
    }
  }

  /** Follows the hint of the message, and checks that the database works. */
  private static void assertGoesOn(Path directory, String... ids) throws IOException {
    Files.createFile(directory.resolve(FILE + "-wal"));
    assertEquals(List.of(ids), ids(directory));
    assertEquals(List.of(ids), ids(directory));
  }

  private Path copyOfTheFile(Path directory, String name) throws IOException {
    Path copy = Files.createDirectory(path(name));
    Files.copy(directory.resolve(FILE), copy.resolve(FILE));
    return copy;
  }

  @Test
  void aCopyOfTheFileOfAWriterLacksItsLog() throws IOException {
    Path directory = path("db");
    fill(directory, "a1");
    try (EmbeddedTsdb writer = Tsdb.open(directory)) {
      assertEquals(List.of("a1"), ids(copyOfTheFile(directory, "unchanged")));
      writer.insert("a2", TimeSeries.ofValues(2, 1, 2, 0.5));
      writer.insert("a3", TimeSeries.ofValues(3, 1, 2, 0.5));
      Path copy = copyOfTheFile(directory, "open");
      assertTheLogIsMissed(copy);
      assertEquals(List.of(FILE), DirectoryNames.of(copy));
      Files.copy(directory.resolve(FILE + "-wal"), copy.resolve(FILE + "-wal"));
      assertEquals(List.of("a1", "a2", "a3"), ids(copy));
      assertEquals(List.of("a1", "a2", "a3"), ids(copy));
      assertGoesOn(copyOfTheFile(directory, "part"), "a1");
      writer.backup(path("backup"));
    }
    EmbeddedTsdb.restore(path("backup"), path("restored"));
    for (Path from : List.of(path("restored"), directory)) {
      Path copy = copyOfTheFile(from, from.getFileName() + "-copy");
      assertEquals(List.of("a1", "a2", "a3"), ids(copy));
    }
  }

  @Test
  void aReaderDoesNotKeepTheFlagFromTheFileForLong() throws IOException {
    Path directory = path("db");
    fill(directory, "a1");
    try (EmbeddedTsdb writer = Tsdb.open(directory);
        EmbeddedTsdb reader = Tsdb.open(directory, READ_ONLY)) {
      reader.export(
          path("export"),
          (written, of) -> {
            if (!writer.ids(IdQuery.first(10)).contains("a2")) {
              writer.insert("a2", TimeSeries.ofValues(2, 1, 2, 0.5));
            }
          });
      writer.insert("a3", TimeSeries.ofValues(3, 1, 2, 0.5));
      writer.insert("a4", TimeSeries.ofValues(4, 1, 2, 0.5));
      assertTheLogIsMissed(copyOfTheFile(directory, "copy"));
    }
  }

  @Test
  void anOlderFileIsFound() throws IOException {
    Path directory = path("db");
    fill(directory, "a1");
    Files.copy(directory.resolve(FILE), path("older"));
    fill(directory, "a2");
    Files.copy(path("older"), directory.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
    assertAPartIsMissing(directory);
    Files.write(directory.resolve(FILE), new byte[0]);
    assertThrows(DamagedDatabaseException.class, () -> Tsdb.open(directory));
    Files.copy(path("older"), directory.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
    Files.delete(directory.resolve(FILE + "-mark"));
    assertEquals(List.of("a1"), ids(directory));
    fill(directory, "a3");
    assertEquals(List.of("a1", "a3"), ids(directory));
  }

  @Test
  @Tag("long")
  void anOlderFileBeneathANewerLogIsFoundBeforeTheyAreMixed() throws Exception {
    Path directory = path("db");
    Path file = directory.resolve(FILE);
    fill(directory, "a1");
    Files.copy(file, path("older"));
    fill(directory, "a2");
    killed(directory, "a3");
    Files.move(file, path("newer"));
    Files.copy(path("older"), file);
    assertThrows(DamagedDatabaseException.class, () -> EmbeddedTsdb.exists(directory.toString()));
    assertAPartIsMissing(directory);
    Files.move(path("newer"), file, StandardCopyOption.REPLACE_EXISTING);
    assertEquals(List.of("a1", "a2", "a3"), ids(directory));
  }

  @Test
  void aMarkThatSaysNothingIsPassedOverWithAWarning() throws IOException {
    Path directory = path("db");
    fill(directory, "a1");
    Path mark = directory.resolve(FILE + "-mark");
    String good = Files.readString(mark);
    List<String> bad = new ArrayList<>(List.of("", "\0".repeat(good.length()), good + good));
    bad.add(good.substring(0, good.length() - 1));
    bad.add(good.replaceFirst("0000=?", "9000"));
    for (String text : bad) {
      Files.writeString(mark, text);
      String logged = logged(() -> assertEquals(List.of("a1"), ids(directory), text));
      assertTrue(logged.contains("mark of a database must match its checksum"), logged);
      assertTrue(logged.contains("file=" + mark), logged);
    }
    Tsdb.open(directory).close();
    assertEquals("", logged(() -> ids(directory)));
  }

  private static String logged(Runnable work) {
    PrintStream before = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setErr(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void readersThatCloseLastRaiseNoAlarm() throws IOException {
    Path directory = path("db");
    fill(directory, "a1");
    for (int round = 0; round < 3; round++) {
      EmbeddedTsdb writer = Tsdb.open(directory);
      EmbeddedTsdb reader = Tsdb.open(directory, READ_ONLY);
      writer.insert("b" + round, TimeSeries.ofValues(round, 1, 2, 0.5));
      assertTrue(reader.refresh());
      writer.close();
      reader.close();
      assertEquals(2 + round, ids(directory).size());
    }
    assertEquals(List.of(FILE, FILE + "-mark", "writer.lock"), DirectoryNames.of(directory));
  }
}

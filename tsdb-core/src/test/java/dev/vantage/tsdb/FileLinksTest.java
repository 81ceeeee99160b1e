package dev.vantage.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.DirectoryNames;
import dev.vantage.tsdb.testkit.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files in a database's directory must not be links. */
class FileLinksTest {
  private static final OpenOptions READ_ONLY =
      OpenOptions.DEFAULT.withAccess(OpenOptions.Access.READ_ONLY);
  private static final String VICTIM = "a stranger's";

  @TempDir private Path temporary;
  private Path directory;
  private Path victim;

  @BeforeEach
  void make() throws IOException {
    directory = temporary.resolve("db");
    fill(directory, "a1");
    try (EmbeddedTsdb database = Tsdb.open(directory, READ_ONLY)) {
      database.backup(temporary.resolve("backup"));
    }
    victim = Files.writeString(temporary.resolve("victim"), VICTIM);
  }

  private static void fill(Path directory, String id) {
    try (EmbeddedTsdb database = Tsdb.open(directory)) {
      database.insert(id, TimeSeries.ofValues(1, 2, 0.5));
    }
  }

  private void assertIsRefused(Path link, String rule) throws IOException {
    List<Runnable> entrances =
        List.of(
            () -> Tsdb.open(directory),
            () -> Tsdb.open(directory, READ_ONLY),
            () -> EmbeddedTsdb.exists(directory.toString()),
            () -> EmbeddedTsdb.restore(temporary.resolve("backup"), directory));
    for (Runnable entrance : entrances) {
      StorageException refused = assertThrows(StorageException.class, entrance::run);
      assertTrue(refused.getMessage().startsWith(rule + ": file=" + link), refused::getMessage);
    }
    assertEquals(VICTIM, Files.readString(victim));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-wal", "-shm", "-journal", "-mark"})
  void partsMayNotBeLinks(String part) throws IOException {
    assertMayNotBeALink(directory.resolve("tsdb.sqlite" + part));
  }

  @Test
  void theLockMayNotBeALink() throws IOException {
    assertMayNotBeALink(directory.resolve("writer.lock"));
  }

  private void assertMayNotBeALink(Path path) throws IOException {
    Files.deleteIfExists(path);
    Files.createSymbolicLink(path, victim);
    assertIsRefused(path, "file must not be a symbolic link");
    Files.delete(path);
    Files.createSymbolicLink(path, temporary.resolve("nowhere"));
    assertIsRefused(path, "file must not be a symbolic link");
    assertTrue(Files.notExists(temporary.resolve("nowhere")));
    Files.delete(path);
    Files.createLink(path, victim);
    assertIsRefused(path, "file must have no other hard links");
    Files.delete(path);
    Files.createDirectory(path);
    assertIsRefused(path, "file must be a regular file");
  }

  @Test
  void aFileInTwoDirectoriesIsRefusedInBoth() throws IOException {
    Path other = Files.createDirectory(temporary.resolve("other"));
    Files.createLink(other.resolve("tsdb.sqlite"), directory.resolve("tsdb.sqlite"));
    for (Path one : List.of(directory, other)) {
      StorageException refused = assertThrows(StorageException.class, () -> Tsdb.open(one));
      assertTrue(refused.getMessage().contains("names=2"), refused::getMessage);
    }
    Files.delete(other.resolve("tsdb.sqlite"));
    fill(directory, "a2");
  }

  @Test
  void theDirectoryMayBeALinkAndHaveAnyName() throws IOException {
    Path strange = temporary.resolve("a b?c#d%41;e&f=g");
    Files.move(directory, strange);
    Path link = Files.createSymbolicLink(temporary.resolve("link"), strange);
    fill(link, "a2");
    try (EmbeddedTsdb writer = Tsdb.open(link);
        EmbeddedTsdb reader = Tsdb.open(strange, READ_ONLY)) {
      assertThrows(DatabaseInUseException.class, () -> Tsdb.open(strange));
      assertEquals(List.of("a1", "a2"), reader.ids(IdQuery.first(10)));
      writer.backup(strange.resolve("backup"));
    }
    assertEquals(
        List.of("backup", "tsdb.sqlite", "tsdb.sqlite-mark", "writer.lock"),
        DirectoryNames.of(strange));
  }

  @Test
  void aNameThatIsALinkIsNotWrittenThrough() throws IOException {
    Path target = temporary.resolve("target");
    Files.createSymbolicLink(target, victim);
    Path dangling = Files.createSymbolicLink(temporary.resolve("d"), temporary.resolve("nowhere"));
    try (EmbeddedTsdb database = Tsdb.open(directory)) {
      for (Path link : List.of(target, dangling)) {
        assertThrows(StorageException.class, () -> database.backup(link));
        assertThrows(StorageException.class, () -> database.export(link, Progress.NONE));
      }
    }
    assertEquals(VICTIM, Files.readString(victim));
    assertTrue(Files.notExists(temporary.resolve("nowhere")));
  }

  @Test
  void nothingIsMadeThatEverybodyMayWrite() throws Exception {
    Path umask = temporary.resolve("open.sh");
    Files.writeString(umask, "umask 000\nexec \"$@\"\n");
    ProcessBuilder process =
        JavaProcess.of(FilesProcess.class, "insert," + temporary.resolve("new") + ",a1", "none");
    process.command().addAll(0, List.of("sh", umask.toString()));
    FilesProcess.said(process);
    for (String name : DirectoryNames.of(temporary.resolve("new"))) {
      Path file = temporary.resolve("new").resolve(name);
      String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
      assertEquals('-', permissions.charAt(7), name + " " + permissions);
    }
  }
}

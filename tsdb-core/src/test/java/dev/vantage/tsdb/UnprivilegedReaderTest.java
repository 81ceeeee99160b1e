package dev.vantage.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.DirectoryNames;
import dev.vantage.tsdb.testkit.JavaProcess;
import dev.vantage.tsdb.testkit.Mount;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that read a database in a directory that they may not change. */
@Tag("long")
class UnprivilegedReaderTest {
  /** Drops the capabilities by which root ignores permissions. */
  private static final List<String> WITHOUT_PRIVILEGES =
      List.of("setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--");

  @TempDir private Path temporary;
  private Path directory;
  private List<String> prefix = List.of();
  private int backups;

  @BeforeEach
  void make() throws Exception {
    directory = temporary.resolve("db");
    Path probe = Files.createDirectory(temporary.resolve("probe"));
    allow(probe, "r-xr-xr-x");
    if (Files.isWritable(probe)) {
      prefix = WITHOUT_PRIVILEGES;
      List<String> test = List.of("sh", "-c", "! touch " + probe.resolve("x"));
      Assumptions.assumeTrue(
          Mount.succeeds(concat(prefix, test)), "giving up privileges needs setpriv");
    }
    try (EmbeddedTsdb database = Tsdb.open(directory)) {
      database.insert("a1", TimeSeries.ofValues(1, 2, 0.5));
    }
  }

  @AfterEach
  void allowAgain() throws IOException {
    allow(directory, "rwxr-xr-x");
  }

  private static void allow(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static List<String> concat(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private ProcessBuilder process(String... arguments) {
    ProcessBuilder builder = JavaProcess.of(FilesProcess.class, arguments);
    builder.command(concat(prefix, builder.command()));
    return builder;
  }

  private void assertSays(List<String> expected, String... arguments) throws Exception {
    List<String> before = DirectoryNames.of(directory);
    assertEquals(expected, FilesProcess.said(process(arguments)));
    assertEquals(before, DirectoryNames.of(directory));
  }

  private void assertReads(String ids) throws Exception {
    Path backup = temporary.resolve("backup" + backups++);
    assertSays(
        List.of("exists: true", "read: " + ids, "verify: []", "open", "backup: done"),
        "exists," + directory,
        "read," + directory,
        "verify," + directory,
        "backup," + directory + "," + backup);
    assertEquals(
        List.of("restore: done", "read: " + ids),
        FilesProcess.said("restore," + backup + "," + backup + "-db", "read," + backup + "-db"));
  }

  @Test
  void theyReadWhatIsClosedOpenAndKilled() throws Exception {
    allow(directory, "r-xr-xr-x");
    assertReads("[a1]");
    String refused =
        "write: InvalidLocationException: directory of a database must be writable for its";
    List<String> said = FilesProcess.said(process("write," + directory));
    assertTrue(said.get(0).startsWith(refused), said::toString);

    allow(directory, "rwxr-xr-x");
    try (EmbeddedTsdb writer = Tsdb.open(directory)) {
      writer.insert("a2", TimeSeries.ofValues(1, 3, 0.5));
      allow(directory, "r-xr-xr-x");
      assertReads("[a1, a2]");
      allow(directory, "rwxr-xr-x");
    }

    FilesProcess.said("insert," + directory + ",a3");
    allow(directory, "r-xr-xr-x");
    assertReads("[a1, a2, a3]");

    // The message names the missing files and a remedy.
    allow(directory, "rwxr-xr-x");
    Files.delete(directory.resolve("tsdb.sqlite-shm"));
    allow(directory, "r-xr-xr-x");
    said = FilesProcess.said(process("read," + directory));
    assertTrue(said.get(0).contains("if only the last is missing"), said::toString);
    allow(directory, "rwxr-xr-x");
    assertEquals(List.of("write: [a1, a2, a3]"), FilesProcess.said("write," + directory));
    allow(directory, "r-xr-xr-x");
    assertReads("[a1, a2, a3]");
  }

  /** A reader that starts without locks uses locks when a writer comes, and after it leaves. */
  @Test
  void theySeeWritersThatComeAndGo() throws Exception {
    allow(directory, "r-xr-xr-x");
    Process reader = process("serve," + directory).start();
    try (BufferedReader said = reader.inputReader(StandardCharsets.UTF_8)) {
      assertEquals("serving: [a1]", said.readLine());
      assertEquals("[a1]", ask(reader, said));
      String ids = "a1";
      for (int round = 2; round < 6; round++) {
        allow(directory, "rwxr-xr-x");
        try (EmbeddedTsdb writer = Tsdb.open(directory)) {
          allow(directory, "r-xr-xr-x");
          writer.insert("a" + round, TimeSeries.ofValues(1, 1 + round, 0.5));
          ids += ", a" + round;
          assertEquals("[" + ids + "]", ask(reader, said));
          allow(directory, "rwxr-xr-x");
        }
        allow(directory, "r-xr-xr-x");
        assertEquals("[" + ids + "]", ask(reader, said));
      }
      reader.getOutputStream().close();
      assertEquals("serve: served", said.readLine());
    } finally {
      reader.destroyForcibly();
    }
  }

  /** Data that was read while a writer came may mix two states, and is discarded. */
  @Test
  void aWriterThatComesAmidstIsNoticed() throws Exception {
    Path file = temporary.resolve("export");
    OpenOptions options = OpenOptions.DEFAULT.withAccess(OpenOptions.Access.READ_ONLY);
    try (Mount readOnly = Mount.readOnly(temporary.resolve("ro"), directory);
        EmbeddedTsdb reader = Tsdb.open(readOnly.path(), options)) {
      assertThrows(
          UnavailableException.class,
          () ->
              reader.export(
                  file,
                  (written, of) -> {
                    try (EmbeddedTsdb writer = Tsdb.open(directory)) {
                      writer.insert("a2", TimeSeries.ofValues(1, 3, 0.5));
                    }
                  }));
      assertTrue(Files.notExists(file));
      assertTrue(reader.refresh());
      assertEquals(List.of("a1", "a2"), reader.ids(IdQuery.first(10)));
      reader.export(file, Progress.NONE);
    }
  }

  private static String ask(Process reader, BufferedReader said) throws IOException {
    reader.getOutputStream().write('\n');
    reader.getOutputStream().flush();
    return said.readLine();
  }
}

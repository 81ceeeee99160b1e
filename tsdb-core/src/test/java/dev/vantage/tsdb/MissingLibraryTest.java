package dev.vantage.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.testkit.DirectoryNames;
import dev.vantage.tsdb.testkit.JavaProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * If SQLite's library cannot be unpacked, every way to open a database reports it in one line,
 * every time.
 */
class MissingLibraryTest {
  @TempDir private Path temporary;

  @Test
  void everyEntranceSaysSoEachTime() throws Exception {
    Path directory = temporary.resolve("db");
    Path backup = temporary.resolve("backup");
    try (EmbeddedTsdb database = Tsdb.open(directory)) {
      database.backup(backup);
    }
    Path other = temporary.resolve("new");
    ProcessBuilder process =
        JavaProcess.of(
            FilesProcess.class,
            "write," + directory,
            "read," + directory,
            "write," + directory,
            "exists," + directory,
            "verify," + directory,
            "write," + other,
            "restore," + backup + "," + other,
            "backup," + directory + "," + temporary.resolve("more"));
    process.command().add(1, "-Dorg.sqlite.tmpdir=" + temporary.resolve("nowhere"));
    process.redirectError(ProcessBuilder.Redirect.DISCARD); // the driver's own complaints
    List<String> said = FilesProcess.said(process);
    assertEquals(8, said.size(), said::toString);
    String failure =
        "StorageException: SQLite's library must be loaded from the directory of temporary files:"
            + " directory="
            + temporary.resolve("nowhere");
    for (String line : said) {
      assertTrue(line.contains(": " + failure), line);
    }
    assertTrue(Files.notExists(other));
    assertEquals(List.of("backup", "db"), DirectoryNames.of(temporary));
  }
}

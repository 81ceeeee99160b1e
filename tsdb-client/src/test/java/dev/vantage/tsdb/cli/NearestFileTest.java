package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of files that do not exist. */
class NearestFileTest {
  @TempDir private Path directory;

  @Test
  void theExtensionAndTheCaseMayBeWrong() throws IOException {
    Path file = Files.writeString(directory.resolve("4099.csv"), "0 1\n0.5 2\n");
    for (String name : new String[] {"4099", "4099.cvs", "4099.CSV.gz"}) {
      assertEquals(Optional.of(file), NearestFile.of(directory.resolve(name).toString()), name);
    }
    assertEquals(Optional.empty(), NearestFile.of(directory.resolve("4098.csv").toString()));
    assertEquals(Optional.empty(), NearestFile.of(directory.resolve("none/4099.csv").toString()));
    String missing = directory.resolve("4099.dat").toString();
    Run.here("create", "--db", directory.resolve("db").toString()).answered();
    Run.here("insert", "a", "--file", missing, "--db", directory.resolve("db").toString())
        .failed(1, "file must exist: file=" + missing + ", nearest=" + file);
  }

  @Test
  void aFileIsNamedOnceInAMessage() throws IOException {
    String database = directory.resolve("db").toString();
    Run.here("create", "--length=16", "--db", database).answered();
    String missing = directory.resolve("missing.csv").toString();
    String err = Run.here("import", missing, "--db", database).err();
    assertEquals(err.indexOf(missing), err.lastIndexOf(missing), err);
    String lock = directory.resolve("db/writer.lock").toString();
    err = Run.here("import", lock, "--as=wide", "--db", database).err();
    assertEquals(err.indexOf(lock), err.lastIndexOf(lock), err);
  }

  @Test
  void deletingManyIdsNamesTheNearestToo() throws IOException {
    String database = directory.resolve("db").toString();
    Path file = Files.writeString(directory.resolve("w.tsv"), "star_1\t1\t2\t3\nb\t1\t2\t4\n");
    Run.here("create", "--length=16", "--db", database).answered();
    assertEquals(0, Run.here("import", file.toString(), "--as=wide", "--db", database).code());
    Run.here("delete", "star1", "x", "--db", database)
        .failed(1, "unknown=2, ids=star1 (nearest=star_1), x");
  }
}

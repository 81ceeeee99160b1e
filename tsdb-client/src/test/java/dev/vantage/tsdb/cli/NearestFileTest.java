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
    Run.here("import", missing, "--db", directory.resolve("db").toString())
        .failed(1, "file must exist: file=" + missing + ", nearest=" + file);
  }
}

package dev.vantage.tsdb.language;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.testkit.PostgresServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs give the same over every kind of storage. */
@Tag("long")
class StoredProgramsTest {
  private static final OpenOptions OPTIONS =
      OpenOptions.DEFAULT.withSettings(QueryExamples.SETTINGS);

  @Test
  void aDirectoryGivesWhatMemoryGives(@TempDir Path directory) {
    check(directory.resolve("db").toString());
  }

  @Test
  void postgresGivesWhatMemoryGives() throws Exception {
    PostgresServer server = PostgresServer.shared();
    check(server.url(server.createDatabase()));
  }

  private static void check(String location) {
    try (EmbeddedTsdb memory = Tsdb.inMemory(QueryExamples.SETTINGS, 1);
        EmbeddedTsdb stored = Tsdb.open(location, OPTIONS)) {
      QueryExamples.insert(memory);
      QueryExamples.insert(stored);
      assertEquals(
          String.join("\n", QueryExamples.outcomes(memory)),
          String.join("\n", QueryExamples.outcomes(stored)));
    }
  }
}

package dev.vantage.tsdb.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.language.QueryExamples;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that runs in the client gives over a socket what it gives in a process. */
class ClientProgramsTest {
  @Test
  void programsGiveTheSameOverASocket(@TempDir Path directory) throws IOException {
    try (ServerProcess server =
            ServerProcess.start(directory.resolve("db"), QueryExamples.SETTINGS);
        TsdbClient client = TsdbClient.connect(server.address(), ClientOptions.DEFAULT);
        Tsdb embedded = Tsdb.inMemory(QueryExamples.SETTINGS, 1)) {
      QueryExamples.insert(client);
      QueryExamples.insert(embedded);
      assertEquals(
          String.join("\n", QueryExamples.outcomes(embedded)),
          String.join("\n", QueryExamples.outcomes(client)));
    }
  }
}

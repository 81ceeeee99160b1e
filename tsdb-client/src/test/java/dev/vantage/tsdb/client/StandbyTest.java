package dev.vantage.tsdb.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server over a standby of PostgreSQL reads what is written at the primary, and never writes. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("long")
class StandbyTest {
  private static final Settings SETTINGS = Settings.DEFAULT.withLength(16).withVantagePoints(2);

  @TempDir private Path temporary;

  private static SeriesEntry entry(String id) {
    double[] values = new Random(id.hashCode()).doubles(10).toArray();
    return new SeriesEntry(id, TimeSeries.ofValues(values));
  }

  @Test
  void onlyReadersStartOnAStandby() throws Exception {
    try (PostgresServer primary = PostgresServer.start()) {
      String name = primary.createDatabase();
      Tsdb.open(primary.url(name), OpenOptions.DEFAULT.withSettings(SETTINGS)).close();
      try (PostgresServer standby = primary.startStandby();
          Tsdb writer = Tsdb.open(primary.url(name))) {
        writer.insert(entry("a"));
        Path log = temporary.resolve("log");
        AssertionError refused =
            assertThrows(
                AssertionError.class, () -> ServerProcess.start(standby.url(name), log, 0));
        assertTrue(
            refused.getMessage().contains("PostgreSQL must accept writes (standby=true"),
            refused.getMessage());
        assertTrue(refused.getMessage().contains("hint: open it read-only"), refused.getMessage());
        try (ServerProcess server = ServerProcess.start(standby.url(name), log, 0, "--read-only");
            TsdbClient reader = TsdbClient.connect(server.address(), ClientOptions.DEFAULT)) {
          writer.insert(entry("b"));
          Waiting.until("the standby has it", () -> reader.stats().series() == 2);
          assertEquals(List.of("a", "b"), reader.ids(IdQuery.first(10)));
          assertEquals(1, reader.search(Query.like("a").nearest(5)).neighbors().size());
        }
      }
    }
  }
}

package dev.vantage.tsdb.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.IdTakenException;
import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.Progress;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.InvalidAttributeException;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes of many clients of a server in a process of its own. */
class ServedWritesTest {
  private static final Settings SETTINGS =
      Settings.DEFAULT.withLength(64).withMultiplier(5).withVantagePoints(4);
  private static final int CLIENTS = 24;
  private static final int WRITES = 8;

  @TempDir private Path directory;

  private static SeriesEntry entry(int client, int number) {
    Random random = new Random(1000L * client + number);
    return new SeriesEntry(
        "c" + client + "-" + number,
        TimeSeries.ofValues(random.doubles(40, -1, 1).toArray()),
        Attributes.none().with("number", (long) number));
  }

  private interface Work {
    void run(TsdbClient database, int client);
  }

  private static void together(ServerProcess server, Work work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<?>> clients = new ArrayList<>();
      for (int c = 0; c < CLIENTS; c++) {
        int client = c;
        clients.add(
            threads.submit(
                () -> {
                  try (TsdbClient database =
                      TsdbClient.connect(server.address(), ClientOptions.DEFAULT)) {
                    work.run(database, client);
                  }
                }));
      }
      for (Future<?> one : clients) {
        one.get(2, TimeUnit.MINUTES);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Also the first series, which are all vantage points, and the last ones. */
  @Test
  void clientsFillADatabaseAndEmptyIt() throws Exception {
    Path path = directory.resolve("db");
    try (ServerProcess server = ServerProcess.start(path, SETTINGS)) {
      for (int round = 0; round < 2; round++) {
        together(
            server,
            (database, client) -> {
              for (int i = 0; i < WRITES; i++) {
                SeriesEntry entry = entry(client, i);
                database.insert(entry);
                Neighbor self =
                    database
                        .search((Query.like("any").nearest(1).includingSelf()).about(entry.id()))
                        .neighbors()
                        .get(0);
                assertEquals(0, self.distance(), 1e-6);
                assertThrows(IdTakenException.class, () -> database.insert(entry));
              }
            });
        together(
            server,
            (database, client) -> {
              for (int i = 0; i < WRITES; i++) {
                database.delete(entry(client, i).id());
              }
            });
        try (TsdbClient database = TsdbClient.connect(server.address(), ClientOptions.DEFAULT)) {
          assertEquals(List.of(), database.ids(IdQuery.first(1000)));
          assertEquals(List.of(), database.stats().vantagePoints());
        }
      }
      try (TsdbClient database = TsdbClient.connect(server.address(), ClientOptions.DEFAULT)) {
        for (int i = 0; i < 6; i++) {
          database.insert(entry(0, i));
        }
        assertEquals(4, database.stats().vantagePoints().size());
      }
    }
    try (EmbeddedTsdb stored = Tsdb.open(path)) {
      assertEquals(6, stored.stats().series());
      assertEquals(List.of(), stored.verify(Progress.NONE).problems());
    }
  }

  @Test
  void attributesAreLimited() throws Exception {
    Path path = directory.resolve("db");
    Tsdb.open(path).close();
    try (ServerProcess server =
            ServerProcess.start(
                path, 0, "--max-attributes", "2", "--max-attribute-names", "3", "--writers", "7");
        TsdbClient database = TsdbClient.connect(server.address(), ClientOptions.DEFAULT)) {
      var limits = database.stats().server().orElseThrow().limits();
      assertEquals(2, limits.get("max_attributes"));
      assertEquals(3, limits.get("max_attribute_names"));
      assertEquals(7, limits.get("writers"));
      Attributes two = Attributes.none().with("a", 1L).with("b", 1L);
      SeriesEntry one = entry(0, 0);
      database.insert(new SeriesEntry("x", one.series(), two));
      InvalidAttributeException many =
          assertThrows(
              InvalidAttributeException.class,
              () -> database.insert(new SeriesEntry("y", one.series(), two.with("c", 1L))));
      assertTrue(many.getMessage().endsWith("a series must be <= 2: attributes=3"));
      Attributes others = Attributes.none().with("c", 1L).with("d", 1L);
      InvalidAttributeException names =
          assertThrows(
              InvalidAttributeException.class,
              () -> database.insert(new SeriesEntry("y", one.series(), others)));
      assertTrue(names.getMessage().endsWith("a database must be <= 3: attributes=4"));
      assertEquals(2, database.attributeTypes().declared().size());
    }
  }
}

package dev.vantage.tsdb.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.UnknownIdException;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.DirectoryNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A read-only server under which the database is deleted, and another one restored. */
class ReplacedUnderServerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path temporary;

  private Path backup(String name, Settings settings) {
    Path file = temporary.resolve(name);
    Random random = new Random(name.hashCode());
    try (EmbeddedTsdb database =
        Tsdb.open(temporary.resolve(name + "-db"), OpenOptions.DEFAULT.withSettings(settings))) {
      for (int i = 0; i < 30; i++) {
        database.insert(name + i, TimeSeries.ofValues(random.doubles(40).toArray()));
      }
      database.backup(file);
    }
    return file;
  }

  private static void await(String what, Supplier<Boolean> holds) {
    long begin = System.nanoTime();
    while (!holds.get()) {
      assertTrue(System.nanoTime() - begin < PATIENCE.toNanos(), what);
      Thread.yield();
    }
  }

  private static String answer(Tsdb client, String id) {
    try {
      return client.search(Query.like(id).nearest(3)).neighbors().toString();
    } catch (UnavailableException e) {
      return "unavailable";
    } catch (UnknownIdException e) {
      return "unknown";
    }
  }

  private String expected(String name) {
    OpenOptions options = OpenOptions.DEFAULT.withAccess(OpenOptions.Access.READ_ONLY);
    try (Tsdb database = Tsdb.open(temporary.resolve(name + "-db"), options)) {
      return answer(database, name + 7);
    }
  }

  @Test
  void itServesWhatIsThereOrNothing() throws Exception {
    Settings settings = Settings.DEFAULT.withLength(64).withVantagePoints(3);
    Path first = backup("first", settings);
    Path second = backup("second", settings.withLength(32).withMultiplier(7));
    Path directory = temporary.resolve("served");
    EmbeddedTsdb.restore(first, directory);
    Path log = temporary.resolve("log");
    try (ServerProcess server =
            ServerProcess.start(directory.toString(), log, 0, "--read-only", "--refresh", "50ms");
        TsdbClient client = TsdbClient.connect(server.address(), ClientOptions.DEFAULT)) {
      assertEquals(expected("first"), answer(client, "first7"));
      DirectoryNames.delete(directory);
      await("searches in memory end", () -> answer(client, "first7").equals("unavailable"));
      EmbeddedTsdb.restore(second, directory);
      await("the other one is served", () -> answer(client, "second7").equals(expected("second")));
      assertEquals("unknown", answer(client, "first7"));
      assertEquals(32, client.stats().settings().length());
      client.ids(IdQuery.first(100)).forEach(client::get);
      DirectoryNames.delete(directory);
      EmbeddedTsdb.restore(first, directory);
      await("the first is served again", () -> answer(client, "first7").equals(expected("first")));
    }
    assertFalse(Files.readString(log).contains("\tat "), Files.readString(log));
  }
}

package dev.vantage.tsdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.archive.ArchiveLines;
import dev.vantage.tsdb.engine.ArchiveTest;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.JavaProcess;
import dev.vantage.tsdb.testkit.PostgresServer;
import dev.vantage.tsdb.testkit.Seeds;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An export is restored into PostgreSQL completely or not at all. */
class PostgresRestoreTest {
  private static final OpenOptions READ_ONLY =
      OpenOptions.DEFAULT.withAccess(OpenOptions.Access.READ_ONLY);

  private final PostgresServer server = PostgresServer.shared();

  @TempDir private Path temporary;

  private Path path(String name) {
    return temporary.resolve(name);
  }

  private static void restore(Path file, String location) {
    EmbeddedTsdb.restore(file, location, Progress.NONE);
  }

  private static Path export(String location, Path file) {
    try (EmbeddedTsdb database = Tsdb.open(location, READ_ONLY)) {
      database.export(file, Progress.NONE);
      assertEquals(List.of(), database.verify(Progress.NONE).problems());
    }
    return file;
  }

  @Test
  void anyDatabaseMovesThereAndBack() throws Exception {
    Random random = Seeds.random("PostgresRestoreTest");
    String url = server.url(server.createDatabase());
    for (int round = 0; round < 6; round++) {
      Path from = path("from" + round);
      ArchiveTest.fill(from, random);
      String there = url + "?currentSchema=s" + round;
      Path first = export(from.toString(), path("first" + round));
      restore(first, there);
      Path second = export(there, path("second" + round));
      restore(second, path("back" + round).toString());
      Path third = export(path("back" + round).toString(), path("third" + round));
      assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
      assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(third));
      assertEquals(ArchiveTest.contents(from), ArchiveTest.contents(path("back" + round)));
      assertAnswersAlike(from.toString(), there);
    }
  }

  private static void assertAnswersAlike(String one, String other) {
    try (EmbeddedTsdb here = Tsdb.open(one, READ_ONLY);
        EmbeddedTsdb there = Tsdb.open(other, READ_ONLY)) {
      assertEquals(
          here.ids(IdQuery.first(Integer.MAX_VALUE)), there.ids(IdQuery.first(Integer.MAX_VALUE)));
      assertEquals(here.stats().vantagePoints(), there.stats().vantagePoints());
      for (String id : here.ids(IdQuery.first(10))) {
        Query query = Query.like("any").nearest(5);
        assertEquals(
            here.search(query.about(id)).neighbors(), there.search(query.about(id)).neighbors());
      }
    }
  }

  private Path smallExport(int series) {
    Path file = path("export" + series);
    try (EmbeddedTsdb database = Tsdb.inMemory(Settings.DEFAULT.withLength(8))) {
      for (int i = 0; i < series; i++) {
        database.insert("s" + i, TimeSeries.ofValues(new Random(i).doubles(8).toArray()));
      }
      database.export(file, Progress.NONE);
    }
    return file;
  }

  private static List<String> schemas(String jdbcUrl) throws SQLException {
    List<String> names = new ArrayList<>();
    String sql =
        "SELECT nspname FROM pg_namespace WHERE nspname !~ '^(pg_|information|public)' ORDER BY 1";
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  @Test
  void whatFailsLeavesNothing() throws Exception {
    String name = server.createDatabase();
    String url = server.url(name);
    // More series than one part, so that the second part finds an id of the first.
    Path good = smallExport(1500);
    List<String> lines = ArchiveLines.read(good);
    String text = String.join("\n", lines.subList(0, lines.size() - 1));
    assertTrue(text.contains("\"s1400\""));
    List<String> twice = text.replace("\"s1400\"", "\"s40\"").lines().toList();
    InvalidLocationException refused =
        assertThrows(
            InvalidLocationException.class,
            () -> restore(ArchiveLines.write(path("twice"), 1500, twice), url));
    assertTrue(refused.getMessage().contains("id must occur once: id=s40"), refused::toString);
    assertEquals(List.of(), schemas(server.jdbcUrl(name)));
    AtomicInteger parts = new AtomicInteger();
    IllegalStateException stop = new IllegalStateException("stopped");
    assertEquals(
        stop,
        assertThrows(
            IllegalStateException.class,
            () ->
                EmbeddedTsdb.restore(
                    good,
                    url,
                    (stored, of) -> {
                      parts.incrementAndGet();
                      assertFalse(EmbeddedTsdb.exists(url));
                      assertThrows(DatabaseInUseException.class, () -> Tsdb.open(url));
                      throw stop;
                    })));
    assertEquals(1, parts.get());
    assertEquals(List.of(), schemas(server.jdbcUrl(name)));
    restore(good, url);
    assertEquals(List.of("tsdb"), schemas(server.jdbcUrl(name)));
    StorageException taken = assertThrows(StorageException.class, () -> restore(good, url));
    assertTrue(taken.getMessage().contains("schema must not hold a database"), taken::toString);
    try (EmbeddedTsdb database = Tsdb.open(url)) {
      assertEquals(1500, database.stats().series());
      DatabaseInUseException used =
          assertThrows(DatabaseInUseException.class, () -> restore(good, url));
      assertTrue(used.getMessage().contains("can be open for writing only once"), used::toString);
    }
  }

  @Test
  void aBackupIsOnlyForDirectories() throws Exception {
    String url = server.url(server.createDatabase());
    Path backup = path("backup");
    try (EmbeddedTsdb database = Tsdb.open(path("db"))) {
      database.backup(backup);
    }
    StorageException refused = assertThrows(StorageException.class, () -> restore(backup, url));
    assertTrue(refused.getMessage().startsWith("a backup can be restored into a directory only"));
    assertFalse(EmbeddedTsdb.exists(url));
  }

  @Test
  @Tag("long")
  void oneThatIsKilledLeavesNothingOrAll() throws Exception {
    Path export = smallExport(6000);
    String name = server.createDatabase();
    int killedAmidst = 0;
    for (int round = 0; round < 5; round++) {
      String there = server.url(name) + "?currentSchema=killed" + round;
      boolean done = restoreAndKill(export, there, 1 + round);
      if (!EmbeddedTsdb.exists(there)) {
        assertFalse(done);
        killedAmidst++;
        restore(export, there);
      }
      export(there, path("again" + round));
      assertArrayEquals(Files.readAllBytes(export), Files.readAllBytes(path("again" + round)));
    }
    assertTrue(killedAmidst >= 3, "killed amidst=" + killedAmidst);
  }

  /** Kills a restore after a number of parts; returns whether it was done before. */
  private static boolean restoreAndKill(Path export, String location, int parts)
      throws IOException, InterruptedException {
    Process process = JavaProcess.start(RestoringProcess.class, export.toString(), location);
    int stored = 0;
    boolean done = false;
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        done |= line.equals("done");
        if (line.startsWith("stored ") && ++stored == parts) {
          process.toHandle().destroyForcibly();
        }
      }
    }
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    return done;
  }
}

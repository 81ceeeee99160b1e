package dev.vantage.tsdb.engine.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Progress;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.engine.ScanModel;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.testkit.JavaProcess;
import dev.vantage.tsdb.testkit.PostgresServer;
import dev.vantage.tsdb.testkit.Seeds;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that changes and declares attributes, deletes and adds vantage points, packs its index
 * and writes checkpoints is killed with SIGKILL at random times: no acknowledged write is lost, and
 * no write is stored in part.
 */
class KilledMaintenanceTest {
  private static final Settings SETTINGS = Settings.DEFAULT.withLength(64).withVantagePoints(4);

  @TempDir Path directory;

  private final Random random = Seeds.random("killed maintenance");

  /** The entries that were acknowledged, by id. */
  private final Map<String, SeriesEntry> stored = new HashMap<>();

  private final Set<String> declared = new HashSet<>();

  /** The unacknowledged write of the last killed process. */
  private Optional<String> pending = Optional.empty();

  private int writes;

  @Test
  @Tag("long")
  void losesNothingAcknowledged() throws Exception {
    killAgainAndAgain(directory.toString(), 6);
  }

  @Test
  @Tag("soak")
  void losesNothingAcknowledgedInHundreds() throws Exception {
    killAgainAndAgain(directory.toString(), Integer.getInteger("tsdb.kills", 200));
  }

  @Test
  @Tag("soak")
  void losesNothingAcknowledgedInPostgres() throws Exception {
    PostgresServer server = PostgresServer.shared();
    killAgainAndAgain(server.url(server.createDatabase()), Integer.getInteger("tsdb.kills", 50));
  }

  private void killAgainAndAgain(String location, int kills) throws Exception {
    EmbeddedDatabase.open(location, OpenOptions.DEFAULT.withSettings(SETTINGS)).close();
    for (int kill = 0; kill < kills; kill++) {
      writeAndKill(location);
      check(location);
    }
    System.out.println("kills=" + kills + ", acknowledged=" + writes);
    assertTrue(writes > kills, "writes=" + writes);
  }

  private void writeAndKill(String location) throws Exception {
    Process process =
        JavaProcess.start(MaintainingProcess.class, location, Long.toString(random.nextLong()));
    CountDownLatch enough = new CountDownLatch(1 + random.nextInt(12));
    List<String> said = Collections.synchronizedList(new ArrayList<>());
    Thread reader = new Thread(() -> read(process, said, enough));
    reader.start();
    assertTrue(enough.await(2, TimeUnit.MINUTES), "writes must be acknowledged: said=" + said);
    // The moment of the kill is the random part of this test.
    process.waitFor(random.nextInt(30_000), TimeUnit.MICROSECONDS);
    process.toHandle().destroyForcibly();
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    reader.join();
    said.forEach(this::note);
  }

  private static void read(Process process, List<String> said, CountDownLatch enough) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
        if (line.equals("done")) {
          enough.countDown();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void note(String line) {
    if (line.equals("done")) {
      apply(pending.orElseThrow());
      pending = Optional.empty();
      writes++;
    } else if (line.startsWith("try ")) {
      pending = Optional.of(line.substring(4));
    }
  }

  private void apply(String write) {
    String[] words = write.split(" ");
    switch (words[0]) {
      case "batch" -> {
        MaintainingProcess.batch(Long.parseLong(words[1])).forEach(e -> stored.put(e.id(), e));
        declared.add("seed");
      }
      case "mark" -> stored.replaceAll((id, entry) -> marked(entry, words[1]));
      case "declare" -> declared.add(words[1]);
      case "delete" -> stored.remove(words[1]);
      default -> assertEquals("vantage", words[0]);
    }
  }

  private static SeriesEntry marked(SeriesEntry entry, String seed) {
    return new SeriesEntry(
        entry.id(), entry.series(), MaintainingProcess.attributes(Long.parseLong(seed)));
  }

  private void check(String location) {
    OpenOptions reading = OpenOptions.DEFAULT.withAccess(OpenOptions.Access.READ_ONLY);
    try (EmbeddedTsdb reader = EmbeddedDatabase.open(location, reading)) {
      assertEquals(List.of(), reader.verify(Progress.NONE).problems());
    }
    try (EmbeddedTsdb database = EmbeddedDatabase.open(location, OpenOptions.DEFAULT, 1)) {
      pending.ifPresent(write -> settle(database, write));
      pending = Optional.empty();
      assertEquals(declared, database.attributeTypes().declared().keySet());
      assertEquals(stored.keySet(), Set.copyOf(database.ids(IdQuery.first(Integer.MAX_VALUE))));
      stored.values().forEach(entry -> assertEquals(entry, database.get(entry.id())));
      List<String> vantagePoints = database.stats().vantagePoints();
      assertTrue(stored.keySet().containsAll(vantagePoints), "vantage points=" + vantagePoints);
      checkSearches(database);
      assertEquals(List.of(), database.verify(Progress.NONE).problems());
    }
  }

  private void checkSearches(EmbeddedTsdb database) {
    ScanModel model = new ScanModel(SETTINGS);
    stored.values().forEach(entry -> model.put(entry.id(), entry.series()));
    Query query = Query.like("any").nearest(5);
    model.ids().stream()
        .limit(5)
        .forEach(
            id ->
                assertEquals(
                    model.similar(id, query), database.search(query.about(id)).neighbors()));
  }

  /** Takes note of whether a write under way is stored: all of one series, or nothing of it. */
  private void settle(EmbeddedTsdb database, String write) {
    String[] words = write.split(" ");
    Set<String> ids = Set.copyOf(database.ids(IdQuery.first(Integer.MAX_VALUE)));
    switch (words[0]) {
      case "batch" ->
          MaintainingProcess.batch(Long.parseLong(words[1])).stream()
              .filter(entry -> ids.contains(entry.id()) && database.get(entry.id()).equals(entry))
              .forEach(entry -> stored.put(entry.id(), entry));
      case "mark" -> {
        // One id tells for all: the comparison that follows finds a write that is stored in part.
        String any = stored.keySet().stream().findFirst().orElseThrow();
        if (database.get(any).equals(marked(stored.get(any), words[1]))) {
          apply(write);
        }
      }
      case "delete" -> {
        if (!ids.contains(words[1])) {
          stored.remove(words[1]);
        }
      }
      default -> {
        // A vantage point more or less changes no answer.
      }
    }
    Map<String, AttributeValue.Type> types = database.attributeTypes().declared();
    if (words[0].equals("declare") && types.containsKey(words[1])) {
      declared.add(words[1]);
    }
    if (types.containsKey("seed")) {
      declared.add("seed");
    }
  }
}

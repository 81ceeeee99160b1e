package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.OpenOptions.Access;
import dev.vantage.tsdb.Progress;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.client.ClientOptions;
import dev.vantage.tsdb.client.ServerProcess;
import dev.vantage.tsdb.client.TsdbClient;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server under load, and backups and imports, are killed with SIGKILL repeatedly: no acknowledged
 * write is lost, and no write is stored in part.
 */
class KilledServerTest {
  /** The number of kills; {@code -Dtsdb.kills=100} changes it. */
  private static final String KILLS = "tsdb.kills";

  private static final int CLIENTS = 12;
  private static final int IMPORTED = 300;

  /** Far more than a start needs: the test only checks that the time is bounded. */
  private static final Duration LONGEST_START = Duration.ofMinutes(1);

  @TempDir Path directory;

  private final Random random = Seeds.random("kills");
  private final List<KilledClient> clients = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Process> started = new ArrayList<>();

  /** The possible seeds of the imported series; empty stands for no series. */
  private Set<Optional<Long>> importedSeeds = Set.of(Optional.empty());

  private long lastImport;
  private long longestStart;
  private long checked;
  private int wholeBackups;
  private int wholeImports;
  private int cutImports;

  @BeforeEach
  void make() {
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new KilledClient("client" + i, random.nextLong()));
    }
    Run.here("create", "--db", database().toString(), "--length=64", "--vantage-points=3")
        .answered();
  }

  @AfterEach
  void end() {
    threads.shutdownNow();
    started.forEach(Process::destroyForcibly);
  }

  private Path database() {
    return directory.resolve("db");
  }

  @Test
  @Tag("long")
  void losesNothingAcknowledged() throws Exception {
    killAgainAndAgain(Integer.getInteger(KILLS, 8));
  }

  @Test
  @Tag("soak")
  void losesNothingAcknowledgedInHundreds() throws Exception {
    killAgainAndAgain(Integer.getInteger(KILLS, 500));
  }

  private void killAgainAndAgain(int kills) throws Exception {
    for (int kill = 0; kill < kills; kill++) {
      if (kill % 5 == 4) {
        killImport();
      } else {
        killServer(kill);
      }
      if (kill % 50 == 49) {
        report(kill + 1);
      }
    }
    checkStored();
    report(kills);
    assertTrue(operations() > kills, "operations=" + operations());
    assertTrue(longestStart < LONGEST_START.toNanos(), "nanoseconds=" + longestStart);
  }

  private long operations() {
    return clients.stream().mapToLong(KilledClient::operations).sum();
  }

  private void report(int kills) {
    System.out.printf(
        "kills=%d, acknowledged=%d, checked=%d, whole backups=%d, whole imports=%d, cut imports=%d,"
            + " longest start=%d ms%n",
        kills,
        operations(),
        checked,
        wholeBackups,
        wholeImports,
        cutImports,
        TimeUnit.NANOSECONDS.toMillis(longestStart));
  }

  private void killServer(int kill) throws Exception {
    long begin = System.nanoTime();
    ServerProcess server = ServerProcess.start(database(), 0);
    longestStart = Math.max(longestStart, System.nanoTime() - begin);
    try (TsdbClient client = TsdbClient.connect(server.address(), ClientOptions.DEFAULT)) {
      check(client);
    }
    // Not all of it each time: starting another process takes longer than the rest.
    Optional<Process> backup = kill % 3 == 0 ? Optional.of(backup()) : Optional.<Process>empty();
    Optional<Process> importing =
        kill % 6 == 1 ? Optional.of(importing("--server", server.address())) : Optional.empty();
    boolean besideOthers = backup.isPresent() || importing.isPresent();
    int writes = 1 + random.nextInt(besideOthers ? 600 : 150);
    CountDownLatch enough = new CountDownLatch(writes);
    List<Future<?>> writing = new ArrayList<>();
    for (KilledClient client : clients) {
      writing.add(threads.submit(() -> client.write(server.address(), enough::countDown)));
    }
    assertTrue(enough.await(2, TimeUnit.MINUTES), "writes must be acknowledged");
    boolean backupToo = random.nextBoolean();
    if (backupToo) {
      backup.ifPresent(Process::destroyForcibly);
    }
    server.kill();
    for (Future<?> one : writing) {
      one.get(2, TimeUnit.MINUTES);
    }
    for (Process other : started) {
      assertTrue(other.waitFor(2, TimeUnit.MINUTES), "process must end");
    }
    importing.ifPresent(this::noteImport);
    if (backup.isPresent()) {
      checkBackup(!backupToo);
    }
    started.clear();
  }

  /** An import into the directory itself, while no server has it open. */
  private void killImport() throws Exception {
    Process importing = importing("--db", database().toString());
    // The kill comes at any time from before the opening of the database to after the end.
    if (!importing.waitFor(300 + random.nextInt(1500), TimeUnit.MILLISECONDS)) {
      importing.destroyForcibly();
      assertTrue(importing.waitFor(2, TimeUnit.MINUTES), "process must end");
    }
    noteImport(importing);
    started.clear();
    checkStored();
  }

  private void checkStored() {
    try (EmbeddedTsdb stored = DatabaseLocation.open(database().toString(), Access.READ_ONLY)) {
      check(stored);
    }
  }

  private void check(Tsdb database) {
    List<String> ids = database.ids(IdQuery.first(Integer.MAX_VALUE));
    List<String> vantagePoints = database.stats().vantagePoints();
    clients.forEach(client -> checked += client.check(database, ids, vantagePoints));
    checkImported(database, new HashSet<>(ids));
    try (EmbeddedTsdb beside = DatabaseLocation.open(database().toString(), Access.READ_ONLY)) {
      assertEquals(List.of(), beside.verify(Progress.NONE).problems());
    }
  }

  private Process start(String... arguments) throws IOException {
    Process process =
        Run.command(arguments)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    started.add(process);
    return process;
  }

  private Process backup() throws IOException {
    Files.deleteIfExists(directory.resolve("backup"));
    return start("backup", directory.resolve("backup").toString(), "--db", database().toString());
  }

  /** Checks that a file with the name of a backup is complete, even if the backup was killed. */
  private void checkBackup(boolean mustBeThere) throws IOException {
    Path backup = directory.resolve("backup");
    if (mustBeThere) {
      assertTrue(Files.exists(backup), "a backup does not need the server");
    }
    if (Files.exists(backup)) {
      wholeBackups++;
      Path restored = directory.resolve("restored");
      EmbeddedTsdb.restore(backup, restored);
      try (EmbeddedTsdb database = DatabaseLocation.open(restored.toString(), Access.READ_ONLY)) {
        assertEquals(List.of(), database.verify(Progress.NONE).problems());
      }
      try (Stream<Path> files = Files.walk(restored)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private Process importing(String... where) throws IOException {
    long seed = random.nextLong();
    Path file = directory.resolve("imported.tsv");
    Files.write(file, IntStream.range(0, IMPORTED).mapToObj(i -> row(imported(i, seed))).toList());
    lastImport = seed;
    Set<Optional<Long>> possible = new HashSet<>(importedSeeds);
    possible.add(Optional.of(seed));
    importedSeeds = possible;
    List<String> arguments =
        new ArrayList<>(List.of("import", file.toString(), "--as", "wide", "--replace"));
    arguments.addAll(List.of(where));
    return start(arguments.toArray(String[]::new));
  }

  private static String importedId(int i) {
    return "imported-" + i;
  }

  private static long importedSeed(long seed, int i) {
    return 31 * seed + i;
  }

  private static String row(SeriesEntry entry) {
    return Arrays.stream(entry.series().values())
        .mapToObj(value -> "\t" + value)
        .collect(Collectors.joining("", entry.id(), ""));
  }

  /** One that ended well has replaced all. */
  private void noteImport(Process importing) {
    if (importing.exitValue() == 0) {
      wholeImports++;
      importedSeeds = Set.of(Optional.of(lastImport));
    } else {
      cutImports++;
    }
  }

  /** Checks that each series is a complete series of some import. */
  private void checkImported(Tsdb database, Set<String> ids) {
    Set<Optional<Long>> seen = new HashSet<>();
    for (int i = 0; i < IMPORTED; i++) {
      Optional<SeriesEntry> stored =
          ids.contains(importedId(i)) ? Optional.of(database.get(importedId(i))) : Optional.empty();
      int number = i;
      Optional<Optional<Long>> found =
          importedSeeds.stream()
              .filter(seed -> stored.equals(seed.map(one -> imported(number, one))))
              .findFirst();
      seen.add(found.orElseThrow(() -> new AssertionError("is of no import: " + stored)));
    }
    importedSeeds = seen;
  }

  private static SeriesEntry imported(int i, long seed) {
    return new SeriesEntry(
        importedId(i), KilledClient.entry("x", importedSeed(seed, i)).series(), Attributes.none());
  }
}

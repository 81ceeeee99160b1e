package dev.vantage.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.DirectoryNames;
import dev.vantage.tsdb.testkit.JavaProcess;
import dev.vantage.tsdb.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Restores, backups and exports that are killed with SIGKILL at random times leave a complete
 * result, or nothing that disturbs the next command.
 */
class KilledFilesTest {
  /** The number of kills; {@code -Dtsdb.kills=1000} changes it. */
  private static final String KILLS = "tsdb.kills";

  private static final int SERIES = 3000;

  @TempDir private Path temporary;

  private final Random random = Seeds.random("killed files");
  private final List<String> ids = new ArrayList<>();
  private Path source;
  private int whole;
  private int nothing;

  @BeforeEach
  void fill() {
    source = temporary.resolve("source");
    Settings settings = Settings.DEFAULT.withLength(8).withVantagePoints(3);
    try (EmbeddedTsdb database = Tsdb.open(source, OpenOptions.DEFAULT.withSettings(settings))) {
      List<SeriesEntry> entries = new ArrayList<>();
      for (int i = 0; i < SERIES; i++) {
        String id = String.format("s%05d", i);
        ids.add(id);
        entries.add(new SeriesEntry(id, TimeSeries.ofValues(random.doubles(8).toArray())));
      }
      database.insertAll(entries);
      database.backup(temporary.resolve("backup"));
      database.export(temporary.resolve("export"), Progress.NONE);
    }
  }

  @Test
  @Tag("long")
  void thereIsAllOrNothing() throws Exception {
    killAgainAndAgain(Integer.getInteger(KILLS, 8));
  }

  @Test
  @Tag("soak")
  void thereIsAllOrNothingInHundreds() throws Exception {
    killAgainAndAgain(Integer.getInteger(KILLS, 200));
  }

  private void killAgainAndAgain(int kills) throws Exception {
    List<String> all = List.of("restore,backup", "restore,export", "backup", "export");
    long[] longest = new long[all.size()];
    for (int kill = 0; kill < kills + all.size(); kill++) {
      int kind = kill % all.size();
      String[] words = all.get(kind).split(",");
      // The first run of each kind is not killed, and measures the duration.
      long took = run(words, kill < all.size() ? Long.MAX_VALUE : random.nextLong(longest[kind]));
      longest[kind] = Math.max(longest[kind], took);
    }
    System.out.printf("kills=%d, whole=%d, nothing=%d%n", kills, whole, nothing);
  }

  private long run(String[] words, long nanoseconds) throws Exception {
    boolean restores = words.length > 1;
    Path made = temporary.resolve(restores ? "db" : "file");
    String argument =
        restores
            ? "restore," + temporary.resolve(words[1]) + "," + made
            : words[0] + "," + source + "," + made;
    long begin = System.nanoTime();
    Process process =
        JavaProcess.of(FilesProcess.class, argument)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(nanoseconds, TimeUnit.NANOSECONDS)) {
      process.destroyForcibly();
      assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    }
    long took = System.nanoTime() - begin;
    if (restores) {
      checkDatabase(temporary.resolve(words[1]), made);
    } else {
      checkFile(words[0], made);
    }
    return took;
  }

  private void checkDatabase(Path file, Path directory) throws IOException {
    if (EmbeddedTsdb.exists(directory.toString())) {
      whole++;
    } else {
      nothing++;
      // Twice in a row is no worse than once.
      if (random.nextBoolean()) {
        return;
      }
      EmbeddedTsdb.restore(file, directory);
      assertTrue(
          DirectoryNames.of(directory).stream().noneMatch(name -> name.endsWith(".partial")));
    }
    assertIsWhole(directory);
    DirectoryNames.delete(directory);
  }

  private void checkFile(String verb, Path file) throws IOException {
    if (Files.exists(file)) {
      whole++;
    } else {
      nothing++;
      try (EmbeddedTsdb database = Tsdb.open(source)) {
        if (verb.equals("backup")) {
          database.backup(file);
        } else {
          database.export(file, Progress.NONE);
        }
      }
    }
    Path directory = temporary.resolve("restored");
    EmbeddedTsdb.restore(file, directory);
    assertIsWhole(directory);
    DirectoryNames.delete(directory);
    Files.delete(file);
    for (String left : DirectoryNames.of(temporary)) {
      if (left.startsWith("file.")) {
        assertTrue(left.matches("file\\.[0-9a-f]{16}\\.partial"), left);
        DirectoryNames.delete(temporary.resolve(left));
      }
    }
  }

  private void assertIsWhole(Path directory) {
    OpenOptions options = OpenOptions.DEFAULT.withAccess(OpenOptions.Access.WRITE);
    try (EmbeddedTsdb database = Tsdb.open(directory, options)) {
      assertEquals(ids, database.ids(IdQuery.first(Integer.MAX_VALUE)));
    }
    assertEquals(
        List.of(),
        EmbeddedTsdb.verify(directory.toString(), VerifyOptions.ALL, Progress.NONE).problems());
  }
}

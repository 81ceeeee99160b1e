package dev.vantage.tsdb.benchmarks;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.benchmarks.workload.Workload;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A database of bumps on the disk, created once and then reused. */
final class StoredDatabase {
  private static final int BATCH = 2000;
  private static final long SEED = 1;

  private StoredDatabase() {}

  /**
   * Returns the folder of a database; creates the database if it does not exist.
   *
   * @param folder the folder of all databases
   * @param series the number of series
   * @param length samples per series
   * @return the folder of the database
   */
  static Path of(Path folder, int series, int length) throws IOException {
    Path finished = folder.resolve("bumps-" + series + "-" + length);
    if (Files.exists(finished)) {
      return finished;
    }
    Path unfinished = folder.resolve("unfinished-" + series + "-" + length);
    if (Files.exists(unfinished)) {
      delete(unfinished);
    }
    Files.createDirectories(folder);
    OpenOptions options =
        OpenOptions.DEFAULT
            .withAccess(OpenOptions.Access.CREATE)
            .withSettings(Settings.DEFAULT.withLength(length));
    try (EmbeddedTsdb database = Tsdb.open(unfinished, options)) {
      for (int from = 0; from < series; from += BATCH) {
        database
            .insertAll(batch(from, Math.min(series, from + BATCH), length))
            .forEach(outcome -> outcome.failure().ifPresent(StoredDatabase::fail));
      }
    }
    return Files.move(unfinished, finished);
  }

  private static void fail(RuntimeException failure) {
    throw failure;
  }

  private static List<SeriesEntry> batch(int from, int to, int length) {
    return IntStream.range(from, to)
        .parallel()
        .mapToObj(
            position ->
                new SeriesEntry(
                    "bumps-" + position,
                    TimeSeries.ofValues(Workload.BUMPS.series(length, SEED, position))))
        .toList();
  }

  static List<Path> files(Path database) throws IOException {
    try (Stream<Path> all = Files.walk(database)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void delete(Path database) throws IOException {
    for (Path file : files(database)) {
      Files.delete(file);
    }
    Files.delete(database);
  }
}

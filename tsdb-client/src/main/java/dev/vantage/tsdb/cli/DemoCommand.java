package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.OpenOptions.Access;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.StorageUnavailableException;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.client.TsdbClient;
import dev.vantage.tsdb.format.FileFormat;
import dev.vantage.tsdb.format.ReadOptions;
import dev.vantage.tsdb.metric.MetricSpec;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Demonstrates tsdb with a data file of the project, in this process and with a server. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = TsdbCommand.Version.class,
    description =
        "Creates a database from data/, starts a server, and requests the neighbors of "
            + "a stored series and of an uploaded one. Removes everything at the end, unless "
            + "--keep is given.",
    sortOptions = false)
final class DemoCommand extends Verb {
  private static final String DATA = "data/bumps-1000.tsv";
  private static final String HOME = "tsdb.home";
  private static final String ID = "bumps-00000042";
  private static final int SHIFT = 25;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "Creates the database in this directory, and keeps it.")
  private @Nullable Path keep;

  @Override
  public Integer call() throws IOException {
    Path data = dataFile();
    try (Cleanup cleanup = new Cleanup()) {
      Path scratch = cleanup.make(DemoCommand::scratchDirectory, DemoCommand::removeAll);
      Path database = keep != null ? keep : scratch.resolve("database");
      fill(database, data, cleanup);
      say("");
      say("2. A server with that database, in a process of its own");
      String address = DemoServer.start(database, scratch.resolve("server.log"), cleanup);
      say("   listening on " + address);
      try (Tsdb client = TsdbClient.connect(address)) {
        ask(client);
      }
    }
    say("");
    say("Try next:");
    for (String line : NextSteps.of(data, ID)) {
      say("   " + line);
    }
    return 0;
  }

  private static Path scratchDirectory() {
    try {
      return Files.createTempDirectory("tsdb-demo-");
    } catch (IOException e) {
      throw new StorageUnavailableException(
          "directory of temporary files must be there and writable; hint:"
              + " TSDB_JAVA_OPTIONS=-Djava.io.tmpdir=DIR: directory="
              + System.getProperty("java.io.tmpdir"),
          e);
    }
  }

  private void say(String line) {
    out().println(line);
    out().flush();
  }

  private void fill(Path directory, Path data, Cleanup cleanup) throws IOException {
    Settings settings = Settings.DEFAULT;
    say("1. A database of the series in " + DATA);
    OpenOptions options = OpenOptions.DEFAULT.withAccess(Access.CREATE).withSettings(settings);
    long begin = System.nanoTime();
    // If the demo is interrupted, the database is closed before its directory is removed.
    try (Tsdb database = cleanup.make(() -> Tsdb.open(directory, options), Tsdb::close)) {
      ImportSink sink = new ImportSink(database, IfExists.FAIL, err());
      try (ProgressMeter progress = progress("   import", Files.size(data), " kB", 1000)) {
        sink.beginFile(data, 0);
        FileFormat.WIDE.read(data, ReadOptions.defaults().withProgress(progress::to), sink);
        sink.flush();
      }
      say(
          String.format(
              Locale.ROOT,
              "   %s in %.1f s; length %d, multiplier %s, %d vantage points",
              sink.summary(),
              seconds(begin),
              settings.length(),
              settings.metric().parameters().get(MetricSpec.MULTIPLIER),
              database.stats().vantagePoints().size()));
    }
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private void ask(Tsdb client) {
    say("");
    say("3. The 5 nearest to a stored series: tsdb similar " + ID);
    show(() -> client.search(Query.like(ID).nearest(5)));
    say("");
    say("4. The 5 nearest to a series that is uploaded: the same one, begun at point " + SHIFT);
    say("   of its 100. Phase is ignored, so it finds itself, at distance 0 but for rounding.");
    TimeSeries shifted = shifted(client.get(ID).series().values());
    show(() -> client.search(Query.like(shifted).nearest(5)));
  }

  private static TimeSeries shifted(double[] values) {
    double[] result = new double[values.length];
    for (int t = 0; t < values.length; t++) {
      result[t] = values[(t + SHIFT) % values.length];
    }
    return TimeSeries.ofValues(result);
  }

  @SuppressWarnings("ReturnValueIgnored") // the first search is a warm-up, not timed
  private void show(Supplier<SearchResult> search) {
    search.get();
    long begin = System.nanoTime();
    SearchResult result = search.get();
    double milliseconds = seconds(begin) * 1e3;
    for (Neighbor neighbor : result.neighbors()) {
      say(
          String.format(
              Locale.ROOT,
              "   %s  distance %.6f  lag %4d",
              neighbor.id(),
              neighbor.distance(),
              neighbor.lag()));
    }
    say(
        String.format(
            Locale.ROOT,
            "   %d of %d exact distances were needed, and %d to vantage points; %.1f ms",
            result.report().exactDistances(),
            result.report().candidates(),
            result.report().vantagePointDistances(),
            milliseconds));
  }

  /** Returns the data file of the project that contains this program or the current directory. */
  private static Path dataFile() throws IOException {
    Path start = Path.of(System.getProperty(HOME, "")).toAbsolutePath();
    for (Path directory = start; directory != null; directory = directory.getParent()) {
      if (Files.exists(directory.resolve(DATA))) {
        return directory.resolve(DATA);
      }
    }
    throw new NoSuchFileException(start.resolve(DATA).toString());
  }

  static void removeAll(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      // The file stays in the directory for temporary files.
    }
  }
}

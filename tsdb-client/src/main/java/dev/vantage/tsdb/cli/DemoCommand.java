package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.OpenOptions.Access;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.client.TsdbClient;
import dev.vantage.tsdb.format.FileFormat;
import dev.vantage.tsdb.format.ReadOptions;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what the database does, from nothing to answers. */
@Command(
    name = "demo",
    description = {
      "Makes a database from the project's data, starts a server, asks it twice, and cleans up."
    })
final class DemoCommand extends Verb {
  /** Set by the launcher to the directory of the project. */
  private static final String HOME_PROPERTY = "tsdb.home";

  private static final Path DATA = Path.of("data", "bumps-1000.tsv");
  private static final int NEIGHBORS = 5;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "Makes the database in this directory and leaves it there.")
  private Path kept;

  @Override
  void check() {
    if (format() != OutputFormat.TABLE) {
      throw new UsageException("demo speaks to people; it has no other --format");
    }
    if (location().directory().isPresent()) {
      throw new UsageException("demo makes a database of its own; --keep DIR says where");
    }
  }

  @Override
  public Integer call() throws IOException {
    check();
    Path data = data();
    try (Workplace work = Workplace.in(Optional.ofNullable(kept))) {
      Path directory = work.directory().resolve("bumps");
      fill(directory, data);
      say("2. Starts a server on it, a process of its own.");
      ServerProcess server =
          work.closing(ServerProcess.start(directory, work.directory().resolve("server.log")));
      say("   It listens on " + server.address() + ".");
      ask(work.closing(TsdbClient.connect(server.address())));
      say("5. Stops the server" + (kept == null ? " and removes the database." : "."));
    }
    suggest(data);
    return ExitCodes.ANSWERED;
  }

  private void fill(Path directory, Path data) throws IOException {
    say("1. Makes a database and imports " + data + ",");
    say("   noisy bumps of 100 points, each with its peak somewhere else.");
    long start = System.nanoTime();
    OpenOptions options = OpenOptions.DEFAULT.withAccess(Access.CREATE);
    try (Tsdb database = Tsdb.open(directory, options)) {
      Importer importer = new Importer(database, false, this::say);
      FileFormat.WIDE.read(data, ReadOptions.defaults(), importer.sink(data, new FormatOptions()));
      importer.flush();
      say(
          String.format(
              Locale.ROOT,
              "   %d series, %d vantage points, %s.",
              importer.tally().imported(),
              database.stats().vantagePoints().size(),
              since(start)));
    }
    say("");
  }

  private void ask(Tsdb database) {
    String id = database.ids(1).get(0);
    Query query = Query.nearest(NEIGHBORS);
    say("");
    say("3. Which series look like the stored series " + id + "?");
    show(() -> database.similar(id, query));
    say("4. Uploads a series that is not stored: " + id + ", begun a quarter of a period later.");
    TimeSeries shifted = shifted(database.get(id).series());
    SearchResult found = show(() -> database.similar(shifted, query));
    if (found.neighbors().get(0).id().equals(id)) {
      say("   " + id + " itself comes first, at distance 0 but for rounding: phase is ignored,");
      say("   and its lag tells the shift, in samples of the 1024 that make a period.");
    }
    say("");
  }

  private SearchResult show(Supplier<SearchResult> search) {
    long start = System.nanoTime();
    SearchResult found = search.get();
    String time = since(start);
    print(SimilarCommand.answer(found, false));
    say(
        String.format(
            Locale.ROOT,
            "   Exact: of %d series, %d distances were computed, bounds ruled out the rest; %s.",
            found.report().candidates(),
            found.report().exactDistances(),
            time));
    say("");
    return found;
  }

  private void suggest(Path data) {
    String directory = kept == null ? "bumps" : kept.resolve("bumps").toString();
    say("");
    say("Try next:");
    if (kept == null) {
      say("  tsdb create --db " + directory);
      say("  tsdb import --db " + directory + " --as wide " + data);
    }
    say("  tsdb similar bumps-00000002 --db " + directory + " --explain");
    say("  tsdb get bumps-00000002 --db " + directory + " --format json");
  }

  /** The same values, begun a quarter later. */
  private static TimeSeries shifted(TimeSeries series) {
    double[] values = series.values();
    double[] later = new double[values.length];
    for (int k = 0; k < values.length; k++) {
      later[k] = values[(k + values.length / 4) % values.length];
    }
    return TimeSeries.ofValues(later);
  }

  private static String since(long startNanos) {
    return String.format(Locale.ROOT, "%.1f ms", (System.nanoTime() - startNanos) / 1e6);
  }

  private void say(String line) {
    out().println(line);
    out().flush();
  }

  /** The data, in the project's directory or above the working directory. */
  private static Path data() {
    Path here = Path.of("").toAbsolutePath();
    Optional<Path> home = Optional.ofNullable(System.getProperty(HOME_PROPERTY)).map(Path::of);
    return Stream.concat(home.stream(), Stream.iterate(here, path -> path != null, Path::getParent))
        .map(directory -> directory.resolve(DATA))
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidRequestException(
                    "project must have its data: file=" + DATA + ", directory=" + here));
  }
}

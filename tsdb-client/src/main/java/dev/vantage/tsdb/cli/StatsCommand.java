package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.ServerStats;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Stats;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.op.Statistics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the state of the database. */
@Command(
    name = "stats",
    mixinStandardHelpOptions = true,
    versionProvider = TsdbCommand.Version.class,
    description = "Shows counts, settings and versions.",
    footer = {
      "",
      "With --watch, changes are shown as rates until Ctrl-C: on a terminal in a table that is",
      "redrawn, else as one line per sample. With --format json each line is the document of",
      "'tsdb stats' with the fields 'time' and 'rates'."
    })
final class StatsCommand extends Verb {
  private static final String TERMINAL = "tsdb.terminal.out";
  private static final double SHORTEST_SECONDS = 0.1;
  private static final double LONGEST_SECONDS = 86_400;
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  @Option(
      names = "--watch",
      arity = "0..1",
      fallbackValue = "2",
      paramLabel = "SECONDS",
      description = "Shows changes repeatedly, with this pause in seconds. Default: 2.")
  private @Nullable Double seconds;

  @Override
  public Integer call() throws InterruptedException {
    if (seconds != null && !(seconds >= SHORTEST_SECONDS && seconds <= LONGEST_SECONDS)) {
      throw badUsage("seconds must be from 0.1 to 86400: seconds=" + seconds);
    }
    try (Tsdb database = openForReading()) {
      if (seconds == null) {
        print(answer(database.stats()));
      } else {
        watch(database, Math.round(seconds * NANOS_PER_SECOND));
      }
    }
    return CommandLine.ExitCode.OK;
  }

  /** Prints samples until the output is closed; usually a signal ends the process before. */
  private void watch(Tsdb database, long interval) throws InterruptedException {
    boolean terminal = Boolean.getBoolean(TERMINAL);
    StatsWatch watch = new StatsWatch(format(), terminal, out(), sample(database));
    long next = System.nanoTime();
    do {
      next += interval;
      TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
    } while (watch.print(sample(database)));
  }

  private static StatsSample sample(Tsdb database) {
    if (database instanceof EmbeddedTsdb embedded) {
      embedded.refresh();
    }
    Stats stats = database.stats();
    return new StatsSample(Instant.now(), System.nanoTime(), stats);
  }

  static VerbOutput answer(Stats stats) {
    Settings settings = stats.settings();
    List<List<String>> rows =
        new ArrayList<>(
            List.of(
                List.of("series", Long.toString(stats.series())),
                List.of("vantage points", Integer.toString(stats.vantagePoints().size())),
                List.of("wanted vantage points", Integer.toString(settings.vantagePoints())),
                List.of("length", Integer.toString(settings.length()))));
    settings.metric().parameters().forEach((name, value) -> rows.add(List.of(name, value)));
    rows.addAll(
        List.of(
            List.of("resampling", settings.resampling().label()),
            List.of("seed", Long.toString(settings.seed())),
            List.of("metric", stats.settings().metric().name()),
            List.of("index bytes", Long.toString(stats.memory().indexBytes())),
            List.of("spectrum bytes", Long.toString(stats.memory().spectrumBytes())),
            List.of("spectra", stats.memory().spectra().label()),
            List.of("tsdb", stats.versions().tsdb()),
            List.of("java", stats.versions().java()),
            List.of("format", Integer.toString(stats.versions().format()))));
    stats
        .server()
        .ifPresent(
            server -> {
              // A database of this process is always opened to be read.
              rows.add(List.of("read only", Boolean.toString(stats.readOnly())));
              add(server, rows);
            });
    return VerbOutput.of(
        Statistics.payload(stats).toTree(), TextTable.of(List.of("name", "value"), rows));
  }

  private static void add(ServerStats server, List<List<String>> rows) {
    server.limits().forEach((name, value) -> rows.add(row("limit", name, value)));
    server.load().forEach((name, value) -> rows.add(row("load", name, value)));
  }

  private static List<String> row(String group, String name, long value) {
    return List.of(group + ": " + name.replace('_', ' '), Long.toString(value));
  }
}

package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.metric.MetricSpec;
import dev.vantage.tsdb.series.Resampling;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a database. */
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    versionProvider = TsdbCommand.Version.class,
    description = "Creates an empty database at the location --db: a directory or PostgreSQL.",
    sortOptions = false)
final class CreateCommand extends Verb {
  @Option(
      names = "--length",
      paramLabel = "N",
      defaultValue = "1024",
      description = "Values per resampled series, a power of two (default ${DEFAULT-VALUE}).")
  private int length;

  @Mixin private DistanceOption distance;

  @Option(
      names = "--vantage-points",
      paramLabel = "M",
      defaultValue = "20",
      description = "How many vantage points to choose (default ${DEFAULT-VALUE}).")
  private int vantagePoints;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Seed of every random choice (default ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--resampling",
      paramLabel = "HOW",
      defaultValue = "periodic",
      description = "periodic or interval (default ${DEFAULT-VALUE}).")
  private Resampling resampling;

  @Override
  public Integer call() {
    Settings settings = new Settings(length, MetricSpec.DEFAULT, vantagePoints, seed, resampling);
    settings = distance.given(length).map(settings::withMetric).orElse(settings);
    String place = newDatabase();
    OpenOptions options =
        OpenOptions.DEFAULT.withAccess(OpenOptions.Access.CREATE).withSettings(settings);
    try (Tsdb database = Tsdb.open(place, options)) {
      print(
          StatsCommand.answer(database.stats())
              .inWords("made a database in " + EmbeddedTsdb.shown(place)));
    }
    return 0;
  }
}

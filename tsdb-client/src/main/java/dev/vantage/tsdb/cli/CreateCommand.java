package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.OpenOptions.Access;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.series.Resampling;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes an empty database. */
@Command(name = "create", description = "Makes an empty database in the directory that --db names.")
final class CreateCommand extends Verb {
  @Option(
      names = "--length",
      paramLabel = "N",
      description = "Values per resampled series, a power of two; default 1024.")
  private int length = Settings.DEFAULT.length();

  @Option(
      names = "--multiplier",
      paramLabel = "M",
      description = "Sharpness of the kernel; default 1.")
  private double multiplier = Settings.DEFAULT.multiplier();

  @Option(
      names = "--vantage-points",
      paramLabel = "N",
      description = "How many vantage points to choose; default 20.")
  private int vantagePoints = Settings.DEFAULT.vantagePoints();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "The seed of every random choice; default 0.")
  private long seed = Settings.DEFAULT.seed();

  @Option(
      names = "--resampling",
      paramLabel = "HOW",
      description = "How points become values: periodic (the default) or interval.")
  private String resampling = Settings.DEFAULT.resampling().label();

  @Override
  public Integer call() {
    Path directory = directory();
    Resampling how = UsageException.named(() -> Resampling.ofLabel(resampling));
    Settings settings = new Settings(length, multiplier, vantagePoints, seed, how);
    OpenOptions options = OpenOptions.DEFAULT.withAccess(Access.CREATE).withSettings(settings);
    try (EmbeddedTsdb database = Tsdb.open(directory, options)) {
      print(StatsCommand.answer(database.stats()));
    }
    return ExitCodes.ANSWERED;
  }
}

package dev.vantage.tsdb.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.metric.MetricSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes a database from a backup or an export. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    versionProvider = TsdbCommand.Version.class,
    description =
        "Creates a database from a backup or an export in the directory --db, or from "
            + "an export in PostgreSQL. With --distance, it has the series of an export under"
            + " another distance. A failure leaves nothing behind.")
final class RestoreCommand extends Verb {
  /** Marks an unknown number of series: it is unknown until all have been read. */
  private static final long UNKNOWN = -1;

  @Parameters(paramLabel = "FILE", description = "The backup or export.")
  private Path file;

  @Mixin private DistanceOption distance;

  @Override
  public Integer call() {
    Optional<MetricSpec> chosen = distance.given(Settings.MAX_LENGTH);
    String place = newDatabase();
    String shown = EmbeddedTsdb.shown(place);
    String kind = shown.startsWith("postgresql://") ? "database" : "directory";
    try (ProgressMeter progress = progress("restore", UNKNOWN, " series", 1)) {
      if (chosen.isPresent()) {
        EmbeddedTsdb.restore(file, place, chosen.get(), progress);
      } else {
        EmbeddedTsdb.restore(file, place, progress);
      }
    }
    print(
        VerbOutput.of(
                JsonNodeFactory.instance.objectNode().put(kind, shown),
                TextTable.ofOne(List.of(kind), List.of(shown)))
            .inWords("restored to " + shown));
    return 0;
  }
}

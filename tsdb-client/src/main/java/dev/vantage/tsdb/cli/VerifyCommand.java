package dev.vantage.tsdb.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.DamagedDatabaseException;
import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.InvalidLocationException;
import dev.vantage.tsdb.VerifyOptions;
import dev.vantage.tsdb.VerifyReport;
import java.util.List;
import java.util.Random;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks a database. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = TsdbCommand.Version.class,
    description =
        "Checks the stored data, also while a server has it open: its structure, all "
            + "series, rows of distances and attributes, trees and checkpoint of the index, "
            + "and distances by computing them again. Continues after damage, to report all "
            + "of it. Exit code 1 if there is a problem.")
final class VerifyCommand extends Verb {
  private static final long UNKNOWN = -1;

  @ArgGroup private final Extent extent = new Extent();

  /** The number of series whose distances are recomputed. */
  private static final class Extent {
    @Option(
        names = "--sample",
        paramLabel = "N",
        description = "Computes the distances of N series again, chosen at random. Default: 1000.")
    private long sample = 1000;

    @Option(names = "--all", description = "Computes every distance again.")
    private boolean all;

    VerifyOptions options() {
      return all ? VerifyOptions.ALL : new VerifyOptions(sample, new Random().nextLong());
    }
  }

  @Override
  public Integer call() {
    String place = database();
    VerifyReport report;
    try (ProgressMeter progress = progress("verify", UNKNOWN, " series", 1)) {
      report = EmbeddedTsdb.verify(place, extent.options(), progress);
    } catch (InvalidLocationException e) {
      throw DatabaseLocation.notFound(e, place);
    }
    print(answer(report));
    if (report.found() > 0) {
      throw new DamagedDatabaseException("database must be sound: problems=" + report.found());
    }
    return 0;
  }

  private static VerbOutput answer(VerifyReport report) {
    ObjectNode payload =
        JsonNodeFactory.instance
            .objectNode()
            .put("series", report.checked().series())
            .put("distances", report.checked().distances())
            .put("trees", report.checked().trees())
            .put("checkpointed", report.checked().checkpointed())
            .put("found", report.found());
    report.problems().forEach(payload.putArray("problems")::add);
    VerbOutput answer =
        VerbOutput.of(
            payload,
            new TextTable(List.of("problem"), report.problems().stream().map(List::of).iterator()));
    return report.found() == 0 ? answer.inWords("sound: " + checked(report)) : answer;
  }

  private static String checked(VerifyReport report) {
    long stored = report.checked().series() * report.checked().trees();
    return report.checked().series()
        + " series, "
        + report.checked().distances()
        + (report.checked().distances() < stored ? " of " + stored : "")
        + " distances, "
        + report.checked().trees()
        + " trees, "
        + (report.checked().checkpointed() == 0
            ? "no checkpoint"
            : "a checkpoint of " + report.checked().checkpointed() + " series");
  }
}

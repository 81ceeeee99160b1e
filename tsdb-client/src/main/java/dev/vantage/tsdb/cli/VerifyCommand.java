package dev.vantage.tsdb.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.DamagedDatabaseException;
import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.OpenOptions.Access;
import dev.vantage.tsdb.VerifyReport;
import java.util.List;
import picocli.CommandLine.Command;

/** Checks a database. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = TsdbCommand.Version.class,
    description = {
      "Checks everything that is stored: its structure, checksums, and every distance.",
      "Exit code 1 if anything is wrong."
    })
final class VerifyCommand extends Verb {
  @Override
  public Integer call() {
    VerifyReport report;
    try (EmbeddedTsdb database = Location.open(database(), Access.READ_ONLY);
        Progress progress = Progress.start("verify", database.stats().series(), " series", 1)) {
      report = database.verify(progress::to);
    }
    print(answer(report));
    if (!report.problems().isEmpty()) {
      throw new DamagedDatabaseException(
          "database must be what was written: problems=" + report.problems().size());
    }
    return 0;
  }

  private static Answer answer(VerifyReport report) {
    ObjectNode payload =
        JsonNodeFactory.instance
            .objectNode()
            .put("series", report.series())
            .put("distances", report.distances());
    report.problems().forEach(payload.putArray("problems")::add);
    Answer answer =
        Answer.of(
            payload,
            new Table(List.of("problem"), report.problems().stream().map(List::of).iterator()));
    return report.problems().isEmpty()
        ? answer.inWords(
            "sound: " + report.series() + " series, " + report.distances() + " distances")
        : answer;
  }
}

package dev.vantage.tsdb.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.DamagedDatabaseException;
import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.OpenOptions.Access;
import dev.vantage.tsdb.VerifyReport;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** Checks the whole database. */
@Command(
    name = "verify",
    description = {
      "Checks everything that the directory holds.",
      "That is the storage, every checksum, every distance; exit code 1 if one is wrong."
    })
final class VerifyCommand extends Verb {
  @Override
  public Integer call() {
    VerifyReport report;
    try (EmbeddedTsdb database = Location.open(directory(), Access.READ_ONLY);
        Progress progress = Progress.of("verify", database.stats().series(), 1, "", err())) {
      report = database.verify(progress::reach);
    }
    print(answer(report));
    if (!report.problems().isEmpty()) {
      throw new DamagedDatabaseException(
          "database must be whole: problems=" + report.problems().size());
    }
    return ExitCodes.ANSWERED;
  }

  private static Answer answer(VerifyReport report) {
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    payload.put("series", report.series());
    payload.put("distances", report.distances());
    report.problems().forEach(payload.putArray("problems")::add);
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("series", Long.toString(report.series())));
    rows.add(List.of("distances", Long.toString(report.distances())));
    report.problems().forEach(problem -> rows.add(List.of("problem", problem)));
    String whole = report.problems().isEmpty() ? "nothing is wrong" : "the database is damaged";
    return Answer.of(payload, Table.of(List.of("name", "value"), rows)).withNotes(List.of(whole));
  }
}

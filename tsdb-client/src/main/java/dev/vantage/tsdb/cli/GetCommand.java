package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.Payloads;
import dev.vantage.tsdb.series.SeriesEntry;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints a series as it was inserted. */
@Command(
    name = "get",
    description = {
      "Prints a series as it was inserted.",
      "Table and csv are the times and values, fit to be read by --file; json has all."
    })
final class GetCommand extends Verb.Reading {
  @Parameters(paramLabel = "ID", description = "The id of the series.")
  private String id;

  @Override
  Answer ask(Tsdb database) {
    SeriesEntry entry = database.get(id);
    double[] times = entry.series().times();
    double[] values = entry.series().values();
    Table points =
        new Table(
            List.of("time", "value"),
            IntStream.range(0, times.length)
                .mapToObj(k -> List.of(Double.toString(times[k]), Double.toString(values[k])))
                .iterator());
    return Answer.of(Payloads.of(entry), points);
  }
}

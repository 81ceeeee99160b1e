package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.cli.plot.VisibleText;
import dev.vantage.tsdb.protocol.op.Get;
import dev.vantage.tsdb.series.SeriesEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows a series. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    versionProvider = TsdbCommand.Version.class,
    description = {
      "Shows a series as it was inserted. With --plot, draws it instead: as it was",
      "inserted and, if it has a period, folded."
    },
    sortOptions = false)
final class GetCommand extends Verb.Reading {
  @Parameters(paramLabel = "ID", description = "The id of the series.")
  private String id;

  @Mixin private PlotOption plot;

  @Override
  void check() {
    plot.check(this);
  }

  @Override
  VerbOutput ask(Tsdb database) {
    SeriesEntry entry = database.get(id);
    VerbOutput answer = answer(entry);
    return plot.isWanted()
        ? answer.readAs(List.of()).withNotes(plot.draw(SeriesPlot.of(entry, plot::values)))
        : answer;
  }

  private static VerbOutput answer(SeriesEntry entry) {
    double[] times = entry.series().times();
    double[] values = entry.series().values();
    // Attributes are written as comments, so that the output can be imported again.
    List<String> notes = new ArrayList<>();
    entry.series().period().ifPresent(period -> notes.add("# period = " + period));
    entry
        .attributes()
        .asMap()
        .forEach(
            (name, value) ->
                notes.add(VisibleText.of(("# " + name + " = " + value).replaceAll("\\R", " "))));
    Table points =
        new Table(
            List.of("time", "value"),
            IntStream.range(0, values.length)
                .mapToObj(i -> List.of(Double.toString(times[i]), Double.toString(values[i])))
                .iterator());
    return VerbOutput.of(Get.payload(entry).toTree(), points).withNotes(notes);
  }
}

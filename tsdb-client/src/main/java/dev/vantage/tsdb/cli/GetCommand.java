package dev.vantage.tsdb.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.cli.plot.VisibleText;
import dev.vantage.tsdb.protocol.op.Get;
import dev.vantage.tsdb.series.SeriesEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows series. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    versionProvider = TsdbCommand.Version.class,
    description =
        "Shows series as they were inserted. With several IDs, each row begins with its "
            + "ID, and JSON is a list. With --plot, draws a series instead: as it was "
            + "inserted and, if it has a period, folded.",
    sortOptions = false)
final class GetCommand extends Verb.Reading {
  @Parameters(paramLabel = "ID", arity = "1..*", description = "The ids of the series.")
  private List<String> ids;

  @Mixin private PlotOption plot;

  @Override
  void check() {
    if (plot.isWanted() && ids.size() > 1) {
      throw badUsage("--plot draws one series: ids=" + ids.size());
    }
    plot.check(this);
  }

  @Override
  VerbOutput ask(Tsdb database) {
    if (ids.size() > 1) {
      return several(ids.stream().map(database::get).toList());
    }
    SeriesEntry entry = database.get(ids.get(0));
    VerbOutput answer = one(entry);
    return plot.isWanted()
        ? answer.readAs(List.of()).withNotes(plot.draw(SeriesPlot.of(entry, plot::values)))
        : answer;
  }

  private static VerbOutput one(SeriesEntry entry) {
    TextTable points = new TextTable(List.of("time", "value"), points(entry).iterator());
    return VerbOutput.of(Get.payload(entry).toTree(), points).withNotes(notes("# ", entry));
  }

  private static VerbOutput several(List<SeriesEntry> entries) {
    ArrayNode payloads = JsonNodeFactory.instance.arrayNode();
    List<String> notes = new ArrayList<>();
    for (SeriesEntry entry : entries) {
      payloads.add(Get.payload(entry).toTree());
      notes.addAll(notes("# " + entry.id() + ": ", entry));
    }
    Stream<List<String>> rows =
        entries.stream()
            .flatMap(entry -> points(entry).map(point -> TextTable.joined(entry.id(), point)));
    return VerbOutput.of(payloads, new TextTable(List.of("id", "time", "value"), rows.iterator()))
        .withNotes(notes);
  }

  private static Stream<List<String>> points(SeriesEntry entry) {
    double[] times = entry.series().times();
    double[] values = entry.series().values();
    return IntStream.range(0, values.length)
        .mapToObj(i -> List.of(Double.toString(times[i]), Double.toString(values[i])));
  }

  /** Returns period and attributes as comments, so that the output can be imported again. */
  private static List<String> notes(String begin, SeriesEntry entry) {
    List<String> notes = new ArrayList<>();
    entry.series().period().ifPresent(period -> notes.add(begin + "period = " + period));
    entry
        .attributes()
        .asMap()
        .forEach(
            (name, value) ->
                notes.add(VisibleText.of((begin + name + " = " + value).replaceAll("\\R", " "))));
    return notes;
  }
}

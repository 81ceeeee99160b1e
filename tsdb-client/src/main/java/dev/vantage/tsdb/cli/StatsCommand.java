package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Stats;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.Payloads;
import java.util.List;
import picocli.CommandLine.Command;

/** Prints the state of the database. */
@Command(name = "stats", description = "Prints counts, settings and versions.")
final class StatsCommand extends Verb.Reading {
  @Override
  Answer ask(Tsdb database) {
    return answer(database.stats());
  }

  /** How the state of a database is printed. */
  static Answer answer(Stats stats) {
    Settings settings = stats.settings();
    return Answer.of(
        Payloads.of(stats),
        Table.of(
            List.of("name", "value"),
            List.of(
                row("series", stats.series()),
                row("vantage points", stats.vantagePoints().size()),
                row("length", settings.length()),
                row("multiplier", settings.multiplier()),
                row("vantage points wanted", settings.vantagePoints()),
                row("seed", settings.seed()),
                row("resampling", settings.resampling().label()),
                row("metric", stats.metric()),
                row("index bytes", stats.indexBytes()),
                row("spectrum bytes", stats.spectrumBytes()),
                row("tsdb version", stats.version()),
                row("java version", stats.javaVersion()),
                row("format version", stats.formatVersion()))));
  }

  private static List<String> row(String name, Object value) {
    return List.of(name, value.toString());
  }
}

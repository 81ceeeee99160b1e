package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.ServerStats;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Stats;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.Payloads;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** Shows the state of the database. */
@Command(
    name = "stats",
    mixinStandardHelpOptions = true,
    versionProvider = TsdbCommand.Version.class,
    description = "Shows counts, settings and versions.")
final class StatsCommand extends Verb.Reading {
  @Override
  Answer ask(Tsdb database) {
    return answer(database.stats());
  }

  static Answer answer(Stats stats) {
    Settings settings = stats.settings();
    List<List<String>> rows =
        new ArrayList<>(
            List.of(
                List.of("series", Long.toString(stats.series())),
                List.of("vantage points", Integer.toString(stats.vantagePoints().size())),
                List.of("wanted vantage points", Integer.toString(settings.vantagePoints())),
                List.of("length", Integer.toString(settings.length())),
                List.of("multiplier", Double.toString(settings.multiplier())),
                List.of("resampling", settings.resampling().label()),
                List.of("seed", Long.toString(settings.seed())),
                List.of("metric", stats.metric()),
                List.of("index bytes", Long.toString(stats.indexBytes())),
                List.of("spectrum bytes", Long.toString(stats.spectrumBytes())),
                List.of("spectra", stats.spectra().label()),
                List.of("read only", Boolean.toString(stats.readOnly())),
                List.of("tsdb", stats.version()),
                List.of("java", stats.javaVersion()),
                List.of("format", Integer.toString(stats.formatVersion()))));
    stats.server().ifPresent(server -> add(server, rows));
    return Answer.of(Payloads.of(stats), Table.of(List.of("name", "value"), rows));
  }

  private static void add(ServerStats server, List<List<String>> rows) {
    server.limits().forEach((name, value) -> rows.add(row("limit", name, value)));
    server.load().forEach((name, value) -> rows.add(row("load", name, value)));
  }

  private static List<String> row(String group, String name, long value) {
    return List.of(group + ": " + name.replace('_', ' '), Long.toString(value));
  }
}

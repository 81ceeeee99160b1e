package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.Payloads;
import dev.vantage.tsdb.series.SeriesEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds or replaces one series. */
@Command(name = "insert", description = "Adds the series in a file.")
final class InsertCommand extends Verb.Writing {
  @Parameters(paramLabel = "ID", description = "The id of the series.")
  private String id;

  @Mixin private SeriesFile file;

  @Option(
      names = "--attribute",
      paramLabel = "NAME=VALUE",
      description = {
        "What else is known of the series; repeatable. A value is a whole number, a number,",
        "true or false, else a text."
      })
  private List<String> attributes = new ArrayList<>();

  @Option(names = "--replace", description = "Puts the series in the place of one with its id.")
  private boolean replace;

  private Optional<SeriesEntry> entry = Optional.empty();

  @Override
  void check() {
    if (!file.isGiven()) {
      throw new UsageException("insert needs --file FILE");
    }
    entry = Optional.of(new SeriesEntry(id, file.read(), AttributeOptions.parse(attributes)));
  }

  @Override
  Answer change(Tsdb database) {
    SeriesEntry series = entry.orElseThrow();
    boolean created = true;
    if (replace) {
      created = database.put(series);
    } else {
      database.insert(series);
    }
    return Answer.of(
            Payloads.inserted(id, created),
            Table.ofOne(List.of("id", "created"), List.of(id, Boolean.toString(created))))
        .inWords((created ? "inserted " : "replaced ") + id);
  }
}

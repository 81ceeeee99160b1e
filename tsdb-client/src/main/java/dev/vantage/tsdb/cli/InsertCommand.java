package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.op.Insert;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a series. */
@Command(
    name = "insert",
    mixinStandardHelpOptions = true,
    versionProvider = TsdbCommand.Version.class,
    description = {
      "Adds the series in a file, with the attributes that the file gives it; --attribute goes first."
    },
    sortOptions = false)
final class InsertCommand extends Verb.Writing {
  @Parameters(paramLabel = "ID", description = "The id of the series.")
  private String id;

  @Mixin private SeriesFile file;

  @Option(
      names = "--attribute",
      paramLabel = "NAME=VALUE",
      description = "An attribute, " + TypedAttributes.RULE)
  private Map<String, String> attributes = new LinkedHashMap<>();

  @Option(names = "--replace", description = "Replaces a series with the same id.")
  private boolean replace;

  @Override
  void check() {
    if (!file.isGiven()) {
      throw badUsage("Missing required option: '--file=FILE'");
    }
    file.check();
  }

  @Override
  VerbOutput change(Tsdb database) {
    FileSeries series = file.read();
    SeriesEntry entry =
        new SeriesEntry(id, series.entry().series(), typedAttributes(series, database));
    boolean created = true;
    if (replace) {
      created = database.put(entry);
    } else {
      database.insert(entry);
    }
    return VerbOutput.of(
            Insert.payload(id, created).toTree(),
            Table.ofOne(List.of("id", "created"), List.of(id, Boolean.toString(created))))
        .inWords((created ? "inserted " : "replaced ") + id)
        .withWarnings(series.notes());
  }

  /** Returns the file's attributes, typed as by an import, and those of the options. */
  private Attributes typedAttributes(FileSeries read, Tsdb database) {
    if (attributes.isEmpty() && read.entry().attributes().asMap().isEmpty()) {
      return Attributes.none();
    }
    Map<String, AttributeValue> typed =
        new TreeMap<>(
            ImportAttributes.declared(database, Optional.empty(), read.options())
                .complete(read.entry(), "")
                .attributes()
                .asMap());
    typed.putAll(TypedAttributes.read(attributes, database.attributeTypes()));
    return Attributes.of(typed);
  }
}

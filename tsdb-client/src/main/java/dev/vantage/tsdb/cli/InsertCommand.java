package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.op.Insert;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
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
    description =
        "Adds the series in a file, with the attributes that the file gives it; "
            + "--attribute goes first.",
    sortOptions = false)
final class InsertCommand extends Verb.Writing {
  @Parameters(paramLabel = "ID", description = "The id of the series.")
  private String id;

  @Mixin private SeriesFile file;

  @Option(
      names = "--attribute",
      paramLabel = "NAME=VALUE",
      description = "An attribute, " + TypedAttributes.RULE)
  private List<String> attributes = List.of();

  @Option(names = "--replace", description = "Replaces a series with the same id.")
  private boolean replace;

  @Override
  void check() {
    if (!file.isGiven()) {
      throw badUsage("--file is missing");
    }
    file.check();
    TypedAttributes.split(attributes, this);
  }

  @Override
  VerbOutput change(Tsdb database) {
    FileSeries series = file.read();
    AttributeTypes types =
        attributes.isEmpty() ? AttributeTypes.noneDeclared() : database.attributeTypes();
    Map<String, AttributeValue> given =
        TypedAttributes.read(TypedAttributes.split(attributes, this), types);
    SeriesEntry entry =
        new SeriesEntry(id, series.entry().series(), attributes(series, given, database));
    boolean created = true;
    if (replace) {
      created = database.put(entry);
    } else {
      database.insert(entry);
    }
    return VerbOutput.of(
            Insert.payload(id, created).toTree(),
            TextTable.ofOne(List.of("id", "created"), List.of(id, Boolean.toString(created))))
        .inWords((created ? "inserted " : "replaced ") + id)
        .withWarnings(TypedAttributes.declared(given, types))
        .withFirstWarnings(series.notes());
  }

  /** Returns the file's attributes, typed as by an import, and those of the options. */
  private static Attributes attributes(
      FileSeries read, Map<String, AttributeValue> given, Tsdb database) {
    if (given.isEmpty() && read.entry().attributes().asMap().isEmpty()) {
      return Attributes.none();
    }
    Map<String, AttributeValue> typed =
        new TreeMap<>(
            ImportAttributes.declared(database, Optional.empty(), read.options())
                .complete(read.entry(), "")
                .attributes()
                .asMap());
    typed.putAll(given);
    return Attributes.of(typed);
  }
}

package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.format.AttributeText;
import dev.vantage.tsdb.protocol.op.Insert;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        new SeriesEntry(id, series.entry().series(), typedAttributes(series.entry(), database));
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

  /** Returns the attributes in their declared types, or else in the narrowest type that fits. */
  private Attributes typedAttributes(SeriesEntry read, Tsdb database) {
    if (attributes.isEmpty() && read.attributes().asMap().isEmpty()) {
      return Attributes.none();
    }
    AttributeTypes types = database.attributeTypes();
    Map<String, AttributeValue> typed = new TreeMap<>();
    read.attributes()
        .asMap()
        .forEach(
            (name, value) ->
                typed.put(
                    name,
                    types
                        .type(name)
                        .flatMap(type -> AttributeText.read(value.toString(), type))
                        .orElse(value)));
    typed.putAll(TypedAttributes.read(attributes, types));
    return Attributes.of(typed);
  }
}

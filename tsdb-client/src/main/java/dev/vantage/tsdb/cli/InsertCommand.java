package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.Payloads;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a series. */
@Command(
    name = "insert",
    mixinStandardHelpOptions = true,
    versionProvider = TsdbCommand.Version.class,
    description = "Adds the series in a file.",
    sortOptions = false)
final class InsertCommand extends Verb.Writing {
  @Parameters(paramLabel = "ID", description = "The id of the series.")
  private String id;

  @ArgGroup(exclusive = false, multiplicity = "1")
  private SeriesFile file;

  @Option(
      names = "--attribute",
      paramLabel = "NAME=VALUE",
      description = "An attribute: a whole number, a number, true or false, else a text.")
  private Map<String, String> attributes = new LinkedHashMap<>();

  @Option(names = "--replace", description = "Takes the place of a series with the same id.")
  private boolean replace;

  @Override
  Answer change(Tsdb database) {
    SeriesEntry entry = new SeriesEntry(id, file.read(), typedAttributes());
    boolean created = true;
    if (replace) {
      created = database.put(entry);
    } else {
      database.insert(entry);
    }
    return Answer.of(
            Payloads.inserted(id, created),
            Table.ofOne(List.of("id", "created"), List.of(id, Boolean.toString(created))))
        .inWords((created ? "inserted " : "replaced ") + id);
  }

  private Attributes typedAttributes() {
    Map<String, AttributeValue> typed = new TreeMap<>();
    attributes.forEach((name, text) -> typed.put(name, typedValue(text)));
    return Attributes.of(typed);
  }

  /** The value of the narrowest type that the text can be. */
  static AttributeValue typedValue(String text) {
    if (text.equals("true") || text.equals("false")) {
      return new AttributeValue.BooleanValue(Boolean.parseBoolean(text));
    }
    if (text.matches("[+-]?[0-9]+")) {
      try {
        return new AttributeValue.LongValue(Long.parseLong(text));
      } catch (NumberFormatException e) {
        return new AttributeValue.DoubleValue(Double.parseDouble(text)); // beyond 64 bits
      }
    }
    if (text.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?")) {
      return new AttributeValue.DoubleValue(Double.parseDouble(text));
    }
    return new AttributeValue.TextValue(text);
  }
}

package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.format.AttributeSelection;
import dev.vantage.tsdb.series.InvalidAttributeException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name a table of attributes. */
final class AttributesOption {
  @Option(
      names = "--attributes-from",
      paramLabel = "FILE",
      required = true,
      description =
          "A table whose columns become attributes of the series, with a header, separated by"
              + " commas or tabs.")
  private Path file;

  @Option(
      names = "--key",
      paramLabel = "COLUMN",
      description =
          "The column of the table with the ids, or with the names of files that --group-by"
              + " splits; by default the first.")
  private @Nullable String key;

  @Option(
      names = "--attributes",
      paramLabel = "NAME[=COLUMN]",
      split = ",",
      description = "The columns of the table to use, with new names if given; by default all.")
  private List<String> chosen = List.of();

  Path file() {
    return file;
  }

  AttributeSelection columns() {
    AttributeSelection selection = AttributeSelection.all().choosing(byAttribute(chosen));
    return key == null ? selection : selection.withKey(key);
  }

  /** Parses {@code NAME[=COLUMN]}; returns columns by names of attributes. */
  static Map<String, String> byAttribute(List<String> chosen) {
    Map<String, String> columns = new LinkedHashMap<>();
    for (String one : chosen) {
      String[] parts = one.split("=", 2);
      if (columns.putIfAbsent(parts[0], parts[parts.length - 1]) != null) {
        throw new InvalidAttributeException(
            "attribute must be chosen once: name='" + parts[0] + "'");
      }
    }
    return columns;
  }
}

package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Tsdb;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option for attributes that neighbors are shown with. */
final class SelectOption {
  @Option(
      names = "--select",
      paramLabel = "NAME",
      split = ",",
      description =
          "Attributes to show for each neighbor, for example type,period. A table on a terminal"
              + " shows by default the declared attributes that fit its width.")
  private @Nullable List<String> names;

  /** Returns the attributes that the option names. */
  List<String> named() {
    return names == null ? List.of() : names.stream().distinct().toList();
  }

  /**
   * Returns the attributes to request. The option names them. Without the option, a table on a
   * terminal requests all declared attributes, and other output requests none.
   */
  List<String> attributes(OutputFormat format, Tsdb database) {
    return hasDefault(format)
        ? database.attributeTypes().declared().keySet().stream().limit(Query.MAX_SELECTED).toList()
        : named();
  }

  /** Returns the width in characters that attributes must fit, or empty if all are shown. */
  OptionalInt width(OutputFormat format) {
    return hasDefault(format) ? OptionalInt.of(Screen.terminal().columns()) : OptionalInt.empty();
  }

  private boolean hasDefault(OutputFormat format) {
    return names == null && format == OutputFormat.TABLE && Screen.isTerminal();
  }
}

package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.language.LanguageOptions;
import dev.vantage.tsdb.language.Limit;
import dev.vantage.tsdb.language.Value;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that give programs of the query language arguments and limits. */
final class ProgramOptions {
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?");
  private static final String PERIOD = ",period=";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--arg",
      paramLabel = "NAME=VALUE",
      description = "Binds a name to a number, or to a text where the value is no number.")
  private List<String> arguments = List.of();

  @Option(
      names = "--arg-text",
      paramLabel = "NAME=TEXT",
      description = "Binds a name to a text, also where it looks like a number.")
  private List<String> texts = List.of();

  @Option(
      names = "--series",
      paramLabel = "NAME=FILE[,period=P]",
      description = "Binds a name to the series in a file.")
  private List<String> series = List.of();

  @Option(
      names = "--max-rows",
      paramLabel = "N",
      description = "The most rows that a table may have; 1000000 by default.")
  private @Nullable Long maxRows;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "The most steps that the program may take; 100000000 by default.")
  private @Nullable Long maxSteps;

  /** Reads the arguments, with their files. */
  LanguageOptions read() {
    LanguageOptions options =
        LanguageOptions.DEFAULT
            .withFiles(new ProgramFiles())
            .withHint(Limit.STEPS, "--steps N")
            .withHint(Limit.ROWS, "--max-rows N");
    options = maxRows == null ? options : options.withLimit(Limit.ROWS, maxRows);
    options = maxSteps == null ? options : options.withLimit(Limit.STEPS, maxSteps);
    options = with(options, "--arg", arguments, ProgramOptions::numberOrText);
    options = with(options, "--arg-text", texts, Value.Text::new);
    return with(options, "--series", series, this::fromFile);
  }

  private LanguageOptions with(
      LanguageOptions begun, String option, List<String> given, Function<String, Value> reading) {
    LanguageOptions options = begun;
    for (String one : given) {
      int end = one.indexOf('=');
      if (end < 1) {
        throw new ParameterException(
            spec.commandLine(), option + " must be NAME=...: " + option + "=" + one);
      }
      options = options.withArgument(one.substring(0, end), reading.apply(one.substring(end + 1)));
    }
    return options;
  }

  private static Value numberOrText(String given) {
    if (NUMBER.matcher(given).matches()) {
      try {
        if (WHOLE.matcher(given).matches()) {
          return new Value.LongNumber(Long.parseLong(given));
        }
        return new Value.DoubleNumber(Double.parseDouble(given));
      } catch (IllegalArgumentException e) {
        return new Value.Text(given); // a number that no long or no double holds
      }
    }
    return new Value.Text(given);
  }

  private Value fromFile(String given) {
    int end = given.lastIndexOf(PERIOD);
    String file = end < 0 ? given : given.substring(0, end);
    try {
      TimeSeries read = new ProgramFiles().read(file);
      return new Value.SeriesValue(
          "", end < 0 ? read : read.foldedBy(period(given.substring(end + PERIOD.length()))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private double period(String given) {
    if (!NUMBER.matcher(given).matches()) {
      throw new ParameterException(
          spec.commandLine(), "period of --series must be a number: period=" + given);
    }
    return Double.parseDouble(given);
  }
}

package dev.vantage.tsdb.server;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/**
 * The options for the log. They are read before all others, because the log cannot be configured
 * once a logger exists.
 */
@Command
class LogOptions {
  private static final String FORMAT = "--log-format";
  private static final List<String> LEVELS = List.of("error", "warn", "info", "debug", "trace");

  @Option(
      names = FORMAT,
      paramLabel = "text|json",
      converter = FormatConverter.class,
      description = "The format of log lines. Default: text.")
  private LogFormat logFormat = LogFormat.TEXT;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      converter = LevelConverter.class,
      description =
          "The least level that is logged: error, warn, info, debug (every request) or trace."
              + " Default: info.")
  private String logLevel = "info";

  /** Reads the options among the arguments. Ignores other options. */
  static LogOptions read(String[] arguments) {
    LogOptions options = new LogOptions();
    try {
      new CommandLine(options).setUnmatchedArgumentsAllowed(true).parseArgs(arguments);
    } catch (ParameterException e) {
      // The parser of all options reports this, in the format that is asked for.
      List<String> words = List.of(arguments);
      int format = words.indexOf(FORMAT);
      boolean isJson =
          words.contains(FORMAT + "=json")
              || format >= 0 && words.subList(format + 1, words.size()).indexOf("json") == 0;
      options.logFormat = isJson ? LogFormat.JSON : LogFormat.TEXT;
    }
    return options;
  }

  LogFormat format() {
    return logFormat;
  }

  /** Configures the log. */
  void use() {
    logFormat.use(logLevel);
  }

  /** Changes the level of the log that is in use. */
  void change() {
    LogFormat.change(logLevel);
  }

  /** Reads log formats. */
  static final class FormatConverter implements ITypeConverter<LogFormat> {
    @Override
    public LogFormat convert(String text) {
      return switch (text) {
        case "text" -> LogFormat.TEXT;
        case "json" -> LogFormat.JSON;
        default -> throw new TypeConversionException("must be text or json: '" + text + "'");
      };
    }
  }

  /** Reads levels. */
  static final class LevelConverter implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!LEVELS.contains(text)) {
        throw new TypeConversionException(
            "must be one of " + String.join(", ", LEVELS) + ": '" + text + "'");
      }
      return text;
    }
  }
}

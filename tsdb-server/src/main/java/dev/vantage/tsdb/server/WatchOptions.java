package dev.vantage.tsdb.server;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.server.watch.Watching;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say how a server is watched, and what it logs. */
final class WatchOptions {
  private static final List<String> LEVELS = List.of("error", "warn", "info", "debug", "trace");

  @Option(
      names = "--metrics",
      paramLabel = "HOST:PORT",
      description = {
        "Answers /metrics (for Prometheus), /health and /ready over HTTP there;",
        "port 0 takes any free port. Default: nowhere."
      })
  private InetSocketAddress metrics;

  @Option(
      names = "--insecure-metrics",
      description =
          "Allows --metrics where other machines can connect: they see counts, but no data.")
  private boolean insecureMetrics;

  @Option(
      names = "--slow",
      paramLabel = "TIME",
      converter = TimeOrNever.class,
      description = "Logs requests that take this long; 0 for none. Default: 1s.")
  private Duration slow = Watching.DEFAULT.slow();

  @Option(
      names = "--log-format",
      paramLabel = "text|json",
      converter = FormatConverter.class,
      description = "How lines of the log are written. Default: text.")
  private LogFormat logFormat = LogFormat.TEXT;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      converter = LevelConverter.class,
      description =
          "What is logged: error, warn, info, debug (every request) or trace. Default: info.")
  private String logLevel = "info";

  /** Says how to log. Whatever has a logger has to be called after this. */
  void useLog() {
    logFormat.use(logLevel);
  }

  /** How the server is watched. */
  Watching watching() {
    if (metrics != null && !insecureMetrics && !metrics.getAddress().isLoopbackAddress()) {
      throw new InvalidRequestException(
          "address of metrics must be a loopback address unless --insecure-metrics is given, since"
              + " anyone who can connect can read them: address="
              + Units.format(metrics));
    }
    return new Watching(Optional.ofNullable(metrics), slow);
  }

  /** Reads a time that may be 0. */
  static final class TimeOrNever implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return text.equals("0") ? Duration.ZERO : Units.duration(text);
    }
  }

  /** Reads how lines are written. */
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
      return text.toUpperCase(Locale.ROOT);
    }
  }
}

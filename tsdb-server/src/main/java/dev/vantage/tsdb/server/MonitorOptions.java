package dev.vantage.tsdb.server;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.server.monitor.MonitorSettings;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The options for metrics and for the log. */
final class MonitorOptions extends LogOptions {
  @Option(
      names = "--metrics",
      paramLabel = "HOST:PORT",
      description =
          "Serves /metrics (for Prometheus), /health and /ready over HTTP at this "
              + "address; port 0 takes any free port. Default: not served.")
  private @Nullable InetSocketAddress metrics;

  @Option(
      names = "--insecure-metrics",
      description =
          "Allows --metrics on an address that other machines can reach: they see counts, no data.")
  private boolean insecureMetrics;

  @Option(
      names = "--slow",
      paramLabel = "TIME",
      converter = TimeOrNever.class,
      description = "Logs requests that take at least this long; 0 for none. Default: 1s.")
  private Duration slow = MonitorSettings.DEFAULT.slow();

  /** Returns the settings of metrics and of the log of slow requests. */
  MonitorSettings monitor() {
    if (metrics != null && !insecureMetrics && !metrics.getAddress().isLoopbackAddress()) {
      throw new InvalidRequestException(
          "address of metrics must be a loopback address unless --insecure-metrics is given, since"
              + " anyone who can connect can read them: address="
              + Units.format(metrics));
    }
    return new MonitorSettings(Optional.ofNullable(metrics), slow);
  }

  /** Reads a time that may be 0. */
  static final class TimeOrNever implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return text.equals("0") ? Duration.ZERO : Units.duration(text);
    }
  }
}

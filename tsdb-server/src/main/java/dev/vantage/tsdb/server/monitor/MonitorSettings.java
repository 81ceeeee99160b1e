package dev.vantage.tsdb.server.monitor;

import dev.vantage.tsdb.InvalidRequestException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings of metrics and of the log of slow requests. Immutable.
 *
 * @param metrics the HTTP address of metrics, health and readiness, with port 0 for any free port;
 *     empty to serve none
 * @param slow requests that take at least this long are logged; zero to log none
 */
public record MonitorSettings(Optional<InetSocketAddress> metrics, Duration slow) {
  /** No metrics; requests of at least a second are logged. */
  public static final MonitorSettings DEFAULT =
      new MonitorSettings(Optional.empty(), Duration.ofSeconds(1));

  public MonitorSettings {
    if (slow.isNegative()) {
      throw new InvalidRequestException("slow must be >= 0: slow=" + slow);
    }
  }

  /**
   * Changes the address of metrics.
   *
   * @param address the address; port 0 takes any free port
   * @return a copy with that address
   */
  public MonitorSettings withMetrics(InetSocketAddress address) {
    return new MonitorSettings(Optional.of(address), slow);
  }

  /**
   * Changes the duration from which requests are logged.
   *
   * @param newSlow the duration, zero to log none
   * @return a copy with that duration
   */
  public MonitorSettings withSlow(Duration newSlow) {
    return new MonitorSettings(metrics, newSlow);
  }
}

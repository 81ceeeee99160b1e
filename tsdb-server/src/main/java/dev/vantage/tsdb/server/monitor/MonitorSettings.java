package dev.vantage.tsdb.server.monitor;

import dev.vantage.tsdb.InvalidRequestException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * How a server is watched. Immutable.
 *
 * @param metrics where metrics, health and readiness are answered over HTTP, port 0 for any free
 *     one; empty for nowhere
 * @param slow a request that takes this long is logged; zero for none
 */
public record MonitorSettings(Optional<InetSocketAddress> metrics, Duration slow) {
  /** No metrics; a request is slow after a second. */
  public static final MonitorSettings DEFAULT =
      new MonitorSettings(Optional.empty(), Duration.ofSeconds(1));

  public MonitorSettings {
    if (slow.isNegative()) {
      throw new InvalidRequestException("slow must be >= 0: slow=" + slow);
    }
  }

  /**
   * Changes where metrics are.
   *
   * @param address where to answer; port 0 takes any free port
   * @return a copy with that address
   */
  public MonitorSettings withMetrics(InetSocketAddress address) {
    return new MonitorSettings(Optional.of(address), slow);
  }

  /**
   * Changes what is slow.
   *
   * @param newSlow the time, zero for none
   * @return a copy with that time
   */
  public MonitorSettings withSlow(Duration newSlow) {
    return new MonitorSettings(metrics, newSlow);
  }
}

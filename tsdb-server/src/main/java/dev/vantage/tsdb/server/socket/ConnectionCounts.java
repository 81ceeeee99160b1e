package dev.vantage.tsdb.server.socket;

import dev.vantage.tsdb.server.dispatch.Gauges;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How many connections there are, of all addresses and of each. Thread-safe. */
final class ConnectionCounts {
  private final int most;
  private final int mostPerAddress;
  private final Map<InetAddress, Integer> byAddress = new HashMap<>();
  private int all;
  private long accepted;
  private long rejected;

  ConnectionCounts(Limits limits) {
    this.most = limits.maxConnections();
    this.mostPerAddress = limits.maxPerAddress();
  }

  /** Counts one more, unless there are too many: then tells the rule that says so. */
  synchronized Optional<String> enter(InetAddress address) {
    int same = byAddress.getOrDefault(address, 0);
    if (all >= most) {
      rejected++;
      return Optional.of("connections must be at most " + most);
    }
    if (same >= mostPerAddress) {
      rejected++;
      return Optional.of("connections from one address must be at most " + mostPerAddress);
    }
    all++;
    accepted++;
    byAddress.put(address, same + 1);
    return Optional.empty();
  }

  /** Counts one less. */
  synchronized void leave(InetAddress address) {
    all--;
    byAddress.computeIfPresent(address, (same, count) -> count == 1 ? null : count - 1);
  }

  void describe(Gauges gauges) {
    gauges.load("connections", this::all);
    gauges.load("connections_accepted", this::accepted);
    gauges.load("connections_rejected", this::rejected);
  }

  private synchronized long all() {
    return all;
  }

  private synchronized long accepted() {
    return accepted;
  }

  private synchronized long rejected() {
    return rejected;
  }
}

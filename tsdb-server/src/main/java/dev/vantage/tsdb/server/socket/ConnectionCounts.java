package dev.vantage.tsdb.server.socket;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.vantage.tsdb.server.dispatch.Gauges;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Thread-safe. Counts connections: in all, per address, and unauthenticated ones. Unauthenticated
 * connections never block other clients: when a limit is reached, the oldest unauthenticated
 * connection of the address that has the most of them is ended.
 */
final class ConnectionCounts {
  private final int most;
  private final int mostPerAddress;
  private final int mostStrangers;

  @GuardedBy("this")
  private final Map<InetAddress, Integer> byAddress = new HashMap<>();

  /** Unauthenticated connections, the oldest first. */
  @GuardedBy("this")
  private final Set<Place> strangers = new LinkedHashSet<>();

  @GuardedBy("this")
  private int all;

  @GuardedBy("this")
  private long accepted;

  @GuardedBy("this")
  private long rejected;

  @GuardedBy("this")
  private long strangersEnded;

  ConnectionCounts(Limits limits) {
    this.most = limits.maxConnections();
    this.mostPerAddress = limits.maxPerAddress();
    this.mostStrangers = limits.maxUnauthenticated();
  }

  /** One counted connection. */
  static final class Place {
    private final InetAddress address;
    private final Runnable end;
    private boolean left;

    private Place(InetAddress address, Runnable end) {
      this.address = address;
      this.end = end;
    }
  }

  /** A newly counted connection, or the rule that it would break. */
  record Entry(Optional<Place> place, String problem) {}

  /**
   * Counts a new connection, unless it would exceed a limit.
   *
   * @param address the address of the client
   * @param stranger whether the connection starts unauthenticated
   * @param end ends the connection at once; only run while it is unauthenticated; must not throw
   */
  Entry enter(InetAddress address, boolean stranger, Runnable end) {
    Optional<Place> ended;
    Entry entry;
    synchronized (this) {
      ended = isFull(stranger) ? surplus() : Optional.empty();
      ended.ifPresent(this::leave);
      entry = enterIfRoom(address, stranger, end);
    }
    ended.ifPresent(place -> place.end.run());
    return entry;
  }

  @GuardedBy("this")
  private boolean isFull(boolean stranger) {
    return all >= most || (stranger && strangers.size() >= mostStrangers);
  }

  /** Returns the connection to end. An address with many connections loses its own. */
  @GuardedBy("this")
  private Optional<Place> surplus() {
    Map<InetAddress, Integer> counts = new HashMap<>();
    strangers.forEach(place -> counts.merge(place.address, 1, Integer::sum));
    Optional<Place> surplus =
        strangers.stream().max(Comparator.comparing(place -> counts.get(place.address)));
    strangersEnded += surplus.isPresent() ? 1 : 0;
    return surplus;
  }

  @GuardedBy("this")
  private Entry enterIfRoom(InetAddress address, boolean stranger, Runnable end) {
    int same = byAddress.getOrDefault(address, 0);
    if (all >= most) {
      rejected++;
      return new Entry(Optional.empty(), "connections must be at most " + most);
    }
    if (same >= mostPerAddress) {
      rejected++;
      return new Entry(
          Optional.empty(), "connections from one address must be at most " + mostPerAddress);
    }
    all++;
    accepted++;
    byAddress.put(address, same + 1);
    Place place = new Place(address, end);
    if (stranger) {
      strangers.add(place);
    }
    return new Entry(Optional.of(place), "");
  }

  /** Marks the connection as authenticated. */
  synchronized void admitted(Place place) {
    strangers.remove(place);
  }

  /** Stops counting the connection. Idempotent. */
  synchronized void leave(Place place) {
    if (place.left) {
      return;
    }
    place.left = true;
    strangers.remove(place);
    all--;
    byAddress.computeIfPresent(place.address, (same, count) -> count == 1 ? null : count - 1);
  }

  void describe(Gauges gauges) {
    gauges.load("connections", this::all);
    gauges.load("connections_accepted", this::accepted);
    gauges.load("connections_rejected", this::rejected);
    gauges.load("unauthenticated", this::strangers);
    gauges.load("unauthenticated_ended", this::strangersEnded);
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

  private synchronized long strangers() {
    return strangers.size();
  }

  private synchronized long strangersEnded() {
    return strangersEnded;
  }
}

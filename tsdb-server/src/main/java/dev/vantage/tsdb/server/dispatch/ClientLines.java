package dev.vantage.tsdb.server.dispatch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Limits the log lines that clients can cause: {@value #LINES_OF_ADDRESS} a minute for each
 * address, and {@value #LINES_OF_ALL} a minute for all together. Lines that are left out are
 * counted, and the counts are logged when the minute is over. Thread-safe.
 */
public final class ClientLines {
  static final int LINES_OF_ADDRESS = 60;
  static final int LINES_OF_ALL = 600;

  /**
   * The number of addresses that are counted individually; beyond it, the oldest are counted
   * together.
   */
  private static final int MOST_ADDRESSES = 1000;

  private static final int TOLD_ADDRESSES = 10;
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
  private static final Logger LOG = LoggerFactory.getLogger(ClientLines.class);

  private final LongSupplier nanoTime;

  @GuardedBy("this")
  private final Map<String, Lines> byAddress = new LinkedHashMap<>();

  @GuardedBy("this")
  private long begun;

  @GuardedBy("this")
  private int lines;

  @GuardedBy("this")
  private long othersLeftOut;

  private static final class Lines {
    private int lines;
    private long leftOut;
  }

  /**
   * Creates an unused limit.
   *
   * @param nanoTime the clock, as {@link System#nanoTime}
   */
  public ClientLines(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.begun = nanoTime.getAsLong();
  }

  /**
   * Begins a line about a client.
   *
   * @param peer the address of the client, with its port
   * @param line the line
   * @return the line, with the address; or empty if it is to be left out
   */
  public Optional<LoggingEventBuilder> of(String peer, LoggingEventBuilder line) {
    return tryTake(peer.substring(0, Math.max(0, peer.lastIndexOf(':'))))
        ? Optional.of(line.addKeyValue("peer", peer))
        : Optional.empty();
  }

  synchronized boolean tryTake(String address) {
    tellLeftOut();
    if (byAddress.size() == MOST_ADDRESSES && !byAddress.containsKey(address)) {
      Iterator<Lines> oldest = byAddress.values().iterator();
      othersLeftOut += oldest.next().leftOut;
      oldest.remove();
    }
    Lines own = byAddress.computeIfAbsent(address, one -> new Lines());
    if (own.lines >= LINES_OF_ADDRESS || lines >= LINES_OF_ALL) {
      own.leftOut++;
      return false;
    }
    own.lines++;
    lines++;
    return true;
  }

  /** Logs how many lines the last minute left out, if it is over. To be called periodically. */
  public synchronized void tellLeftOut() {
    long now = nanoTime.getAsLong();
    if (now - begun < MINUTE) {
      return;
    }
    begun = now;
    lines = 0;
    int told = 0;
    for (Map.Entry<String, Lines> one : byAddress.entrySet()) {
      long leftOut = one.getValue().leftOut;
      if (leftOut > 0 && told < TOLD_ADDRESSES) {
        told++;
        tell(one.getKey(), leftOut);
      } else {
        othersLeftOut += leftOut;
      }
    }
    if (othersLeftOut > 0) {
      tell("others", othersLeftOut);
    }
    othersLeftOut = 0;
    byAddress.clear();
  }

  private static void tell(String address, long leftOut) {
    LOG.atWarn()
        .addKeyValue("address", address)
        .addKeyValue("lines", leftOut)
        .log("lines about clients left out");
  }
}

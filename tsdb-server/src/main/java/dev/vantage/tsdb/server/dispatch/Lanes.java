package dev.vantage.tsdb.server.dispatch;

import dev.vantage.tsdb.protocol.Op;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The workers of a server. Requests that read have a lane, and those that write another one, so
 * that writers which wait for the disk never hold up readers. Thread-safe.
 */
public final class Lanes {
  /** A body of more bytes takes longer to parse than a carrier of other clients should be kept. */
  private static final int LARGE_BYTES = 64 * 1024;

  private final Lane reading;
  private final Lane writing;

  /** For parsing large bodies; every connection has one at most, so it needs no bound. */
  private final Optional<Turns> parsing;

  private Lanes(Lane reading, Lane writing, Optional<Turns> parsing) {
    this.reading = reading;
    this.writing = writing;
    this.parsing = parsing;
  }

  /**
   * Lanes in which the calling threads work, each when it is its turn.
   *
   * @param limits how many at once, and how many may wait
   * @return the lanes
   */
  public static Lanes ofCallers(RequestLimits limits) {
    return new Lanes(
        new Lane("reading", limits.workers(), limits.queue(), new OwnTurns(limits.workers())),
        new Lane("writing", limits.writers(), limits.queue(), new OwnTurns(limits.writers())),
        Optional.empty());
  }

  /**
   * Lanes with threads of their own, for callers that are virtual threads.
   *
   * @param limits how many threads, and how many callers may wait
   * @return the lanes
   */
  public static Lanes ofWorkers(RequestLimits limits) {
    int workers = limits.workers();
    int writers = limits.writers();
    int processors = Runtime.getRuntime().availableProcessors();
    return new Lanes(
        new Lane("reading", workers, limits.queue(), new WorkerTurns("reading", workers)),
        new Lane("writing", writers, limits.queue(), new WorkerTurns("writing", writers)),
        Optional.of(new WorkerTurns("parsing", processors)));
  }

  /** The lane of an operation; empty if it is answered on the spot. */
  Optional<Lane> of(Op op) {
    return switch (op) {
      case PING, HELLO, STATS, CACHE_STATS, CACHE_CONFIG, CACHE_CLEAR -> Optional.empty();
      default -> Optional.of(op.writes() ? writing : reading);
    };
  }

  /** Parses a body where that holds nobody up. */
  <T> T parse(int bytes, RequestDeadline deadline, Supplier<T> parse) {
    return bytes > LARGE_BYTES && parsing.isPresent()
        ? parsing.get().take(deadline, parse)
        : parse.get();
  }

  void describe(Gauges gauges) {
    gauges.load("reads_running", reading::running);
    gauges.load("reads_queued", reading::queued);
    gauges.load("writes_running", writing::running);
    gauges.load("writes_queued", writing::queued);
  }

  /** Lets the workers go once they are done. */
  void close() {
    reading.close();
    writing.close();
    parsing.ifPresent(Turns::close);
  }
}

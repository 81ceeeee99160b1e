package dev.vantage.tsdb.server.dispatch;

import dev.vantage.tsdb.protocol.op.Op;
import dev.vantage.tsdb.protocol.op.Request;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The workers of a server. Thread-safe. Reads and writes have a lane each, so writers that wait for
 * the disk never block readers. Reads with a long condition have a third lane of few workers,
 * because each may take until its deadline. Programs have a fourth lane, so that they never hold up
 * searches, however many there are.
 */
public final class Lanes {
  /** Bodies of more bytes are not parsed on virtual threads, which would block other clients. */
  private static final int LARGE_BYTES = 64 * 1024;

  /** The length in characters above which a condition is long. */
  private static final int LONG_CONDITION = 1000;

  /** Workers of the reading lane for each worker of the lane for long conditions. */
  private static final int READERS_PER_SCANNER = 4;

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private static final long GIVE_WAY_NANOS = 300_000;

  /** So that a program goes on, slowly, beside searches that never end. */
  private static final int MOST_PAUSES = 8;

  private final Lane reading;
  private final Lane scanning;
  private final Lane writing;
  private final Lane evaluating;

  /** Parses large bodies. Unbounded, since each connection has at most one. */
  private final Optional<WorkerSlots> parsing;

  private Lanes(
      Lane reading, Lane scanning, Lane writing, Lane evaluating, Optional<WorkerSlots> parsing) {
    this.reading = reading;
    this.scanning = scanning;
    this.writing = writing;
    this.evaluating = evaluating;
    this.parsing = parsing;
  }

  /**
   * Creates lanes in which the calling threads do the work, in the order of the queue.
   *
   * @param limits the number of threads that work at once and that may wait
   * @return the lanes
   */
  public static Lanes ofCallers(RequestLimits limits) {
    return new Lanes(
        new Lane("reading", limits.workers(), limits.queue(), new CallerSlots(limits.workers())),
        new Lane("scanning", scanners(limits), limits.queue(), new CallerSlots(scanners(limits))),
        new Lane("writing", limits.writers(), limits.queue(), new CallerSlots(limits.writers())),
        new Lane(
            "evaluating",
            limits.eval().workers(),
            limits.queue(),
            new CallerSlots(limits.eval().workers())),
        Optional.empty());
  }

  /**
   * Makes lanes with platform threads of their own, for callers on virtual threads.
   *
   * @param limits the number of threads that work at once, and of callers that may wait
   * @return the lanes
   */
  public static Lanes ofWorkers(RequestLimits limits) {
    int workers = limits.workers();
    int writers = limits.writers();
    int processors = Runtime.getRuntime().availableProcessors();
    return new Lanes(
        new Lane("reading", workers, limits.queue(), new ThreadPoolSlots("reading", workers)),
        new Lane(
            "scanning",
            scanners(limits),
            limits.queue(),
            new ThreadPoolSlots("scanning", scanners(limits))),
        new Lane("writing", writers, limits.queue(), new ThreadPoolSlots("writing", writers)),
        new Lane(
            "evaluating",
            limits.eval().workers(),
            limits.queue(),
            new ThreadPoolSlots("evaluating", limits.eval().workers())),
        Optional.of(new ThreadPoolSlots("parsing", processors)));
  }

  private static int scanners(RequestLimits limits) {
    return 1 + (limits.workers() - 1) / READERS_PER_SCANNER;
  }

  /** Returns the lane of a request. Its operation must have a lane. */
  Lane of(Request request) {
    boolean isLong =
        request.where().filter(one -> one.toString().length() > LONG_CONDITION).isPresent();
    return isLong ? scanning : of(request.op()).orElseThrow();
  }

  /** Returns the lane of an operation; empty if the calling thread answers without waiting. */
  Optional<Lane> of(Op op) {
    return switch (op) {
      case PING, HELLO, STATS, CACHE_STATS, CACHE_CONFIG, CACHE_CLEAR, BACKUP, EXPORT ->
          Optional.empty();
      case EVAL -> Optional.of(evaluating);
      default -> Optional.of(op.writes() ? writing : reading);
    };
  }

  /**
   * Parses a body: a large one on a pool of platform threads, so that it does not block the
   * carriers of virtual threads, and a small one on the calling thread.
   */
  <T> T parse(int bytes, RequestDeadline deadline, Supplier<T> parse) {
    return bytes > LARGE_BYTES && parsing.isPresent()
        ? parsing.get().take(deadline, parse)
        : parse.get();
  }

  /** Makes a program wait, a few milliseconds at most, while searches need the processors. */
  void giveWay() {
    for (int pause = 0; pause < MOST_PAUSES && searchesNeedProcessors(); pause++) {
      LockSupport.parkNanos(GIVE_WAY_NANOS);
    }
  }

  private boolean searchesNeedProcessors() {
    int reads = reading.running() + scanning.running();
    return reads > 0 && reads + evaluating.running() >= PROCESSORS;
  }

  void describe(Gauges gauges) {
    gauges.load("reads_running", () -> reading.running() + scanning.running());
    gauges.load("reads_queued", () -> reading.queued() + scanning.queued());
    gauges.load("writes_running", writing::running);
    gauges.load("writes_queued", writing::queued);
    gauges.load("evals_running", evaluating::running);
    gauges.load("evals_queued", evaluating::queued);
  }

  /** Ends the workers after their current work. */
  void close() {
    reading.close();
    scanning.close();
    writing.close();
    evaluating.close();
    parsing.ifPresent(WorkerSlots::close);
  }
}

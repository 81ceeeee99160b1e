package dev.vantage.tsdb.server.dispatch;

import dev.vantage.tsdb.AttributeLimits;
import dev.vantage.tsdb.InvalidRequestException;
import java.time.Duration;

/**
 * How much is done at once, and what one request may take. Immutable.
 *
 * <p>Requests that read and requests that write wait for workers of their own, so that neither
 * starves the other; {@code queue} is that of each of the two.
 *
 * @param workers how many requests that read are worked on at once, from 1
 * @param writers how many requests that write are worked on at once, from 1: they wait for the disk
 *     together, so that more of them cost little
 * @param queue how many more may wait for a worker, from 0; any further one is refused
 * @param timeout the most time that a request may take from when it was read, waiting included;
 *     above 0
 * @param maxPoints the most points of a series that is sent, from 2
 * @param maxK the most neighbors that a search may answer, from 1
 * @param maxIds the most ids that are answered at once, from 1
 * @param attributes the most attributes; in force if the database was opened with them
 */
public record RequestLimits(
    int workers,
    int writers,
    int queue,
    Duration timeout,
    int maxPoints,
    int maxK,
    int maxIds,
    AttributeLimits attributes) {

  /**
   * Two workers for each processor, at least 4, to read; 128 to write; 256 requests that wait; 60
   * s; a million points, neighbors and ids; {@link AttributeLimits#DEFAULT}.
   */
  public static final RequestLimits DEFAULT =
      new RequestLimits(
          Math.max(4, 2 * Runtime.getRuntime().availableProcessors()),
          128,
          256,
          Duration.ofSeconds(60),
          1_000_000,
          1_000_000,
          1_000_000,
          AttributeLimits.DEFAULT);

  public RequestLimits {
    check(workers >= 1, "workers must be >= 1", workers);
    check(writers >= 1, "writers must be >= 1", writers);
    check(queue >= 0, "queue must be >= 0", queue);
    check(!timeout.isNegative() && !timeout.isZero(), "request timeout must be > 0", timeout);
    check(maxPoints >= 2, "max points must be >= 2", maxPoints);
    check(maxK >= 1, "max k must be >= 1", maxK);
    check(maxIds >= 1, "max ids must be >= 1", maxIds);
  }

  private static void check(boolean holds, String rule, Object value) {
    if (!holds) {
      throw new InvalidRequestException(rule + ": value=" + value);
    }
  }

  /**
   * Changes the number of workers and the length of the queue.
   *
   * @param newWorkers how many requests are worked on at once, of each of the two kinds, from 1
   * @param newQueue how many more may wait, from 0
   * @return a copy with those
   */
  public RequestLimits withWorkers(int newWorkers, int newQueue) {
    return new RequestLimits(
        newWorkers, newWorkers, newQueue, timeout, maxPoints, maxK, maxIds, attributes);
  }

  /**
   * Changes the time.
   *
   * @param newTimeout the most time that a request may take, above 0
   * @return a copy with that time
   */
  public RequestLimits withTimeout(Duration newTimeout) {
    return new RequestLimits(
        workers, writers, queue, newTimeout, maxPoints, maxK, maxIds, attributes);
  }

  /**
   * Changes the most that may be asked for at once.
   *
   * @param newMaxPoints the most points of a series that is sent, from 2
   * @param newMaxK the most neighbors, from 1
   * @param newMaxIds the most ids, from 1
   * @return a copy with those
   */
  public RequestLimits withSizes(int newMaxPoints, int newMaxK, int newMaxIds) {
    return new RequestLimits(
        workers, writers, queue, timeout, newMaxPoints, newMaxK, newMaxIds, attributes);
  }

  void describe(Gauges gauges) {
    gauges.limit("workers", workers);
    gauges.limit("writers", writers);
    gauges.limit("queue", queue);
    gauges.limit("request_timeout_ms", timeout.toMillis());
    gauges.limit("max_points", maxPoints);
    gauges.limit("max_k", maxK);
    gauges.limit("max_ids", maxIds);
    gauges.limit("max_attributes", attributes.perSeries());
    gauges.limit("max_attribute_names", attributes.perDatabase());
  }
}

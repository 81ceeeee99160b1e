package dev.vantage.tsdb.server.dispatch;

import dev.vantage.tsdb.AttributeLimits;
import dev.vantage.tsdb.InvalidRequestException;
import java.time.Duration;

/**
 * Limits on concurrent requests, and on the time and size of each. Immutable.
 *
 * <p>Reads and writes have separate workers and separate queues, so neither starves the other.
 *
 * @param workers how many reads are executed at once, from 1
 * @param writers how many writes are executed at once, from 1; they wait for the disk together, so
 *     a large number costs little
 * @param queue how many more requests may wait in each of the two queues, from 0; further ones are
 *     refused
 * @param timeout the most time from the last byte of a request to its answer, with waiting; above 0
 * @param maxPoints the most points of a series in a request, from 2
 * @param maxK the most neighbors in an answer, from 1
 * @param maxIds the most ids in an answer, from 1
 * @param attributes the limits on attributes; in force only if the database was opened with them
 * @param eval the limits on programs, which have workers and a queue of their own
 */
public record RequestLimits(
    int workers,
    int writers,
    int queue,
    Duration timeout,
    int maxPoints,
    int maxK,
    int maxIds,
    AttributeLimits attributes,
    EvalLimits eval) {

  /**
   * Two reading workers for each processor, at least 4; 128 writing workers; queues of 256; 60 s; a
   * million points, neighbors and ids; {@link AttributeLimits#DEFAULT}.
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
          AttributeLimits.DEFAULT,
          EvalLimits.DEFAULT);

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
   * Changes the number of workers and the length of the queues.
   *
   * @param newWorkers how many reads, and how many writes, are executed at once, from 1
   * @param newQueue how many more may wait in each queue, from 0
   * @return a copy with these limits
   */
  public RequestLimits withWorkers(int newWorkers, int newQueue) {
    return new RequestLimits(
        newWorkers, newWorkers, newQueue, timeout, maxPoints, maxK, maxIds, attributes, eval);
  }

  /**
   * Changes the timeout of requests.
   *
   * @param newTimeout the most time that a request may take, above 0
   * @return a copy with that time
   */
  public RequestLimits withTimeout(Duration newTimeout) {
    return new RequestLimits(
        workers, writers, queue, newTimeout, maxPoints, maxK, maxIds, attributes, eval);
  }

  /**
   * Changes the sizes of requests and answers.
   *
   * @param newMaxPoints the most points of a series in a request, from 2
   * @param newMaxK the most neighbors in an answer, from 1
   * @param newMaxIds the most ids in an answer, from 1
   * @return a copy with these limits
   */
  public RequestLimits withSizes(int newMaxPoints, int newMaxK, int newMaxIds) {
    return new RequestLimits(
        workers, writers, queue, timeout, newMaxPoints, newMaxK, newMaxIds, attributes, eval);
  }

  /**
   * Changes the limits on programs.
   *
   * @param newEval the limits
   * @return a copy with these limits
   */
  public RequestLimits withEval(EvalLimits newEval) {
    return new RequestLimits(
        workers, writers, queue, timeout, maxPoints, maxK, maxIds, attributes, newEval);
  }

  /** Refuses an answer of too many ids or rows. */
  void checkAnswer(int limit) {
    if (limit > maxIds) {
      throw new InvalidRequestException("limit must be <= " + maxIds + ": limit=" + limit);
    }
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
    eval.describe(gauges);
  }
}

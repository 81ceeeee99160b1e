package dev.vantage.tsdb.client;

import java.time.Duration;

/**
 * The time that a call may take: so much between two answers, and so much in all.
 *
 * @param perAnswer the most time to wait for an answer
 * @param total the most time for the call
 * @param startNanos when the call began
 */
record Deadline(Duration perAnswer, Duration total, long startNanos) {
  /** The longest time that fits in a count of nanoseconds, about 146 years. */
  static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE / 2);

  /** Begins now. */
  static Deadline start(Duration perAnswer, Duration total) {
    return new Deadline(shorter(perAnswer, FOREVER), shorter(total, FOREVER), System.nanoTime());
  }

  /** The time there is for the next answer; 0 or less when none is left. */
  Duration left() {
    return shorter(perAnswer, total.minusNanos(System.nanoTime() - startNanos));
  }

  boolean hasPassed() {
    return left().isNegative() || left().isZero();
  }

  /** What was allowed, for messages. */
  Duration allowed() {
    return shorter(perAnswer, total);
  }

  static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}

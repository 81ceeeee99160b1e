package dev.vantage.tsdb.server.socket;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.protocol.Frames;
import java.time.Duration;

/**
 * What a connection may take, and for how long. Immutable.
 *
 * @param maxConnections the most connections that are served at once, from 1
 * @param maxFrame the longest frame that is accepted, in bytes, from {@link Frames#MIN_LENGTH}
 * @param idleTimeout how long a connection may wait before its next frame begins
 * @param frameTimeout how long the rest of a frame may take to arrive, or to be taken by the client
 * @param drainTimeout how long requests in flight may take when the server closes
 */
public record Limits(
    int maxConnections,
    int maxFrame,
    Duration idleTimeout,
    Duration frameTimeout,
    Duration drainTimeout) {

  public Limits {
    check(maxConnections >= 1, "max connections must be >= 1", maxConnections);
    check(maxFrame >= Frames.MIN_LENGTH, "max frame must be >= " + Frames.MIN_LENGTH, maxFrame);
    checkPositive("idle timeout", idleTimeout);
    checkPositive("frame timeout", frameTimeout);
    checkPositive("drain timeout", drainTimeout);
  }

  private static void checkPositive(String name, Duration timeout) {
    check(!timeout.isNegative() && !timeout.isZero(), name + " must be > 0", timeout);
  }

  private static void check(boolean holds, String rule, Object value) {
    if (!holds) {
      throw new InvalidRequestException(rule + ": value=" + value);
    }
  }
}

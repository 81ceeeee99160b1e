package dev.vantage.tsdb.client;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.protocol.Frames;
import java.time.Duration;

/**
 * How a server is reached. Immutable.
 *
 * @param connectTimeout the most time that one try to connect may take, above 0
 * @param connectTries how often to try to connect before giving up, from 1
 * @param requestTimeout the most time that a request may take, above 0; of a batch, the most time
 *     between two answers
 * @param maxConnections the most connections open at once, from 1; more calls than that wait for
 *     one another
 * @param maxFrame the longest request that is sent, in bytes; what the server accepts, or less
 */
public record ClientOptions(
    Duration connectTimeout,
    int connectTries,
    Duration requestTimeout,
    int maxConnections,
    int maxFrame) {
  /** 2 s to connect, 3 tries; 120 s for a request; 8 connections; requests of 64 MiB. */
  public static final ClientOptions DEFAULT =
      new ClientOptions(
          Duration.ofSeconds(2), 3, Duration.ofSeconds(120), 8, Frames.DEFAULT_MAX_LENGTH);

  public ClientOptions {
    checkPositive("connect timeout", connectTimeout);
    checkAtLeast("connect tries", 1, connectTries);
    checkPositive("request timeout", requestTimeout);
    checkAtLeast("max connections", 1, maxConnections);
    checkAtLeast("max frame", Frames.MIN_LENGTH, maxFrame);
  }

  /**
   * Changes how connections are tried.
   *
   * @param timeout the most time that one try may take
   * @param tries how often to try
   * @return a copy that does so
   */
  public ClientOptions withConnecting(Duration timeout, int tries) {
    return new ClientOptions(timeout, tries, requestTimeout, maxConnections, maxFrame);
  }

  /**
   * Changes the most time that a request may take.
   *
   * @param timeout the time
   * @return a copy with that time
   */
  public ClientOptions withRequestTimeout(Duration timeout) {
    return new ClientOptions(connectTimeout, connectTries, timeout, maxConnections, maxFrame);
  }

  /**
   * Changes the number of connections.
   *
   * @param most the most connections open at once
   * @return a copy with that number
   */
  public ClientOptions withMaxConnections(int most) {
    return new ClientOptions(connectTimeout, connectTries, requestTimeout, most, maxFrame);
  }

  private static void checkPositive(String what, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new InvalidRequestException(what + " must be > 0: " + what + "=" + duration);
    }
  }

  private static void checkAtLeast(String what, int least, int number) {
    if (number < least) {
      throw new InvalidRequestException(what + " must be >= " + least + ": " + what + "=" + number);
    }
  }
}

package dev.vantage.tsdb.server.socket;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.protocol.Frames;
import dev.vantage.tsdb.server.dispatch.Gauges;
import java.time.Duration;

/**
 * Limits on the number, time and memory of connections. Immutable. Only the memory of a request or
 * answer above 64 KiB is counted.
 *
 * @param maxConnections the most connections that are served at once, from 1
 * @param maxPerAddress the most connections from one address, from 1
 * @param maxUnauthenticated the most unauthenticated connections, from 1; beyond it, the oldest one
 *     of the address that has the most of them is ended
 * @param maxFrame the longest frame that is accepted, in bytes, from {@link Frames#MIN_LENGTH}
 * @param maxBuffered the most bytes of memory that large requests and answers of all connections
 *     may take together, while they are received, executed or sent; from 1
 * @param idleTimeout how long a connection may wait before its next frame begins
 * @param frameTimeout how long the rest of a frame may take to arrive
 * @param helloTimeout how long a client may take to authenticate, from the start of its connection
 * @param responseTimeout how long a client may take to receive an answer
 * @param drainTimeout how long requests in flight may take when the server closes
 */
public record Limits(
    int maxConnections,
    int maxPerAddress,
    int maxUnauthenticated,
    int maxFrame,
    long maxBuffered,
    Duration idleTimeout,
    Duration frameTimeout,
    Duration helloTimeout,
    Duration responseTimeout,
    Duration drainTimeout) {
  private static final int VIRTUAL_CONNECTIONS = 10_000;
  private static final int PLATFORM_CONNECTIONS = 512;

  private static final Duration HELLO_TIMEOUT = Duration.ofSeconds(10);

  /**
   * 10,000 connections where threads are virtual, else 512; as many per address; half as many
   * unauthenticated; frames of 64 MiB; a quarter of the heap for large requests and answers; 10
   * minutes idle; 60 s for a frame and for an answer; 10 s to authenticate and to drain.
   */
  public static final Limits DEFAULT =
      new Limits(
          Threads.areVirtual() ? VIRTUAL_CONNECTIONS : PLATFORM_CONNECTIONS,
          Frames.DEFAULT_MAX_LENGTH,
          Duration.ofMinutes(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(10));

  public Limits {
    check(maxConnections >= 1, "max connections must be >= 1", maxConnections);
    check(maxPerAddress >= 1, "max connections per address must be >= 1", maxPerAddress);
    check(maxUnauthenticated >= 1, "max unauthenticated must be >= 1", maxUnauthenticated);
    check(maxFrame >= Frames.MIN_LENGTH, "max frame must be >= " + Frames.MIN_LENGTH, maxFrame);
    check(maxBuffered >= 1, "max buffered must be >= 1", maxBuffered);
    checkPositive("idle timeout", idleTimeout);
    checkPositive("frame timeout", frameTimeout);
    checkPositive("hello timeout", helloTimeout);
    checkPositive("response timeout", responseTimeout);
    checkPositive("drain timeout", drainTimeout);
  }

  /**
   * Creates limits without a limit per address: a quarter of the heap for large requests and
   * answers, half of the connections for unauthenticated clients, and 10 s to authenticate.
   *
   * @param maxConnections the most connections that are served at once, from 1
   * @param maxFrame the longest frame that is accepted, in bytes, from {@link Frames#MIN_LENGTH}
   * @param idleTimeout how long a connection may wait before its next frame begins
   * @param frameTimeout how long the rest of a frame may take to arrive, and a client may take to
   *     receive an answer
   * @param drainTimeout how long requests in flight may take when the server closes
   */
  public Limits(
      int maxConnections,
      int maxFrame,
      Duration idleTimeout,
      Duration frameTimeout,
      Duration drainTimeout) {
    this(
        maxConnections,
        maxConnections,
        Math.max(1, maxConnections / 2),
        maxFrame,
        Runtime.getRuntime().maxMemory() / 4,
        idleTimeout,
        frameTimeout,
        HELLO_TIMEOUT,
        frameTimeout,
        drainTimeout);
  }

  /**
   * Changes how many connections one address may have.
   *
   * @param newMaxPerAddress the most connections, from 1
   * @return a copy with that number
   */
  public Limits withMaxPerAddress(int newMaxPerAddress) {
    return new Limits(
        maxConnections,
        newMaxPerAddress,
        maxUnauthenticated,
        maxFrame,
        maxBuffered,
        idleTimeout,
        frameTimeout,
        helloTimeout,
        responseTimeout,
        drainTimeout);
  }

  /**
   * Changes the memory for large requests and answers.
   *
   * @param newMaxBuffered the most bytes, from 1
   * @return a copy with that limit
   */
  public Limits withMaxBuffered(long newMaxBuffered) {
    return new Limits(
        maxConnections,
        maxPerAddress,
        maxUnauthenticated,
        maxFrame,
        newMaxBuffered,
        idleTimeout,
        frameTimeout,
        helloTimeout,
        responseTimeout,
        drainTimeout);
  }

  /**
   * Changes how long a client may take to receive an answer.
   *
   * @param newResponseTimeout the time, above 0
   * @return a copy with that time
   */
  public Limits withResponseTimeout(Duration newResponseTimeout) {
    return new Limits(
        maxConnections,
        maxPerAddress,
        maxUnauthenticated,
        maxFrame,
        maxBuffered,
        idleTimeout,
        frameTimeout,
        helloTimeout,
        newResponseTimeout,
        drainTimeout);
  }

  /**
   * Changes the limits on unauthenticated clients.
   *
   * @param newMaxUnauthenticated the most unauthenticated connections, from 1
   * @param newHelloTimeout how long a client may take to authenticate, above 0
   * @return a copy with those limits
   */
  public Limits withUnauthenticated(int newMaxUnauthenticated, Duration newHelloTimeout) {
    return new Limits(
        maxConnections,
        maxPerAddress,
        newMaxUnauthenticated,
        maxFrame,
        maxBuffered,
        idleTimeout,
        frameTimeout,
        newHelloTimeout,
        responseTimeout,
        drainTimeout);
  }

  void describe(Gauges gauges) {
    gauges.limit("max_connections", maxConnections);
    gauges.limit("max_connections_per_address", maxPerAddress);
    gauges.limit("max_unauthenticated", maxUnauthenticated);
    gauges.limit("max_frame_bytes", maxFrame);
    gauges.limit("max_buffered_bytes", maxBuffered);
    gauges.limit("idle_timeout_ms", idleTimeout.toMillis());
    gauges.limit("frame_timeout_ms", frameTimeout.toMillis());
    gauges.limit("hello_timeout_ms", helloTimeout.toMillis());
    gauges.limit("response_timeout_ms", responseTimeout.toMillis());
    gauges.limit("drain_timeout_ms", drainTimeout.toMillis());
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

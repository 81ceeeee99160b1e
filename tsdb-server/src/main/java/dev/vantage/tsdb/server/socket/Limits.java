package dev.vantage.tsdb.server.socket;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.protocol.Frames;
import dev.vantage.tsdb.server.dispatch.Gauges;
import java.time.Duration;

/**
 * What connections may take, and for how long. Immutable.
 *
 * @param maxConnections the most connections that are served at once, from 1
 * @param maxPerAddress the most of them from one address, from 1
 * @param maxFrame the longest frame that is accepted, in bytes, from {@link Frames#MIN_LENGTH}
 * @param maxBuffered the most bytes that large requests and large answers of all connections may
 *     take together, while they are being received, worked on or sent; from {@code maxFrame}
 * @param idleTimeout how long a connection may wait before its next frame begins
 * @param frameTimeout how long the rest of a frame may take to arrive
 * @param responseTimeout how long an answer may take to be taken by the client
 * @param drainTimeout how long requests in flight may take when the server closes
 */
public record Limits(
    int maxConnections,
    int maxPerAddress,
    int maxFrame,
    long maxBuffered,
    Duration idleTimeout,
    Duration frameTimeout,
    Duration responseTimeout,
    Duration drainTimeout) {
  private static final int VIRTUAL_CONNECTIONS = 10_000;
  private static final int PLATFORM_CONNECTIONS = 512;

  /**
   * 10,000 connections where threads are virtual, else 512, whatever their addresses; frames of 64
   * MiB, a quarter of the heap for large requests and answers, 10 minutes idle, 60 s for a frame
   * and for an answer, 10 s to drain.
   */
  public static final Limits DEFAULT =
      new Limits(
          SocketServer.hasVirtualThreads() ? VIRTUAL_CONNECTIONS : PLATFORM_CONNECTIONS,
          Frames.DEFAULT_MAX_LENGTH,
          Duration.ofMinutes(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(10));

  public Limits {
    check(maxConnections >= 1, "max connections must be >= 1", maxConnections);
    check(maxPerAddress >= 1, "max connections per address must be >= 1", maxPerAddress);
    check(maxFrame >= Frames.MIN_LENGTH, "max frame must be >= " + Frames.MIN_LENGTH, maxFrame);
    check(maxBuffered >= maxFrame, "max buffered must be >= max frame = " + maxFrame, maxBuffered);
    checkPositive("idle timeout", idleTimeout);
    checkPositive("frame timeout", frameTimeout);
    checkPositive("response timeout", responseTimeout);
    checkPositive("drain timeout", drainTimeout);
  }

  /**
   * Limits that hold for any address, with a quarter of the heap for large requests and answers.
   *
   * @param maxConnections the most connections that are served at once, from 1
   * @param maxFrame the longest frame that is accepted, in bytes, from {@link Frames#MIN_LENGTH}
   * @param idleTimeout how long a connection may wait before its next frame begins
   * @param frameTimeout how long the rest of a frame may take to arrive, and an answer to be taken
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
        maxFrame,
        Math.max(maxFrame, Runtime.getRuntime().maxMemory() / 4),
        idleTimeout,
        frameTimeout,
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
        maxFrame,
        maxBuffered,
        idleTimeout,
        frameTimeout,
        responseTimeout,
        drainTimeout);
  }

  /**
   * Changes the room for large requests and answers.
   *
   * @param newMaxBuffered the most bytes, from those of the longest frame
   * @return a copy with that room
   */
  public Limits withMaxBuffered(long newMaxBuffered) {
    return new Limits(
        maxConnections,
        maxPerAddress,
        maxFrame,
        newMaxBuffered,
        idleTimeout,
        frameTimeout,
        responseTimeout,
        drainTimeout);
  }

  /**
   * Changes how long an answer may take to be taken.
   *
   * @param newResponseTimeout the time, above 0
   * @return a copy with that time
   */
  public Limits withResponseTimeout(Duration newResponseTimeout) {
    return new Limits(
        maxConnections,
        maxPerAddress,
        maxFrame,
        maxBuffered,
        idleTimeout,
        frameTimeout,
        newResponseTimeout,
        drainTimeout);
  }

  void describe(Gauges gauges) {
    gauges.limit("max_connections", maxConnections);
    gauges.limit("max_connections_per_address", maxPerAddress);
    gauges.limit("max_frame_bytes", maxFrame);
    gauges.limit("max_buffered_bytes", maxBuffered);
    gauges.limit("idle_timeout_ms", idleTimeout.toMillis());
    gauges.limit("frame_timeout_ms", frameTimeout.toMillis());
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

package dev.vantage.tsdb.client;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.protocol.Frames;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * How a client behaves. Immutable.
 *
 * @param connectTimeout the most time that one try to connect may take, above 0
 * @param connectTries how often to try, at least 1
 * @param requestTimeout the most time that a request may take, above 0
 * @param maxConnections the most connections that are open at once, at least 1; further calls wait
 * @param maxFrame the longest response that is accepted, in bytes
 * @param requestTries how often to ask a server that is too busy, at least 1: a request that it
 *     refuses as UNAVAILABLE had no effect. Between two tries is a pause of random length, up to 50
 *     ms at first and twice as long each time, up to 2 s; never beyond the time for the request
 * @param random random numbers from 0 to 1 for the pauses, asked for from any thread
 * @param security how client and server prove who they are
 */
public record ClientOptions(
    Duration connectTimeout,
    int connectTries,
    Duration requestTimeout,
    int maxConnections,
    int maxFrame,
    int requestTries,
    DoubleSupplier random,
    ClientSecurity security) {

  /**
   * 3 tries of 2 s to connect, 2 minutes for a request and 8 tries of it, 8 connections, no token
   * and no TLS.
   */
  public static final ClientOptions DEFAULT =
      new ClientOptions(
          Duration.ofSeconds(2),
          3,
          Duration.ofMinutes(2),
          8,
          Frames.DEFAULT_MAX_LENGTH,
          8,
          () -> ThreadLocalRandom.current().nextDouble(),
          ClientSecurity.NONE);

  public ClientOptions {
    checkPositive("connect timeout", connectTimeout);
    checkPositive("request timeout", requestTimeout);
    checkAtLeast(1, "connect tries", connectTries);
    checkAtLeast(1, "request tries", requestTries);
    checkAtLeast(1, "connections", maxConnections);
    checkAtLeast(Frames.MIN_LENGTH, "frame length", maxFrame);
  }

  private static void checkPositive(String name, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new InvalidRequestException(name + " must be greater than 0: " + name + "=" + duration);
    }
  }

  private static void checkAtLeast(int least, String name, int number) {
    if (number < least) {
      throw new InvalidRequestException(name + " must be >= " + least + ": " + name + "=" + number);
    }
  }

  /**
   * Changes the time for one try to connect.
   *
   * @param timeout the most time, above 0
   * @return a copy with that time
   */
  public ClientOptions withConnectTimeout(Duration timeout) {
    return new ClientOptions(
        timeout,
        connectTries,
        requestTimeout,
        maxConnections,
        maxFrame,
        requestTries,
        random,
        security);
  }

  /**
   * Changes the time for a request.
   *
   * @param timeout the most time, above 0
   * @return a copy with that time
   */
  public ClientOptions withRequestTimeout(Duration timeout) {
    return new ClientOptions(
        connectTimeout,
        connectTries,
        timeout,
        maxConnections,
        maxFrame,
        requestTries,
        random,
        security);
  }

  /**
   * Changes the number of connections.
   *
   * @param connections the most connections, at least 1
   * @return a copy with that number
   */
  public ClientOptions withMaxConnections(int connections) {
    return new ClientOptions(
        connectTimeout,
        connectTries,
        requestTimeout,
        connections,
        maxFrame,
        requestTries,
        random,
        security);
  }

  /**
   * Changes how often a server that is too busy is asked.
   *
   * @param tries how often, at least 1
   * @param newRandom random numbers from 0 to 1 for the pauses, asked for from any thread
   * @return a copy with those
   */
  public ClientOptions withRequestTries(int tries, DoubleSupplier newRandom) {
    return new ClientOptions(
        connectTimeout,
        connectTries,
        requestTimeout,
        maxConnections,
        maxFrame,
        tries,
        newRandom,
        security);
  }

  /**
   * Changes how client and server prove who they are.
   *
   * @param newSecurity how
   * @return a copy with that security
   */
  public ClientOptions withSecurity(ClientSecurity newSecurity) {
    return new ClientOptions(
        connectTimeout,
        connectTries,
        requestTimeout,
        maxConnections,
        maxFrame,
        requestTries,
        random,
        newSecurity);
  }
}

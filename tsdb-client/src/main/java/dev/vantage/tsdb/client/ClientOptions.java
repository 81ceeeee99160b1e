package dev.vantage.tsdb.client;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.protocol.Frames;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * The options of a client. Immutable.
 *
 * @param connectTimeout the most time that one try to connect may take, above 0
 * @param connectTries the number of tries to connect, at least 1
 * @param requestTimeout the most time that a request may take, above 0
 * @param maxConnections the most connections that are open at once, at least 1; calls that find all
 *     of them in use wait
 * @param maxFrame the longest response that is accepted, in bytes
 * @param requestTries the number of tries of a request while the server answers UNAVAILABLE, at
 *     least 1; such an answer means that the request had no effect. Tries are separated by pauses
 *     of random length, up to 50 ms at first, twice as long each time, up to 2 s; never beyond the
 *     request timeout
 * @param random supplies random numbers from 0 to 1 for the pauses; called from any thread
 * @param security how client and server authenticate each other
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
   * 3 tries of 2 s to connect, 8 tries and 2 minutes for a request, 8 connections, no token and no
   * TLS.
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
   * Changes the number of tries of a request while the server answers UNAVAILABLE.
   *
   * @param tries the most tries, at least 1
   * @param newRandom supplies random numbers from 0 to 1 for the pauses; called from any thread
   * @return a copy with these settings
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
   * Changes how client and server authenticate each other.
   *
   * @param newSecurity the token and the use of TLS
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

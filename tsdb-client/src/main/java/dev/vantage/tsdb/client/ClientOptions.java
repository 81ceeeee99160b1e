package dev.vantage.tsdb.client;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.protocol.Frames;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/** The options of a client. Immutable. */
public final class ClientOptions {
  /**
   * 3 tries of 2 s to connect, 8 tries and 2 minutes for a request, 8 connections, no token and no
   * TLS.
   */
  public static final ClientOptions DEFAULT =
      new ClientOptions(
          new Connections(Duration.ofSeconds(2), 3, 8, Frames.DEFAULT_MAX_LENGTH),
          new Requesting(
              Duration.ofMinutes(2),
              8,
              () -> ThreadLocalRandom.current().nextDouble(),
              new Notice(Duration.ofMinutes(2), () -> {})),
          ClientSecurity.NONE);

  private final Connections connections;
  private final Requesting requesting;
  private final ClientSecurity security;

  private record Connections(Duration timeout, int tries, int most, int maxFrame) {
    Connections {
      checkPositive("connect timeout", timeout);
      checkAtLeast(1, "connect tries", tries);
      checkAtLeast(1, "connections", most);
      checkAtLeast(Frames.MIN_LENGTH, "frame length", maxFrame);
    }
  }

  private record Notice(Duration after, Runnable action) {
    Notice {
      checkPositive("notice time", after);
    }
  }

  private record Requesting(Duration timeout, int tries, DoubleSupplier random, Notice notice) {
    Requesting {
      checkPositive("request timeout", timeout);
      checkAtLeast(1, "request tries", tries);
    }
  }

  private ClientOptions(Connections connections, Requesting requesting, ClientSecurity security) {
    this.connections = connections;
    this.requesting = requesting;
    this.security = security;
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

  private ClientOptions with(Connections newConnections) {
    return new ClientOptions(newConnections, requesting, security);
  }

  /**
   * Changes the time for one try to connect.
   *
   * @param timeout the most time, above 0
   * @return a copy with that time
   * @throws InvalidRequestException if the time is not above 0
   */
  public ClientOptions withConnectTimeout(Duration timeout) {
    Objects.requireNonNull(timeout, "timeout");
    return with(
        new Connections(timeout, connections.tries, connections.most, connections.maxFrame));
  }

  /**
   * Changes the number of tries to connect.
   *
   * @param tries the most tries, at least 1
   * @return a copy with that number
   * @throws InvalidRequestException if the number is less than 1
   */
  public ClientOptions withConnectTries(int tries) {
    return with(
        new Connections(connections.timeout, tries, connections.most, connections.maxFrame));
  }

  /**
   * Changes the number of connections.
   *
   * @param connections the most connections that are open at once, at least 1
   * @return a copy with that number
   * @throws InvalidRequestException if the number is less than 1
   */
  public ClientOptions withMaxConnections(int connections) {
    return with(
        new Connections(
            this.connections.timeout,
            this.connections.tries,
            connections,
            this.connections.maxFrame));
  }

  /**
   * Changes the longest response that is accepted.
   *
   * @param bytes the most bytes of a response
   * @return a copy with that limit
   * @throws InvalidRequestException if no response can be that short
   */
  public ClientOptions withMaxFrame(int bytes) {
    return with(new Connections(connections.timeout, connections.tries, connections.most, bytes));
  }

  /**
   * Changes the time for a request.
   *
   * @param timeout the most time, above 0
   * @return a copy with that time
   * @throws InvalidRequestException if the time is not above 0
   */
  public ClientOptions withRequestTimeout(Duration timeout) {
    Objects.requireNonNull(timeout, "timeout");
    return new ClientOptions(
        connections,
        new Requesting(timeout, requesting.tries, requesting.random, requesting.notice),
        security);
  }

  /**
   * Changes the number of tries of a request while the server answers UNAVAILABLE. Such an answer
   * means that the request had no effect. Tries are separated by pauses of random length, up to 50
   * ms at first, twice as long each time, up to 2 s; never beyond the request timeout.
   *
   * @param tries the most tries, at least 1
   * @param random supplies random numbers from 0 to 1 for the pauses; called from any thread
   * @return a copy with these settings
   * @throws InvalidRequestException if the number is less than 1
   */
  public ClientOptions withRequestTries(int tries, DoubleSupplier random) {
    Objects.requireNonNull(random, "random");
    return new ClientOptions(
        connections,
        new Requesting(requesting.timeout, tries, random, requesting.notice),
        security);
  }

  /**
   * Changes how client and server authenticate each other.
   *
   * @param security the token and the use of TLS
   * @return a copy with that security
   */
  public ClientOptions withSecurity(ClientSecurity security) {
    Objects.requireNonNull(security, "security");
    return new ClientOptions(connections, requesting, security);
  }

  /** {@return the most time that one try to connect may take, above 0} */
  public Duration connectTimeout() {
    return connections.timeout;
  }

  /** {@return the number of tries to connect, at least 1} */
  public int connectTries() {
    return connections.tries;
  }

  /**
   * {@return the most connections that are open at once, at least 1; calls that find all of them in
   * use wait}
   */
  public int maxConnections() {
    return connections.most;
  }

  /** {@return the longest response that is accepted, in bytes} */
  public int maxFrame() {
    return connections.maxFrame;
  }

  /** {@return the most time that a request may take, above 0} */
  public Duration requestTimeout() {
    return requesting.timeout;
  }

  /** {@return the number of tries of a request while the server answers UNAVAILABLE, at least 1} */
  public int requestTries() {
    return requesting.tries;
  }

  /** {@return supplies random numbers from 0 to 1 for the pauses; called from any thread} */
  public DoubleSupplier random() {
    return requesting.random;
  }

  /**
   * Changes what tells people that the server has not answered yet.
   *
   * @param after how long the server may send nothing, above 0
   * @param action is run once for each call on which the client waits longer, on any thread; must
   *     not block
   * @return a copy with that action
   * @throws InvalidRequestException if the time is not above 0
   */
  public ClientOptions withWaitingNotice(Duration after, Runnable action) {
    Objects.requireNonNull(after, "after");
    Objects.requireNonNull(action, "action");
    return new ClientOptions(
        connections,
        new Requesting(
            requesting.timeout, requesting.tries, requesting.random, new Notice(after, action)),
        security);
  }

  Duration noticeAfter() {
    return requesting.notice.after;
  }

  Runnable notice() {
    return requesting.notice.action;
  }

  /** {@return how client and server authenticate each other} */
  public ClientSecurity security() {
    return security;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClientOptions options
        && connections.equals(options.connections)
        && requesting.equals(options.requesting)
        && security.equals(options.security);
  }

  @Override
  public int hashCode() {
    return Objects.hash(connections, requesting, security);
  }

  @Override
  public String toString() {
    return "ClientOptions[connectTimeout="
        + connections.timeout
        + ", connectTries="
        + connections.tries
        + ", maxConnections="
        + connections.most
        + ", maxFrame="
        + connections.maxFrame
        + ", requestTimeout="
        + requesting.timeout
        + ", requestTries="
        + requesting.tries
        + ", security="
        + security
        + "]";
  }
}

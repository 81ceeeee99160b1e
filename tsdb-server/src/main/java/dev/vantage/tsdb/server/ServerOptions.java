package dev.vantage.tsdb.server;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.protocol.Frames;
import dev.vantage.tsdb.server.dispatch.RequestLimits;
import dev.vantage.tsdb.server.socket.Limits;
import dev.vantage.tsdb.server.watch.Watching;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * How a server listens and what it allows. Immutable.
 *
 * @param address where it listens; port 0 takes any free port
 * @param backlog how many connections may wait to be accepted, from 1
 * @param limits what connections may take
 * @param requests what requests may take
 * @param watching how it is watched
 */
public record ServerOptions(
    InetSocketAddress address,
    int backlog,
    Limits limits,
    RequestLimits requests,
    Watching watching) {
  /** The port of a server that is not told another. */
  public static final int DEFAULT_PORT = 7207;

  /**
   * 127.0.0.1:7207, 512 connections and 128 waiting, frames of 64 MiB, 10 minutes idle, 60 s for a
   * frame and for a request, 10 s to drain.
   */
  public static final ServerOptions DEFAULT =
      new ServerOptions(
          new InetSocketAddress(loopback(), DEFAULT_PORT),
          128,
          new Limits(
              512,
              Frames.DEFAULT_MAX_LENGTH,
              Duration.ofMinutes(10),
              Duration.ofSeconds(60),
              Duration.ofSeconds(10)),
          RequestLimits.DEFAULT,
          Watching.DEFAULT);

  public ServerOptions {
    if (backlog < 1) {
      throw new InvalidRequestException("backlog must be >= 1: backlog=" + backlog);
    }
  }

  /**
   * Changes the address.
   *
   * @param newAddress where to listen
   * @return a copy with that address
   */
  public ServerOptions withAddress(InetSocketAddress newAddress) {
    return new ServerOptions(newAddress, backlog, limits, requests, watching);
  }

  /**
   * Changes the port.
   *
   * @param port where to listen; 0 takes any free port
   * @return a copy with that port
   */
  public ServerOptions withPort(int port) {
    return withAddress(new InetSocketAddress(address.getAddress(), port));
  }

  /**
   * Changes the most time that a request may take.
   *
   * @param newRequestTimeout the time, above 0
   * @return a copy with that time
   */
  public ServerOptions withRequestTimeout(Duration newRequestTimeout) {
    return new ServerOptions(
        address, backlog, limits, requests.withTimeout(newRequestTimeout), watching);
  }

  /**
   * Changes what connections may take.
   *
   * @param newLimits the limits
   * @return a copy with those limits
   */
  public ServerOptions withLimits(Limits newLimits) {
    return new ServerOptions(address, backlog, newLimits, requests, watching);
  }

  /**
   * Changes what requests may take.
   *
   * @param newRequests the limits
   * @return a copy with those limits
   */
  public ServerOptions withRequests(RequestLimits newRequests) {
    return new ServerOptions(address, backlog, limits, newRequests, watching);
  }

  /**
   * Changes how it is watched.
   *
   * @param newWatching how
   * @return a copy that is watched so
   */
  public ServerOptions withWatching(Watching newWatching) {
    return new ServerOptions(address, backlog, limits, requests, newWatching);
  }

  private static InetAddress loopback() {
    try {
      return InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
    } catch (java.net.UnknownHostException e) {
      throw new AssertionError("four bytes are an address", e);
    }
  }
}

package dev.vantage.tsdb.server;

import dev.vantage.tsdb.CacheSettings;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.server.cache.ResultCache;
import dev.vantage.tsdb.server.dispatch.RequestLimits;
import dev.vantage.tsdb.server.monitor.MonitorSettings;
import dev.vantage.tsdb.server.socket.AccessControl;
import dev.vantage.tsdb.server.socket.Limits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * How a server listens and what it allows. Immutable.
 *
 * @param address where it listens; port 0 takes any free port
 * @param backlog how many connections may wait to be accepted, from 1
 * @param entrance how clients get in
 * @param limits what connections may take
 * @param requests what requests may take
 * @param cache how answers are kept at first
 * @param watching how it is watched
 */
public record ServerOptions(
    InetSocketAddress address,
    int backlog,
    AccessControl entrance,
    Limits limits,
    RequestLimits requests,
    CacheSettings cache,
    MonitorSettings watching) {
  /** The port of a server that is not told another. */
  public static final int DEFAULT_PORT = 7207;

  /**
   * 127.0.0.1:7207, 128 connections waiting; the rest as {@link Limits#DEFAULT}, {@link
   * RequestLimits#DEFAULT} and {@link CacheSettings#DEFAULT} say, and a smaller cache where the
   * heap is small.
   */
  public static final ServerOptions DEFAULT =
      new ServerOptions(
          new InetSocketAddress(loopback(), DEFAULT_PORT),
          128,
          AccessControl.OPEN,
          Limits.DEFAULT,
          RequestLimits.DEFAULT,
          ResultCache.defaultSettings(),
          MonitorSettings.DEFAULT);

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
    return new ServerOptions(newAddress, backlog, entrance, limits, requests, cache, watching);
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
        address,
        backlog,
        entrance,
        limits,
        requests.withTimeout(newRequestTimeout),
        cache,
        watching);
  }

  /**
   * Changes how clients get in.
   *
   * @param newEntrance who is let in, and whether by TLS
   * @return a copy with that entrance
   */
  public ServerOptions withEntrance(AccessControl newEntrance) {
    return new ServerOptions(address, backlog, newEntrance, limits, requests, cache, watching);
  }

  /**
   * Changes what connections may take.
   *
   * @param newLimits the limits
   * @return a copy with those limits
   */
  public ServerOptions withLimits(Limits newLimits) {
    return new ServerOptions(address, backlog, entrance, newLimits, requests, cache, watching);
  }

  /**
   * Changes what requests may take.
   *
   * @param newRequests the limits
   * @return a copy with those limits
   */
  public ServerOptions withRequests(RequestLimits newRequests) {
    return new ServerOptions(address, backlog, entrance, limits, newRequests, cache, watching);
  }

  /**
   * Changes how answers are kept at first.
   *
   * @param newCache how
   * @return a copy with those settings
   */
  public ServerOptions withCache(CacheSettings newCache) {
    return new ServerOptions(address, backlog, entrance, limits, requests, newCache, watching);
  }

  /**
   * Changes how it is watched.
   *
   * @param newWatching how
   * @return a copy that is watched so
   */
  public ServerOptions withWatching(MonitorSettings newWatching) {
    return new ServerOptions(address, backlog, entrance, limits, requests, cache, newWatching);
  }

  private static InetAddress loopback() {
    try {
      return InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
    } catch (java.net.UnknownHostException e) {
      throw new AssertionError("four bytes are an address", e);
    }
  }
}

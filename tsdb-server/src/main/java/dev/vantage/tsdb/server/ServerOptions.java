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
 * The options of a server. Immutable.
 *
 * @param address where it listens; port 0 takes any free port
 * @param backlog how many connections may wait to be accepted, from 1
 * @param access how clients are authenticated and connections encrypted
 * @param limits the limits on connections
 * @param requests the limits on requests
 * @param cache the initial settings of the cache of answers
 * @param monitor the settings of metrics and of the log of slow requests
 */
public record ServerOptions(
    InetSocketAddress address,
    int backlog,
    AccessControl access,
    Limits limits,
    RequestLimits requests,
    CacheSettings cache,
    MonitorSettings monitor) {
  /** The default port. */
  public static final int DEFAULT_PORT = 7207;

  /**
   * 127.0.0.1:7207, a backlog of 128 connections, {@link Limits#DEFAULT}, {@link
   * RequestLimits#DEFAULT} and {@link CacheSettings#DEFAULT}, with a smaller cache in a small heap.
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
    return new ServerOptions(newAddress, backlog, access, limits, requests, cache, monitor);
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
        address, backlog, access, limits, requests.withTimeout(newRequestTimeout), cache, monitor);
  }

  /**
   * Changes how clients are authenticated and connections encrypted.
   *
   * @param newEntrance the new access control
   * @return a copy with that access control
   */
  public ServerOptions withAccess(AccessControl newEntrance) {
    return new ServerOptions(address, backlog, newEntrance, limits, requests, cache, monitor);
  }

  /**
   * Changes the limits on connections.
   *
   * @param newLimits the limits
   * @return a copy with those limits
   */
  public ServerOptions withLimits(Limits newLimits) {
    return new ServerOptions(address, backlog, access, newLimits, requests, cache, monitor);
  }

  /**
   * Changes the limits on requests.
   *
   * @param newRequests the limits
   * @return a copy with those limits
   */
  public ServerOptions withRequests(RequestLimits newRequests) {
    return new ServerOptions(address, backlog, access, limits, newRequests, cache, monitor);
  }

  /**
   * Changes the initial settings of the cache.
   *
   * @param newCache the settings
   * @return a copy with those settings
   */
  public ServerOptions withCache(CacheSettings newCache) {
    return new ServerOptions(address, backlog, access, limits, requests, newCache, monitor);
  }

  /**
   * Changes the settings of metrics and of the log of slow requests.
   *
   * @param newWatching the settings
   * @return a copy with those settings
   */
  public ServerOptions withMonitor(MonitorSettings newWatching) {
    return new ServerOptions(address, backlog, access, limits, requests, cache, newWatching);
  }

  private static InetAddress loopback() {
    try {
      return InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
    } catch (java.net.UnknownHostException e) {
      throw new AssertionError("four bytes are an address", e);
    }
  }
}

package dev.vantage.tsdb.client;

import dev.vantage.tsdb.InvalidRequestException;
import java.net.InetSocketAddress;

/** Parses the address of a server. */
final class HostAndPort {
  private static final int MAX_PORT = 65_535;

  private HostAndPort() {}

  /** Reads HOST:PORT; an IPv6 host is in brackets. */
  static InetSocketAddress parse(String hostAndPort) {
    int colon = hostAndPort.lastIndexOf(':');
    String host = colon < 0 ? "" : hostAndPort.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    try {
      int port = Integer.parseInt(hostAndPort.substring(colon + 1));
      if (!host.isBlank() && port > 0 && port <= MAX_PORT) {
        return new InetSocketAddress(host, port);
      }
    } catch (NumberFormatException e) {
      // Rejected below.
    }
    throw new InvalidRequestException("server must be HOST:PORT: server=" + hostAndPort);
  }
}

package dev.vantage.tsdb.client;

import dev.vantage.tsdb.InvalidRequestException;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads where a server is. */
final class HostPort {
  private static final Pattern FORM = Pattern.compile("(?:\\[([^\\]]+)\\]|([^:\\s]+)):(\\d{1,5})");
  private static final int MAX_PORT = 65_535;

  private HostPort() {}

  static InetSocketAddress parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw invalid(text);
    }
    int port = Integer.parseInt(parts.group(3));
    if (port < 1 || port > MAX_PORT) {
      throw invalid(text);
    }
    return new InetSocketAddress(parts.group(1) == null ? parts.group(2) : parts.group(1), port);
  }

  private static InvalidRequestException invalid(String text) {
    return new InvalidRequestException(
        "server must be HOST:PORT, with a port from 1 to 65535: server=" + text);
  }
}

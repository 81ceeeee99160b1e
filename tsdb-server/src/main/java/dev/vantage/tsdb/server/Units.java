package dev.vantage.tsdb.server;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.OpenOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** Parses options with units. */
final class Units {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,10})(|b|k|kib|m|mib|g|gib)");
  private static final Pattern ADDRESS = Pattern.compile("\\[?([^\\[\\]]+)\\]?:([0-9]{1,5})");
  private static final int MAX_PORT = 65_535;
  private static final int GIB_SHIFT = 30;
  private static final int MAX_SMALL_GIB = 1;
  private static final int MAX_LARGE_GIB = 1 << 14;

  private Units() {}

  /** Parses auto, memory or disk. */
  static OpenOptions.Spectra spectra(String text) {
    try {
      return OpenOptions.Spectra.ofLabel(text);
    } catch (InvalidRequestException e) {
      throw new TypeConversionException("must be auto, memory or disk: '" + text + "'");
    }
  }

  /** Parses a whole number. */
  static Integer wholeNumber(String text) {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException(
          "must be a whole number of at most " + Integer.MAX_VALUE + ": '" + text + "'");
    }
  }

  /** Parses a number followed by ms, s, m or h. */
  static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new TypeConversionException("must be a number and ms, s, m or h: '" + text + "'");
    }
    long number = Long.parseLong(matcher.group(1));
    Duration duration =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          default -> Duration.ofHours(number);
        };
    // The limit is far below the overflow of nanoseconds in a long.
    if (duration.isZero() || duration.compareTo(Duration.ofDays(365)) > 0) {
      throw new TypeConversionException("must be > 0 and at most a year: '" + text + "'");
    }
    return duration;
  }

  /** Parses a number of bytes, KiB, MiB or GiB; up to 1 GiB. */
  static int bytes(String text) {
    return (int) bytes(text, MAX_SMALL_GIB);
  }

  /** Parses a number of bytes, KiB, MiB or GiB; up to 16384 GiB. */
  static long manyBytes(String text) {
    return bytes(text, MAX_LARGE_GIB);
  }

  private static long bytes(String text, long maxGib) {
    Matcher matcher = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "must be a number of bytes, or a number and KiB, MiB or GiB: '" + text + "'");
    }
    String unit = matcher.group(2);
    int shift =
        unit.startsWith("k")
            ? 10
            : unit.startsWith("m") ? 20 : unit.startsWith("g") ? GIB_SHIFT : 0;
    long number = Long.parseLong(matcher.group(1));
    if (number > maxGib << GIB_SHIFT - shift) {
      throw new TypeConversionException("must be at most " + maxGib + " GiB: '" + text + "'");
    }
    return number << shift;
  }

  /** Parses HOST:PORT, with an IPv6 host in brackets. */
  static InetSocketAddress address(String text) {
    Matcher matcher = ADDRESS.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > MAX_PORT) {
      throw new TypeConversionException("must be HOST:PORT: '" + text + "'");
    }
    try {
      return new InetSocketAddress(
          InetAddress.getByName(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    } catch (UnknownHostException e) {
      throw new TypeConversionException("must name a known host: '" + text + "'");
    }
  }

  /** Formats an address with its numeric IP, so that {@link #address} can parse it. */
  static String format(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}

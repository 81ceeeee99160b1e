package dev.vantage.tsdb.benchmarks.report;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/** Formats numbers for people: three significant digits and a unit. */
final class Figures {
  static final String ABSENT = "–";
  private static final int DIGITS = 3;
  private static final double KILO = 1e3;
  private static final double MIBI = 1 << 20;

  private Figures() {}

  static String or(OptionalDouble number, DoubleFunction<String> format) {
    return number.isPresent() ? format.apply(number.getAsDouble()) : ABSENT;
  }

  static String time(double seconds) {
    if (seconds < 1e-3) {
      return plain(seconds * 1e6) + " µs";
    }
    return seconds < 1 ? plain(seconds * 1e3) + " ms" : plain(seconds) + " s";
  }

  static String percent(double share) {
    return plain(share * 100) + " %";
  }

  static String bytes(double bytes) {
    return bytes < 10 * KILO ? plain(bytes) + " B" : plain(bytes / MIBI) + " MiB";
  }

  /** Formats with the decimals of three significant digits; large numbers keep all digits. */
  static String plain(double number) {
    if (number == 0) {
      return "0";
    }
    int magnitude = (int) Math.floor(Math.log10(Math.abs(number)));
    int decimals = Math.max(0, DIGITS - 1 - magnitude);
    String text = String.format(Locale.ROOT, "%." + decimals + "f", number);
    return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
  }

  /** Formats a count: 10000 as 10k, 19980 as 19.98k, 1000000 as 1M. */
  static String count(double number) {
    if (number >= 1e6) {
      return exact(number / 1e6) + "M";
    }
    return number >= KILO ? exact(number / KILO) + "k" : exact(number);
  }

  private static String exact(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}

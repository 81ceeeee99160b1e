package dev.vantage.tsdb.format;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** Numbers as files have them: decimal, finite. */
final class Numbers {
  private static final Set<String> MISSING = Set.of("", "?", "nan", "na", "n/a", "null", "none");
  private static final Set<String> INFINITE =
      Set.of("inf", "+inf", "-inf", "infinity", "+infinity", "-infinity");
  private static final int MAX_QUOTED = 80;
  private static final long SCALE = 1_000_000;
  // Below it, a double times the scale is a whole number that a double holds exactly.
  private static final double MAX_SCALED = 1e15;

  private Numbers() {}

  /** Reads a field; the name is for the error. */
  static double parse(String text, Supplier<String> name) throws BadRowException {
    double number = decimal(text);
    if (Double.isFinite(number)) {
      return number;
    }
    String rule = Double.isInfinite(number) ? "finite" : isMissing(text) ? "present" : "a number";
    throw new BadRowException(name.get() + " must be " + rule + ": text=" + quote(text));
  }

  /** Reads all fields from one on. */
  static double[] parseValues(List<String> fields, int from) throws BadRowException {
    double[] values = new double[fields.size() - from];
    for (int k = 0; k < values.length; k++) {
      int place = k + 1;
      values[k] = parse(fields.get(from + k), () -> "value " + place);
    }
    return values;
  }

  /** Whether a field is where a number belongs: it is one, infinite, or said to be missing. */
  static boolean isNumeric(String text) {
    return isMissing(text) || !Double.isNaN(decimal(text));
  }

  /**
   * Writes a number so that it reads back the same: with 1 to 6 decimals where they suffice, else
   * as Double.toString does. The former is the same on every JVM, the latter is not.
   */
  static void append(StringBuilder out, double number) {
    double size = Math.abs(number);
    long scaled = Math.round(size * SCALE);
    boolean negativeZero = number == 0 && 1 / number < 0;
    // Both are exact, so the quotient is the double nearest to the decimal, as a reader finds it.
    if (negativeZero || scaled >= MAX_SCALED || (double) scaled / SCALE != size) {
      out.append(number);
      return;
    }
    out.append(number < 0 ? "-" : "").append(scaled / SCALE).append('.');
    long rest = scaled % SCALE;
    long unit = SCALE;
    do {
      unit /= 10;
      out.append((char) ('0' + rest / unit));
      rest %= unit;
    } while (rest != 0);
  }

  /** A part of a file, fit to be shown in a message. */
  static String quote(String text) {
    StringBuilder quoted = new StringBuilder("'");
    text.codePoints()
        .limit(MAX_QUOTED)
        .map(c -> Character.isISOControl(c) ? '\uFFFD' : c)
        .forEach(quoted::appendCodePoint);
    boolean isCut = text.codePointCount(0, text.length()) > MAX_QUOTED;
    return quoted.append(isCut ? "...'" : "'").toString();
  }

  /** Whether a field is empty, or says that there is no number. */
  static boolean isMissing(String text) {
    return text.length() <= 4 && MISSING.contains(text.toLowerCase(Locale.ROOT));
  }

  /** The number, infinity included, or NaN where the text is none. */
  private static double decimal(String text) {
    if (isInfinite(text)) {
      return Double.POSITIVE_INFINITY;
    }
    if (!looksDecimal(text)) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static boolean isInfinite(String text) {
    return text.length() <= 9 && INFINITE.contains(text.toLowerCase(Locale.ROOT));
  }

  /** False for what only Java takes: space around it, a type suffix, hexadecimal digits. */
  private static boolean looksDecimal(String text) {
    if (text.isEmpty() || text.charAt(0) <= ' ' || text.indexOf('x') >= 0) {
      return false;
    }
    char last = text.charAt(text.length() - 1);
    return (last >= '0' && last <= '9' || last == '.') && text.indexOf('X') < 0;
  }
}

package dev.vantage.tsdb.format;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** Parses and writes the numbers of files: decimal and finite. Thread-safe. */
final class Numbers {
  private static final Set<String> MISSING = Set.of("", "?", "nan", "na", "n/a", "null", "none");
  private static final Set<String> INFINITE =
      Set.of("inf", "+inf", "-inf", "infinity", "+infinity", "-infinity");
  private static final int MAX_QUOTED = 80;
  private static final long SCALE = 1_000_000;
  // Below this, a double holds every integer exactly, so a value times the scale can be exact.
  private static final double MAX_SCALED = 1e15;

  private Numbers() {}

  /** Parses a field. The name is for the error. */
  static double parse(String text, Supplier<String> name) throws BadRowException {
    double number = decimal(text);
    if (Double.isFinite(number)) {
      return number;
    }
    String rule = Double.isInfinite(number) ? "finite" : isMissing(text) ? "present" : "a number";
    throw new BadRowException(name.get() + " must be " + rule + ": text=" + quote(text));
  }

  /** Parses all fields from an index on. */
  static double[] parseValues(List<String> fields, int from) throws BadRowException {
    double[] values = new double[fields.size() - from];
    for (int k = 0; k < values.length; k++) {
      int place = k + 1;
      values[k] = parse(fields.get(from + k), () -> "value " + place);
    }
    return values;
  }

  /** Says whether a field is a number, infinite, or marked as missing. */
  static boolean isNumeric(String text) {
    return isMissing(text) || !Double.isNaN(decimal(text));
  }

  /**
   * Writes a number so that it reads back the same: with 1 to 6 decimals if they suffice, else as
   * Double.toString does. Only the former is the same on every JVM.
   */
  static void append(StringBuilder out, double number) {
    double size = Math.abs(number);
    long scaled = Math.round(size * SCALE);
    boolean negativeZero = number == 0 && 1 / number < 0;
    // Both numbers are exact, so the quotient is the double nearest to the decimal, which a reader
    // gets.
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

  /** Returns a part of a file in a form that is safe to show in a message. */
  static String quote(String text) {
    StringBuilder quoted = new StringBuilder("'");
    text.codePoints()
        .limit(MAX_QUOTED)
        .map(c -> Character.isISOControl(c) ? '\uFFFD' : c)
        .forEach(quoted::appendCodePoint);
    boolean isCut = text.codePointCount(0, text.length()) > MAX_QUOTED;
    return quoted.append(isCut ? "...'" : "'").toString();
  }

  /** Says whether a field is empty or a marker of a missing number. */
  static boolean isMissing(String text) {
    return text.length() <= 4 && MISSING.contains(text.toLowerCase(Locale.ROOT));
  }

  /** Returns the number, possibly infinite; NaN if the text is not a number. */
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

  /** Rejects forms that only Java accepts: surrounding space, a type suffix, hexadecimal digits. */
  private static boolean looksDecimal(String text) {
    if (text.isEmpty() || text.charAt(0) <= ' ' || text.indexOf('x') >= 0) {
      return false;
    }
    char last = text.charAt(text.length() - 1);
    return (last >= '0' && last <= '9' || last == '.') && text.indexOf('X') < 0;
  }
}

package dev.vantage.tsdb.format.table;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Parses and writes the numbers of files: decimal and finite. Thread-safe. */
public final class Numbers {
  private static final Set<String> MISSING =
      Set.of("", "?", "-", "--", "---", "nan", "na", "n/a", "null", "none", "\\n");
  private static final Set<String> INFINITE =
      Set.of("inf", "+inf", "-inf", "infinity", "+infinity", "-infinity");
  private static final Pattern THOUSANDS =
      Pattern.compile("[+\\-\u2212]?[0-9]{1,3}(,[0-9]{3})+(\\.[0-9]*)?");
  private static final char MINUS_SIGN = '\u2212';
  private static final int MAX_QUOTED = 80;
  private static final long SCALE = 1_000_000;
  // Below this, a double holds every integer exactly, so a value times the scale can be exact.
  private static final double MAX_SCALED = 1e15;

  private Numbers() {}

  /** Parses a field with a decimal point. The name is for the error. */
  public static double parse(String text, Supplier<String> name) throws BadRowException {
    return parse(text, DecimalMark.POINT, name);
  }

  /** Parses a field. The name is for the error. */
  public static double parse(String text, DecimalMark mark, Supplier<String> name)
      throws BadRowException {
    double number = value(text, mark);
    if (Double.isFinite(number)) {
      return number;
    }
    String rule = Double.isInfinite(number) ? "finite" : isMissing(text) ? "present" : "a number";
    throw new BadRowException(
        name.get() + " must be " + rule + ": text=" + quote(text) + hint(text, mark));
  }

  private static String hint(String text, DecimalMark mark) {
    if (!text.isEmpty() && "<>~".indexOf(text.charAt(0)) >= 0) {
      return "; hint: a limit is no measurement, --drop-if leaves such rows out";
    }
    if (mark == DecimalMark.POINT && THOUSANDS.matcher(text).matches()) {
      return "; hint: marks of thousands are not read; --decimal , only if the comma is the mark of"
          + " decimals";
    }
    boolean isPoint = mark == DecimalMark.POINT;
    DecimalMark other = isPoint ? DecimalMark.COMMA : DecimalMark.POINT;
    char otherMark = isPoint ? ',' : '.';
    return text.indexOf(otherMark) >= 0 && isNumber(text, other)
        ? "; hint: --decimal " + otherMark
        : "";
  }

  /** Says whether a field is a number, infinite, or marked as missing. */
  public static boolean isNumeric(String text, DecimalMark mark) {
    return isMissing(text) || isNumber(text, mark);
  }

  /** Returns a field that is a finite number; empty if it is another text. */
  public static OptionalDouble finite(String text, DecimalMark mark) {
    double number = value(text, mark);
    return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
  }

  /** Returns a number of a table with a decimal point, as attributes have it; else the text. */
  public static String withPoint(String text, DecimalMark mark) {
    return mark == DecimalMark.COMMA && finite(text, mark).isPresent()
        ? text.replace(',', '.')
        : text;
  }

  /** Says whether a field is a number, possibly infinite. */
  public static boolean isNumber(String text, DecimalMark mark) {
    return !Double.isNaN(value(text, mark));
  }

  /**
   * Writes a number so that it reads back the same: with 1 to 6 decimals if they suffice, else as
   * Double.toString does. Only the former is the same on every JVM.
   */
  public static void append(StringBuilder out, double number) {
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
  public static String quote(String text) {
    return "'" + shown(text) + "'";
  }

  /** Returns a part of a file like {@link #quote}, without the quotes. */
  public static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(MAX_QUOTED)
        .map(c -> Character.isISOControl(c) ? '\uFFFD' : c)
        .forEach(shown::appendCodePoint);
    boolean isCut = text.codePointCount(0, text.length()) > MAX_QUOTED;
    return shown.append(isCut ? "..." : "").toString();
  }

  /** Says whether a field is empty or a marker of a missing number. */
  public static boolean isMissing(String text) {
    return text.length() <= 4
        && (text.isEmpty() || !isDigit(text.charAt(0)))
        && MISSING.contains(text.toLowerCase(Locale.ROOT));
  }

  /** Returns the number, possibly infinite; NaN if the text is not a number. */
  private static double value(String text, DecimalMark mark) {
    if (mark == DecimalMark.POINT) {
      return decimal(text);
    }
    // A point would be a mark of thousands here, and a second reading of the same text.
    return text.indexOf('.') >= 0 || text.indexOf(',') != text.lastIndexOf(',')
        ? Double.NaN
        : decimal(text.replace(',', '.'));
  }

  private static double decimal(String text) {
    boolean beginsWithDigit = !text.isEmpty() && isDigit(text.charAt(0));
    if (!beginsWithDigit && isInfinite(text)) {
      return Double.POSITIVE_INFINITY;
    }
    String plain = text.indexOf(MINUS_SIGN) < 0 ? text : text.replace(MINUS_SIGN, '-');
    if (!looksDecimal(plain)) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(plain);
    } catch (NumberFormatException e) {
      return fortran(plain);
    }
  }

  /** Parses a number whose exponent begins with D, as Fortran writes it. */
  private static double fortran(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    int exponent = upper.indexOf('D');
    if (exponent <= 0 || upper.indexOf('E') >= 0) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(upper.replace('D', 'E'));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
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

package dev.vantage.tsdb.language;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Writes doubles as {@link Double#toString} does from Java 19 on: the decimal nearest to the double
 * among the shortest that read back, of at least two digits. Thread-safe.
 */
final class ShortestDouble {
  private static final int MOST_DIGITS = 17;
  private static final int RIGHT_DIGITS = 15;
  private static final int FEWEST_DIGITS = 2;
  private static final int SMALLEST_PLAIN_EXPONENT = -3;
  private static final int LARGEST_PLAIN_EXPONENT = 6;

  private ShortestDouble() {}

  static String text(double number) {
    String text = Double.toString(number);
    // Before Java 19 a long text may be too long, and that of a subnormal number not the nearest.
    boolean isRight = digits(text) <= RIGHT_DIGITS && Math.abs(number) >= Double.MIN_NORMAL;
    return isRight || number == 0 ? text : shortened(number);
  }

  private static int digits(String text) {
    String mantissa = text.split("E")[0].replaceAll("[-.]", "");
    return mantissa.replaceFirst("^0+", "").length();
  }

  private static String shortened(double number) {
    BigDecimal exact = new BigDecimal(number);
    BigDecimal shortest = rounded(exact, MOST_DIGITS);
    for (int digits = MOST_DIGITS - 1; digits >= FEWEST_DIGITS; digits--) {
      BigDecimal shorter = rounded(exact, digits);
      if (shorter.doubleValue() != number) {
        break;
      }
      shortest = shorter;
    }
    return written(shortest.stripTrailingZeros());
  }

  private static BigDecimal rounded(BigDecimal exact, int digits) {
    return exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
  }

  private static String written(BigDecimal decimal) {
    int exponent = decimal.precision() - decimal.scale() - 1;
    if (exponent >= SMALLEST_PLAIN_EXPONENT && exponent <= LARGEST_PLAIN_EXPONENT) {
      String plain = decimal.toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String digits = decimal.unscaledValue().abs().toString();
    String fraction = digits.length() == 1 ? "0" : digits.substring(1);
    return (decimal.signum() < 0 ? "-" : "") + digits.charAt(0) + "." + fraction + "E" + exponent;
  }
}

package dev.vantage.tsdb.format;

import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.BooleanValue;
import dev.vantage.tsdb.series.AttributeValue.DoubleValue;
import dev.vantage.tsdb.series.AttributeValue.LongValue;
import dev.vantage.tsdb.series.AttributeValue.TextValue;
import dev.vantage.tsdb.series.AttributeValue.TimestampValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.InvalidAttributeException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses attribute values from files and commands. Thread-safe. */
public final class AttributeText {
  /** The types other than text, the narrowest first. */
  static final List<Type> NARROW = List.of(Type.BOOLEAN, Type.LONG, Type.DOUBLE, Type.TIMESTAMP);

  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");

  /** Possessive quantifiers, because backtracking over a long run of digits would be quadratic. */
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]++\\.?[0-9]*+|\\.[0-9]++)([eE][+-]?[0-9]++)?");

  private AttributeText() {}

  /**
   * Parses a value of a known type.
   *
   * @param text true or false in any case, a whole number of 64 bits, a decimal number, a date with
   *     a time and an offset in ISO 8601, or any text
   * @param type the type
   * @return the value, or empty if the text has no value of that type
   * @throws InvalidAttributeException if the type is text, and the text is too long or has
   *     characters that attributes may not contain
   */
  public static Optional<AttributeValue> read(String text, Type type) {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(type, "type");
    return switch (type) {
      case BOOLEAN -> truth(text);
      case LONG -> whole(text);
      case DOUBLE -> decimal(text);
      case TIMESTAMP -> TimestampValue.ofText(text).map(moment -> moment);
      case TEXT -> Optional.of(new TextValue(text));
    };
  }

  /**
   * Parses a value of the narrowest type that fits: boolean, long, double, timestamp, text.
   *
   * @param text a value as for {@link #read}, but booleans only in lower case
   * @return the value
   * @throws InvalidAttributeException if the text is too long or has characters that attributes may
   *     not contain
   */
  public static AttributeValue readNarrowest(String text) {
    Objects.requireNonNull(text, "text");
    return NARROW.stream()
        .filter(type -> type != Type.BOOLEAN || text.equals(text.toLowerCase(Locale.ROOT)))
        .flatMap(type -> read(text, type).stream())
        .findFirst()
        .orElseGet(() -> new TextValue(text));
  }

  private static Optional<AttributeValue> truth(String text) {
    return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")
        ? Optional.of(new BooleanValue(Boolean.parseBoolean(text)))
        : Optional.empty();
  }

  private static Optional<AttributeValue> whole(String text) {
    if (!WHOLE.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new LongValue(Long.parseLong(text)));
    } catch (NumberFormatException e) {
      return Optional.empty(); // beyond 64 bits
    }
  }

  private static Optional<AttributeValue> decimal(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      return Optional.empty();
    }
    double number = Double.parseDouble(text);
    return Double.isFinite(number) ? Optional.of(new DoubleValue(number)) : Optional.empty();
  }
}

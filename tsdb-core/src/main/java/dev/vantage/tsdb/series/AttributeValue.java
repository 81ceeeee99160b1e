package dev.vantage.tsdb.series;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** The value of an attribute, with its type. Immutable. */
public sealed interface AttributeValue {

  /** The type of a value. */
  enum Type {
    /** A finite double. */
    DOUBLE,
    /** A 64-bit integer. */
    LONG,
    /** A string. */
    TEXT,
    /** True or false. */
    BOOLEAN,
    /** A point in time, with a precision of one microsecond. */
    TIMESTAMP;

    /**
     * The name that users write.
     *
     * @return the name, in lower case
     */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds a type.
     *
     * @param label its name, in any case
     * @return the type, or empty if no type has that name
     */
    public static Optional<Type> ofLabel(String label) {
      Objects.requireNonNull(label, "label");
      return Arrays.stream(values()).filter(type -> type.label().equalsIgnoreCase(label)).findAny();
    }
  }

  /**
   * A finite floating-point number.
   *
   * @param value the number
   */
  record DoubleValue(double value) implements AttributeValue {
    public DoubleValue {
      if (!Double.isFinite(value)) {
        throw new InvalidAttributeException("attribute value must be finite: value=" + value);
      }
    }

    @Override
    public Type type() {
      return Type.DOUBLE;
    }

    @Override
    public String toString() {
      return Double.toString(value);
    }
  }

  /**
   * A 64-bit integer.
   *
   * @param value the number
   */
  record LongValue(long value) implements AttributeValue {
    @Override
    public Type type() {
      return Type.LONG;
    }

    @Override
    public String toString() {
      return Long.toString(value);
    }
  }

  /**
   * A string.
   *
   * @param value the string, at most {@value Attributes#MAX_TEXT} chars, none of them U+0000
   */
  record TextValue(String value) implements AttributeValue {
    public TextValue {
      Objects.requireNonNull(value, "value");
      if (value.length() > Attributes.MAX_TEXT) {
        throw new InvalidAttributeException(
            "attribute text must have at most "
                + Attributes.MAX_TEXT
                + " chars: chars="
                + value.length());
      }
      UnicodeText.check("attribute text", value);
      if (value.indexOf('\0') >= 0) {
        throw new InvalidAttributeException(
            "attribute text must not have the character U+0000: at char=" + value.indexOf('\0'));
      }
    }

    @Override
    public Type type() {
      return Type.TEXT;
    }

    @Override
    public String toString() {
      return value;
    }
  }

  /**
   * True or false.
   *
   * @param value the boolean
   */
  record BooleanValue(boolean value) implements AttributeValue {
    @Override
    public Type type() {
      return Type.BOOLEAN;
    }

    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  /**
   * A point in time. Fractions of a microsecond are cut off.
   *
   * @param value the time, in the years 1 to 9999 (UTC)
   */
  record TimestampValue(Instant value) implements AttributeValue {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    public TimestampValue {
      Objects.requireNonNull(value, "value");
      if (value.isBefore(FIRST) || !value.isBefore(END)) {
        throw new InvalidAttributeException(
            "attribute timestamp must be in the years 1 to 9999: value=" + value);
      }
      value = value.truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * Parses a timestamp.
     *
     * @param text a date, a time and an offset from UTC, as ISO 8601 writes them
     * @return the timestamp, or empty if the text is malformed
     */
    public static Optional<TimestampValue> ofText(String text) {
      Objects.requireNonNull(text, "text");
      try {
        return Optional.of(new TimestampValue(OffsetDateTime.parse(text).toInstant()));
      } catch (DateTimeParseException | InvalidAttributeException e) {
        return Optional.empty();
      }
    }

    /**
     * Returns the timestamp at a number of microseconds since the epoch.
     *
     * @param microseconds microseconds since 1970-01-01T00:00:00Z
     * @return the timestamp
     */
    public static TimestampValue ofEpochMicroseconds(long microseconds) {
      return new TimestampValue(Instant.EPOCH.plus(microseconds, ChronoUnit.MICROS));
    }

    /** {@return microseconds since 1970-01-01T00:00:00Z} */
    public long epochMicroseconds() {
      // ChronoUnit would count in nanoseconds, of which a long holds only 292 years.
      return 1_000_000 * value.getEpochSecond() + value.getNano() / 1000;
    }

    @Override
    public Type type() {
      return Type.TIMESTAMP;
    }

    @Override
    public String toString() {
      return value.toString();
    }
  }

  /** {@return the type of this value} */
  Type type();
}

package dev.vantage.tsdb.series;

import java.util.Locale;

/** The value of an attribute, with its type. Immutable. */
public sealed interface AttributeValue {

  /** The types that a value can have. */
  enum Type {
    /** A finite double. */
    DOUBLE,
    /** A 64-bit integer. */
    LONG,
    /** A text. */
    TEXT,
    /** True or false. */
    BOOLEAN;

    /**
     * The name that users write.
     *
     * @return the name, in lower case
     */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A finite number with a fraction.
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
   * A whole number.
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
   * A text.
   *
   * @param value the text, at most {@value Attributes#MAX_TEXT} chars
   */
  record TextValue(String value) implements AttributeValue {
    public TextValue {
      if (value.length() > Attributes.MAX_TEXT) {
        throw new InvalidAttributeException(
            "attribute text must have at most "
                + Attributes.MAX_TEXT
                + " chars: chars="
                + value.length());
      }
      UnicodeText.check("attribute text", value);
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
   * @param value which of them
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

  /** {@return the type of this value} */
  Type type();
}

package dev.vantage.tsdb.condition;

import dev.vantage.tsdb.series.AttributeValue.TimestampValue;
import java.math.BigDecimal;

/** A literal of a condition and its position. {@code toString} is the canonical form. Immutable. */
sealed interface Literal {

  /** Returns the position of the first char, from 1. */
  int column();

  /** Returns the name of its type in messages. */
  String kind();

  /** A number. Digits alone are an exact integer; other forms are decimals. */
  record Number(String text, int column) implements Literal {
    public Number {
      text = text.startsWith("+") ? text.substring(1) : text;
    }

    BigDecimal value() {
      return new BigDecimal(text);
    }

    boolean isWhole() {
      return text.chars().allMatch(c -> c == '-' || c >= '0' && c <= '9');
    }

    @Override
    public String kind() {
      return "number";
    }

    @Override
    public String toString() {
      return text;
    }
  }

  record Text(String value, int column) implements Literal {
    @Override
    public String kind() {
      return "text";
    }

    @Override
    public String toString() {
      return "'" + value.replace("'", "''") + "'";
    }
  }

  record Truth(boolean value, int column) implements Literal {
    @Override
    public String kind() {
      return "boolean";
    }

    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  record Moment(TimestampValue value, int column) implements Literal {
    @Override
    public String kind() {
      return "timestamp";
    }

    @Override
    public String toString() {
      return "timestamp '" + value + "'";
    }
  }
}

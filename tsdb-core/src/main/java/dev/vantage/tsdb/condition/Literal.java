package dev.vantage.tsdb.condition;

import dev.vantage.tsdb.series.AttributeValue.TimestampValue;
import java.math.BigDecimal;

/** A value that is written in a condition, and where; its text form is how it is written. */
sealed interface Literal {

  /** Where it begins, in chars, from 1. */
  int column();

  /** What it is called in messages. */
  String kind();

  /** A number. One that is written as digits alone is exact, others are decimals. */
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

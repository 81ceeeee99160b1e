package dev.vantage.tsdb.rows;

import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** A function of the values that a group of rows has of one attribute. */
public enum Aggregate {
  /** The number of values. */
  COUNT,
  /** The number of different values. */
  COUNT_DISTINCT,
  /** The least value. */
  MIN,
  /** The greatest value. */
  MAX,
  /**
   * The sum of numbers: exact for longs; for doubles a compensated sum in the order of the rows.
   */
  SUM,
  /** The arithmetic mean of numbers, as a double. */
  MEAN,
  /** The standard deviation of numbers, with divisor n, as a double. */
  STD,
  /** The middle number, or the mean of the two middle numbers, as a double. */
  MEDIAN,
  /** The most frequent value; of several the value that comes first. */
  MAJORITY;

  /**
   * The word that users write.
   *
   * @return the name, in lower case, with a hyphen between words
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Finds an aggregate.
   *
   * @param label its word
   * @return the aggregate, or empty if no aggregate has that word
   */
  public static Optional<Aggregate> ofLabel(String label) {
    Objects.requireNonNull(label, "label");
    return Arrays.stream(values()).filter(one -> one.label().equals(label)).findAny();
  }

  /** {@return whether the attribute must be a double or a long} */
  public boolean wantsNumbers() {
    return switch (this) {
      case SUM, MEAN, STD, MEDIAN -> true;
      case COUNT, COUNT_DISTINCT, MIN, MAX, MAJORITY -> false;
    };
  }

  /**
   * Returns the type of the result.
   *
   * @param type the type of the attribute
   * @return the type of the aggregate
   */
  public Type type(Type type) {
    Objects.requireNonNull(type, "type");
    return switch (this) {
      case COUNT, COUNT_DISTINCT -> Type.LONG;
      case MIN, MAX, SUM, MAJORITY -> type;
      case MEAN, STD, MEDIAN -> Type.DOUBLE;
    };
  }

  /**
   * Returns a sum of longs as a value.
   *
   * @param sum the sum
   * @return the sum, of type long
   * @throws InvalidSelectException if it is not from -2^63 to 2^63 - 1
   */
  public static AttributeValue sumOfLongs(BigInteger sum) {
    Objects.requireNonNull(sum, "sum");
    if (sum.bitLength() >= Long.SIZE) {
      throw new InvalidSelectException(
          InvalidSelectException.Rule.OVERFLOW, "sum must be from -2^63 to 2^63 - 1: sum=" + sum);
    }
    return new AttributeValue.LongValue(sum.longValueExact());
  }

  /** Returns the name of a column with this aggregate of an attribute. */
  String columnName(String attribute) {
    return name().toLowerCase(Locale.ROOT) + "_" + attribute;
  }
}

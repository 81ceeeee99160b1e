package dev.vantage.tsdb.condition;

import java.util.Objects;

/**
 * A test of one attribute, for values of any type. Immutable.
 *
 * @param <T> the type of the values: double, long or string
 * @param attribute the name of the attribute
 * @param accepted the values that pass the test, unless it is negative
 * @param polarity whether those values pass, or all others
 */
public record Leaf<T>(String attribute, Accepted<T> accepted, Polarity polarity) {
  public Leaf {
    Objects.requireNonNull(attribute, "attribute");
    Objects.requireNonNull(accepted, "accepted");
    Objects.requireNonNull(polarity, "polarity");
  }

  /** {@return whether the test accepts all other values} */
  public boolean negated() {
    return polarity.isNegative();
  }

  IllegalArgumentException refused(Object value) {
    return new IllegalArgumentException(
        "row must give values of the types that the condition was bound to: test='"
            + this
            + "', value="
            + value);
  }

  @Override
  public String toString() {
    return Names.written(attribute) + accepted.written(polarity);
  }
}

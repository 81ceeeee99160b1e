package dev.vantage.tsdb.condition;

/** A test of one attribute, for values of any type. Immutable. */
public record Leaf<T>(String attribute, Accepted<T> accepted, Polarity polarity) {
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

package dev.vantage.tsdb.condition;

/** Whether a test accepts its values, or all other values. Null is never accepted. */
public enum Polarity {
  /** The test accepts its values. */
  POSITIVE,
  /** The test accepts all other values. */
  NEGATIVE;

  static Polarity of(boolean negated) {
    return negated ? NEGATIVE : POSITIVE;
  }

  boolean isNegative() {
    return this == NEGATIVE;
  }
}

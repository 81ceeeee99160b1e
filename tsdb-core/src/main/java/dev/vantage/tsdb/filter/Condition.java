package dev.vantage.tsdb.filter;

import java.util.Objects;

/** A condition on the attributes of a series. Immutable. */
public final class Condition {
  private final String text;

  private Condition(String text) {
    this.text = Objects.requireNonNull(text, "text");
  }

  /**
   * Reads a condition.
   *
   * @param text the condition
   * @return the condition
   */
  public static Condition parse(String text) {
    return new Condition(text);
  }

  /**
   * Finds what the condition means.
   *
   * @param types the attributes that there are
   */
  public void bind(dev.vantage.tsdb.series.AttributeTypes types) {
    Objects.requireNonNull(types, "types");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Condition that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}

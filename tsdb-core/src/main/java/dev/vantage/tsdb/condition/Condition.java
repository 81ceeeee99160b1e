package dev.vantage.tsdb.condition;

import dev.vantage.tsdb.series.AttributeTypes;

/**
 * A condition on the attributes of series, as users write it: {@code type = 'ab' and period between
 * 0.4 and 0.8}. It knows names and literals; types come with {@link #bind}. The language is in the
 * description of this package. Immutable.
 *
 * <p>Conditions are equal if their canonical texts are: those that differ in spaces, in parentheses
 * that change nothing, in the case of keywords, or in the side of a literal.
 */
public final class Condition {
  /** The most chars that the text of a condition may have. */
  public static final int MAX_CHARS = 65_536;

  /** The most levels of {@code not} and parentheses within each other. */
  public static final int MAX_NESTING = 100;

  /** The most tests. */
  public static final int MAX_TESTS = 2000;

  /** The most literals. */
  public static final int MAX_LITERALS = 10_000;

  private final Expression expression;
  private final String text;

  private Condition(Expression expression, String text) {
    this.expression = expression;
    this.text = text;
  }

  /**
   * Reads a condition, in time proportional to its length.
   *
   * @param text the text
   * @return the condition
   * @throws InvalidConditionException if the text is not one or exceeds a limit
   */
  public static Condition parse(String text) {
    Expression expression = Parser.parse(text);
    String canonical = expression.toString();
    if (canonical.length() > MAX_CHARS) {
      throw InvalidConditionException.at(
          text.length(),
          "condition must have at most " + MAX_CHARS + " chars with the usual spaces",
          "chars=" + canonical.length());
    }
    return new Condition(expression, canonical);
  }

  /**
   * Finds what the condition means for attributes of certain types.
   *
   * @param types the attributes that there are
   * @return the condition with types
   * @throws InvalidConditionException if an attribute is unknown or of another type than what it is
   *     compared with; the column is that of the text that was parsed
   */
  public Filter bind(AttributeTypes types) {
    return new Binder(types).bind(expression);
  }

  Expression expression() {
    return expression;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Condition that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** {@return the condition's canonical text, which parses to an equal condition} */
  @Override
  public String toString() {
    return text;
  }
}

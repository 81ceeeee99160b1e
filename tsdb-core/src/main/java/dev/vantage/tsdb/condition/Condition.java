package dev.vantage.tsdb.condition;

import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue.Type;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;

/**
 * A condition on the attributes of series, as users write it: {@code type = 'ab' and period between
 * 0.4 and 0.8}. A condition has names and literals; {@link #bind} adds the types. The description
 * of this package defines the language. Immutable.
 *
 * <p>Conditions are equal if their canonical texts are equal. Spaces, redundant parentheses, the
 * case of keywords and the side of a literal make no difference.
 */
public final class Condition {
  /** The maximum length of a condition's text, in chars. */
  public static final int MAX_CHARS = 65_536;

  /** The maximum nesting depth of {@code not} and parentheses. */
  public static final int MAX_NESTING = 100;

  /** The maximum number of tests. */
  public static final int MAX_TESTS = 2000;

  /** The maximum number of literals. */
  public static final int MAX_LITERALS = 10_000;

  private final Expression expression;
  private final String text;

  private Condition(Expression expression, String text) {
    this.expression = expression;
    this.text = text;
  }

  /**
   * Parses a condition. Cost: linear in the length of the text.
   *
   * @param text the text
   * @return the condition
   * @throws InvalidConditionException if the text is malformed or exceeds a limit
   */
  public static Condition parse(String text) {
    Objects.requireNonNull(text, "text");
    Expression expression = Parser.parse(text);
    String canonical = expression.toString();
    if (canonical.length() > MAX_CHARS) {
      throw InvalidConditionException.at(
          text.length(),
          "condition must have at most " + MAX_CHARS + " chars in canonical form",
          "chars=" + canonical.length());
    }
    return new Condition(expression, canonical);
  }

  /**
   * Binds the attributes of the condition to their types.
   *
   * @param types the attributes of the database
   * @return the typed condition
   * @throws InvalidConditionException if an attribute is unknown, or is compared with a literal of
   *     another type; the column refers to the text that was parsed
   */
  public Filter bind(AttributeTypes types) {
    Objects.requireNonNull(types, "types");
    return new Binder(types).bind(expression);
  }

  /**
   * Returns the types that the literals imply: double for a number, text for a text, and so on. An
   * attribute that is compared with literals of several types has the type of the first one.
   *
   * @return the type of each attribute by its name, in the order of the condition; text for an
   *     attribute that is compared with null alone
   */
  public Map<String, Type> impliedTypes() {
    return Collections.unmodifiableMap(ImpliedTypes.of(expression));
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

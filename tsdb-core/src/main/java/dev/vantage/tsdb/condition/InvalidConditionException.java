package dev.vantage.tsdb.condition;

/**
 * A condition is malformed, or does not fit the attributes of the database; the message names the
 * rule, then the values and the column.
 */
public final class InvalidConditionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_SHOWN = 60;

  private final int column;

  /**
   * Creates the exception.
   *
   * @param message the rule, then the values
   * @param column the position in the text of the condition, in chars, from 1
   */
  public InvalidConditionException(String message, int column) {
    super(message);
    this.column = column;
  }

  /** {@return the position in the text of the condition, in chars, from 1} */
  public int column() {
    return column;
  }

  static InvalidConditionException at(int column, String rule) {
    return new InvalidConditionException(rule + ": column=" + column, column);
  }

  static InvalidConditionException at(int column, String rule, String values) {
    return new InvalidConditionException(rule + ": " + values + ", column=" + column, column);
  }

  /** Creates the exception with a hint about what is probably meant; the hint may be empty. */
  static InvalidConditionException at(int column, String rule, String values, String hint) {
    String end = hint.isEmpty() ? "" : "; hint: " + hint;
    return new InvalidConditionException(rule + ": " + values + ", column=" + column + end, column);
  }

  /** Returns a part of a condition in a form that is safe to show in a message. */
  static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(MAX_SHOWN)
        .map(c -> Character.isISOControl(c) ? '\uFFFD' : c)
        .forEach(shown::appendCodePoint);
    boolean isCut = text.codePointCount(0, text.length()) > MAX_SHOWN;
    return isCut ? shown + "..." : shown.toString();
  }
}

package dev.vantage.tsdb.rows;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A select breaks a rule, or does not fit the attributes that it reads; the message names the rule,
 * then the values.
 */
public final class InvalidSelectException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_SHOWN = 60;

  /** The kinds of rules. */
  public enum Rule {
    /** The columns: their number, and that their names differ. */
    COLUMNS,
    /** A column beside an aggregate must be grouped by. */
    GROUPING,
    /** The order names columns of the select, each once. */
    ORDER,
    /** An attribute that a column or a group names must exist. */
    ATTRIBUTE,
    /** An aggregate must suit the type of its attribute. */
    TYPE,
    /** An aggregate must be within the range of its type. */
    OVERFLOW,
    /** The limit of rows, and what fits in memory. */
    LIMIT;

    /**
     * The word that programs read.
     *
     * @return the name, in lower case
     */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds a rule.
     *
     * @param label its word
     * @return the rule, or empty if no rule has that word
     */
    public static Optional<Rule> ofLabel(String label) {
      Objects.requireNonNull(label, "label");
      return Arrays.stream(values()).filter(rule -> rule.label().equals(label)).findAny();
    }
  }

  private final Rule rule;

  /**
   * Creates the exception.
   *
   * @param rule the kind of the rule
   * @param message the rule, then the values
   */
  public InvalidSelectException(Rule rule, String message) {
    super(message);
    this.rule = Objects.requireNonNull(rule, "rule");
  }

  /** {@return the kind of the rule} */
  public Rule rule() {
    return rule;
  }

  /** Returns a name in a form that is safe to show in a message. */
  static String shown(String name) {
    StringBuilder shown = new StringBuilder("'");
    name.codePoints()
        .limit(MAX_SHOWN)
        .map(c -> Character.isISOControl(c) ? '\uFFFD' : c)
        .forEach(shown::appendCodePoint);
    return shown
        .append(name.codePointCount(0, name.length()) > MAX_SHOWN ? "...'" : "'")
        .toString();
  }
}

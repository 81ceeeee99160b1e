package dev.vantage.tsdb.language;

import dev.vantage.tsdb.TsdbException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A program is malformed, failed, or reached one of its limits. The message has the place, the rule
 * and the values: {@code line 1, column 3: name must be defined: simlar, nearest=similar}.
 */
public final class ProgramException extends TsdbException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final int line;
  private final int column;
  private final @Nullable String hint;

  private ProgramException(String code, Position position, String message, @Nullable String hint) {
    super(position + ": " + message);
    this.code = code;
    this.line = position.line();
    this.column = position.column();
    this.hint = hint;
  }

  /**
   * Creates the exception of a program that failed elsewhere, such as in a server.
   *
   * @param code the kind of the failure
   * @param line the line of the form that failed, from 1
   * @param column the column of the form that failed, in code points, from 1
   * @param message the rule and its values
   * @return the exception, whose message begins with the line and the column
   */
  public static ProgramException of(String code, int line, int column, String message) {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(message, "message");
    return new ProgramException(code, new Position(line, column), message, null);
  }

  /**
   * Adds the name that was probably meant, which the message shows already.
   *
   * @param newHint the name
   * @return a copy with that hint
   */
  public ProgramException withHint(String newHint) {
    Objects.requireNonNull(newHint, "newHint");
    Position position = new Position(line, column);
    String message = String.valueOf(getMessage()).substring((position + ": ").length());
    return new ProgramException(code, position, message, newHint);
  }

  /** Creates an exception whose message is a rule and its values. */
  static ProgramException at(Position position, String code, String message) {
    return new ProgramException(code, position, message, null);
  }

  /** Creates an exception with the name that was probably meant, which the message shows, too. */
  static ProgramException near(
      Position position, String code, String message, Optional<String> nearest) {
    return new ProgramException(
        code,
        position,
        message + nearest.map(name -> ", nearest=" + name).orElse(""),
        nearest.orElse(null));
  }

  /** {@return the kind of the failure, such as {@code name/unknown} or {@code limit/steps}} */
  public String code() {
    return code;
  }

  /** {@return the line of the form that failed, from 1} */
  public int line() {
    return line;
  }

  /** {@return the column of the form that failed, in code points, from 1} */
  public int column() {
    return column;
  }

  /** {@return the name that was probably meant, if a similar one is known} */
  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }
}

package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.condition.InvalidConditionException;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The option that takes a condition, and how a mistake in it is shown. */
final class WhereOption {
  /** So much of a long line is shown on either side of a mistake. */
  private static final int SHOWN_CHARS = 60;

  @Option(
      names = "--where",
      paramLabel = "EXPR",
      description =
          "A condition on attributes that series must meet, such as \"type = 'ab' and period"
              + " between 0.4 and 0.6\"; 'tsdb attributes list' shows them.")
  private String text;

  /** The condition, or empty if none was given. */
  Optional<Condition> condition() {
    return text == null ? Optional.empty() : Optional.of(pointing(() -> Condition.parse(text)));
  }

  /** Does what may find a mistake in the condition, and then points at it. */
  <T> T pointing(Supplier<T> work) {
    try {
      return work.get();
    } catch (InvalidConditionException e) {
      throw new InvalidConditionException(
          e.getMessage() + "\n" + pointer(text, e.column()), e.column());
    }
  }

  /** The line with a mistake, and below it a caret at its place. */
  static String pointer(String text, int column) {
    int at = Math.min(column - 1, text.length());
    int begin = 1 + Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1));
    int before = text.codePointCount(begin, at);
    int[] line =
        text.substring(begin)
            .lines()
            .findFirst()
            .orElse("")
            .codePoints()
            .map(c -> Character.isISOControl(c) ? ' ' : c)
            .toArray();
    int from = Math.max(0, before - SHOWN_CHARS);
    int to = Math.min(line.length, before + SHOWN_CHARS);
    return "  "
        + new String(line, from, Math.max(0, to - from))
        + "\n"
        + " ".repeat(2 + before - from)
        + "^";
  }
}

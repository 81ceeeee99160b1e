package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.cli.plot.VisibleText;
import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.condition.InvalidConditionException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option for a condition. Shows the position of a mistake. */
final class WhereOption {
  /** The number of characters of a long line that are shown on each side of a mistake. */
  private static final int SHOWN_CHARS = 60;

  @Option(
      names = "--where",
      paramLabel = "EXPR",
      description =
          "A condition on attributes that series must meet, for example \"type = 'ab' and period"
              + " between 0.4 and 0.6\"; 'tsdb attributes list' shows the attributes.")
  private @Nullable String text;

  /** Returns the condition, or empty if it was not given. */
  Optional<Condition> condition() {
    return Optional.ofNullable(text).map(given -> pointing(() -> Condition.parse(given)));
  }

  /** Runs work that may find a mistake in the condition, and adds its place to the failure. */
  <T> T pointing(Supplier<T> work) {
    try {
      return work.get();
    } catch (InvalidConditionException e) {
      throw new InvalidConditionException(
          e.getMessage() + "\n" + pointer(Objects.requireNonNullElse(text, ""), e.column()),
          e.column());
    }
  }

  /** Returns the line with the mistake, and below it a caret at the mistake. */
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
    String left = new String(line, from, Math.max(0, Math.min(before, to) - from));
    return "  "
        + new String(line, from, Math.max(0, to - from))
        + "\n"
        + " "
            .repeat(
                2 + VisibleText.width(left) + before - from - left.codePointCount(0, left.length()))
        + "^";
  }
}

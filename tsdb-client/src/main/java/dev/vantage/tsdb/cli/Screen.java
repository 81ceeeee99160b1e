package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.cli.plot.Terminal;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Standard output as a terminal. */
final class Screen {
  private static final String IS_TERMINAL = "tsdb.terminal.out";
  private static final String IS_INPUT_TERMINAL = "tsdb.terminal.in";
  private static final String LOCALE = "tsdb.locale";
  private static final File DEVICE = new File("/dev/tty");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,5}) (\\d{1,5})\\s*");
  private static final long PATIENCE_SECONDS = 2;

  private Screen() {}

  private record Size(int columns, int rows) {}

  /** Whether standard output is a terminal. */
  static boolean isTerminal() {
    return Boolean.getBoolean(IS_TERMINAL);
  }

  /** Whether standard input and standard output are a terminal. */
  static boolean isConversation() {
    return isTerminal() && Boolean.getBoolean(IS_INPUT_TERMINAL);
  }

  /** Finds out what standard output can show. */
  static Terminal terminal() {
    boolean terminal = isTerminal();
    Size size = size(System.getenv(), terminal);
    Terminal found =
        Terminal.of(
            System.getenv(),
            terminal ? Terminal.Output.TERMINAL : Terminal.Output.OTHER,
            size.columns(),
            size.rows());
    // The start script replaces a locale that is not UTF-8, and passes the original locale on.
    return Optional.ofNullable(System.getProperty(LOCALE))
        .map(locale -> found.with(Terminal.charactersOf(locale)))
        .orElse(found);
  }

  private static Size size(Map<String, String> environment, boolean terminal) {
    Size size =
        (terminal ? asked() : Optional.<Size>empty())
            .orElse(new Size(Terminal.USUAL_COLUMNS, Terminal.USUAL_ROWS));
    return new Size(
        number(environment.getOrDefault("COLUMNS", ""), size.columns),
        number(environment.getOrDefault("LINES", ""), size.rows));
  }

  private static int number(String given, int other) {
    return given.matches("[1-9]\\d{0,4}") ? Integer.parseInt(given) : other;
  }

  /** Asks the terminal for its size, which Java cannot do itself. */
  private static Optional<Size> asked() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(DEVICE)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        if (stty.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          byte[] answer = stty.getInputStream().readAllBytes();
          Matcher size = SIZE.matcher(new String(answer, StandardCharsets.US_ASCII));
          return size.matches()
              ? Optional.of(
                  new Size(
                      number(size.group(2), Terminal.USUAL_COLUMNS),
                      number(size.group(1), Terminal.USUAL_ROWS)))
              : Optional.empty();
        }
      } finally {
        stty.destroy();
      }
    } catch (IOException e) {
      return Optional.empty(); // no terminal or no program of that name
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }
}

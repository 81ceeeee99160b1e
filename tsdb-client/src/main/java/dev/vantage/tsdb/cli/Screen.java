package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.cli.plot.Terminal;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Standard output as a terminal. */
final class Screen {
  private static final String IS_TERMINAL = "tsdb.terminal.out";
  private static final String LOCALE = "tsdb.locale";
  private static final File DEVICE = new File("/dev/tty");
  private static final Pattern SIZE = Pattern.compile("\\d+ (\\d{1,5})\\s*");
  private static final long PATIENCE_SECONDS = 2;

  private Screen() {}

  /** Whether standard output is a terminal. */
  static boolean isTerminal() {
    return Boolean.getBoolean(IS_TERMINAL);
  }

  /** Finds out what standard output can show. */
  static Terminal terminal() {
    boolean terminal = isTerminal();
    Terminal found =
        Terminal.of(
            System.getenv(),
            terminal ? Terminal.Output.TERMINAL : Terminal.Output.OTHER,
            columns(System.getenv(), terminal));
    // The start script replaces a locale that is not UTF-8, and passes the original locale on.
    return Optional.ofNullable(System.getProperty(LOCALE))
        .map(locale -> found.with(Terminal.charactersOf(locale)))
        .orElse(found);
  }

  private static int columns(Map<String, String> environment, boolean terminal) {
    String given = environment.getOrDefault("COLUMNS", "");
    if (given.matches("[1-9]\\d{0,4}")) {
      return Integer.parseInt(given);
    }
    return (terminal ? asked() : OptionalInt.empty()).orElse(Terminal.USUAL_COLUMNS);
  }

  /** Asks the terminal for its width, which Java cannot do itself. */
  private static OptionalInt asked() {
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
          return size.matches() && !size.group(1).equals("0")
              ? OptionalInt.of(Integer.parseInt(size.group(1)))
              : OptionalInt.empty();
        }
      } finally {
        stty.destroy();
      }
    } catch (IOException e) {
      return OptionalInt.empty(); // no terminal or no program of that name
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return OptionalInt.empty();
  }
}

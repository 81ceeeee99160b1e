package dev.vantage.tsdb.cli.plot;

import java.util.Locale;
import java.util.Map;

/**
 * What a terminal can show. Immutable.
 *
 * @param columns its width in characters
 * @param rows its height in lines
 * @param colors the colors that it shows
 * @param characters the characters that it shows
 */
public record Terminal(int columns, int rows, Colors colors, Characters characters) {
  /** The width where none is known, in characters. */
  public static final int USUAL_COLUMNS = 72;

  /** The height where none is known, in lines. */
  public static final int USUAL_ROWS = 34;

  /** The least width that is drawn for, in characters. */
  static final int LEAST_COLUMNS = 24;

  /** How many colors a terminal has. */
  public enum Colors {
    /** None, or none are wanted. */
    NONE,
    /** The 8 colors of ANSI terminals and their bright variants. */
    SIXTEEN,
    /** The 256 colors of xterm. */
    MANY
  }

  /** Which characters a terminal has. */
  public enum Characters {
    /** Those of ASCII alone. */
    ASCII,
    /** Those of Unicode, with Braille and block elements. */
    UNICODE
  }

  /** Draws for at least a few columns, however narrow the terminal is. */
  public Terminal {
    columns = Math.max(LEAST_COLUMNS, columns);
  }

  /** Where output goes. */
  public enum Output {
    /** To a terminal. */
    TERMINAL,
    /** To a file or to another program. */
    OTHER
  }

  /**
   * Finds out what the output shows, by the usual variables: {@code NO_COLOR}, {@code COLORTERM},
   * {@code TERM}, and the locale's {@code LC_ALL}, {@code LC_CTYPE} and {@code LANG}. What is no
   * terminal gets no colors.
   *
   * @param environment the variables
   * @param output where output goes
   * @param columns its width in characters
   * @param rows its height in lines
   * @return what it shows
   */
  public static Terminal of(Map<String, String> environment, Output output, int columns, int rows) {
    return new Terminal(columns, rows, colors(environment, output), characters(environment));
  }

  private static Colors colors(Map<String, String> environment, Output output) {
    String term = environment.getOrDefault("TERM", "");
    boolean unwanted = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    if (unwanted || output != Output.TERMINAL || term.isEmpty() || term.equals("dumb")) {
      return Colors.NONE;
    }
    boolean many = !environment.getOrDefault("COLORTERM", "").isEmpty() || term.contains("256");
    return many ? Colors.MANY : Colors.SIXTEEN;
  }

  private static Characters characters(Map<String, String> environment) {
    for (String variable : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String locale = environment.getOrDefault(variable, "");
      if (!locale.isEmpty()) {
        return charactersOf(locale);
      }
    }
    return Characters.ASCII;
  }

  /**
   * Says which characters a locale has.
   *
   * @param locale its name, for example {@code de_DE.UTF-8}
   * @return Unicode if its encoding is UTF-8, else ASCII
   */
  public static Characters charactersOf(String locale) {
    String encoding = locale.toUpperCase(Locale.ROOT).replace("-", "");
    return encoding.contains("UTF8") ? Characters.UNICODE : Characters.ASCII;
  }

  /**
   * Changes the characters.
   *
   * @param newCharacters the characters
   * @return a copy with these characters
   */
  public Terminal with(Characters newCharacters) {
    return new Terminal(columns, rows, colors, newCharacters);
  }

  boolean isUnicode() {
    return characters == Characters.UNICODE;
  }
}

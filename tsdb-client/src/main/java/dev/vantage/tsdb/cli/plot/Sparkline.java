package dev.vantage.tsdb.cli.plot;

import java.util.Arrays;

/** Draws the values of a series as one short line of text. Thread-safe. */
public final class Sparkline {
  private static final String BLOCKS =
      "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588"; // an eighth to the whole of a character
  private static final String ASCII = "_.-'";

  private Sparkline() {}

  /**
   * Draws values from left to right, each as one character whose height says where the value is
   * between the least and the greatest.
   *
   * @param values the values, finite
   * @param characters the characters that can be shown
   * @return as many characters as there are values
   */
  public static String draw(double[] values, Terminal.Characters characters) {
    String levels = characters == Terminal.Characters.UNICODE ? BLOCKS : ASCII;
    double least = Arrays.stream(values).min().orElse(0);
    double range = Arrays.stream(values).max().orElse(0) - least;
    StringBuilder line = new StringBuilder();
    for (double value : values) {
      double share = range > 0 ? (value - least) / range : 0;
      line.append(levels.charAt((int) Math.min(levels.length() - 1, share * levels.length())));
    }
    return line.toString();
  }
}

package dev.vantage.tsdb.cli.plot;

import java.util.List;

/**
 * The colors of series. Each is readable on white and on black: its contrast with either is at
 * least 3 to 1. Series after the last color begin again with the first, in another pattern of
 * dashes where there are dashes.
 */
final class Palette {
  /** Axes, ticks and text beside the curves. */
  static final String AXIS = "#6e7781";

  private static final List<Color> COLORS =
      List.of(
          new Color("#2f81f7", 33, 94),
          new Color("#d9730d", 166, 31),
          new Color("#1a9e5c", 28, 35),
          new Color("#c252b8", 170, 36),
          new Color("#e5484d", 160, 32),
          new Color("#1597a5", 30, 91),
          new Color("#a0783c", 136, 95),
          new Color("#8f6fe0", 99, 33));

  private static final List<String> DASHES = List.of("", "6 3", "2 3", "9 3 2 3");

  /** A color: for SVG, as a number of xterm's 256, and as an SGR parameter for 16 colors. */
  private record Color(String hex, int xterm, int sgr) {}

  private Palette() {}

  /** Returns the number of series with colors of their own. */
  static int size() {
    return COLORS.size();
  }

  private static Color color(int series) {
    return COLORS.get(series % COLORS.size());
  }

  static String hex(int series) {
    return color(series).hex;
  }

  static int xterm(int series) {
    return color(series).xterm;
  }

  /** Returns the control sequence that begins a color, or the empty string without colors. */
  static String begin(int series, Terminal.Colors colors) {
    return switch (colors) {
      case NONE -> "";
      case SIXTEEN -> "\u001b[" + color(series).sgr + "m";
      case MANY -> "\u001b[38;5;" + color(series).xterm + "m";
    };
  }

  /** Returns the lengths of dashes and gaps, or the empty string for a line without gaps. */
  static String dashes(int series) {
    int pattern = series == 0 ? 0 : (series - 1) % COLORS.size() / 2 + (series - 1) / COLORS.size();
    return DASHES.get(pattern % DASHES.size());
  }
}

package dev.vantage.tsdb.cli.plot;

import java.util.Arrays;

/**
 * A rectangle of dots that become characters: 2 by 4 Braille dots in each, or one symbol of the
 * series. Not thread-safe. Dots are counted from the upper left.
 */
final class DotCanvas {
  private static final int BRAILLE = 0x2800;
  private static final int[][] BITS = {{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}};
  private static final String SYMBOLS = "*123456789abcdefghijklmnopqrstuvwxyz";

  private final boolean unicode;
  private final int columns;
  private final int rows;
  private final int[] bits;
  private final int[] series;

  DotCanvas(int columns, int rows, boolean unicode) {
    this.columns = columns;
    this.rows = rows;
    this.unicode = unicode;
    bits = new int[columns * rows];
    series = new int[columns * rows];
    Arrays.fill(series, CharacterGrid.PLAIN);
  }

  /** Returns the character that stands for a series where there are no colors. */
  static char symbol(int series) {
    return SYMBOLS.charAt(Math.min(series, SYMBOLS.length() - 1));
  }

  private int dotsAcross() {
    return unicode ? 2 : 1;
  }

  private int dotsDown() {
    return unicode ? 4 : 1;
  }

  /** Returns the dot at a part of the width, 0 to 1. */
  int across(double share) {
    return (int) Math.round(share * (columns * dotsAcross() - 1));
  }

  /** Returns the dot at a part of the height, where 1 is the top. */
  int down(double share) {
    return (int) Math.round((1 - share) * (rows * dotsDown() - 1));
  }

  /** Sets a dot. */
  void dot(int x, int y, int ofSeries) {
    int cell = y / dotsDown() * columns + x / dotsAcross();
    bits[cell] |= unicode ? BITS[x % 2][y % 4] : 1;
    series[cell] = ofSeries;
  }

  /** Sets all dots of a straight line, by Bresenham's algorithm. */
  void line(int fromX, int fromY, int toX, int toY, int ofSeries) {
    int width = Math.abs(toX - fromX);
    int height = Math.abs(toY - fromY);
    int stepX = Integer.signum(toX - fromX);
    int stepY = Integer.signum(toY - fromY);
    int error = width - height;
    int x = fromX;
    int y = fromY;
    dot(x, y, ofSeries);
    while (x != toX || y != toY) {
      int doubled = 2 * error;
      if (doubled > -height) {
        error -= height;
        x += stepX;
      }
      if (doubled < width) {
        error += width;
        y += stepY;
      }
      dot(x, y, ofSeries);
    }
  }

  /** Puts the symbol of a series in place of the character that has a dot. */
  void label(int x, int y, int ofSeries, CharacterGrid grid, int left, int top) {
    grid.set(left + x / dotsAcross(), top + y / dotsDown(), symbol(ofSeries), ofSeries);
  }

  /** Copies the characters that have dots into a grid. */
  void copyTo(CharacterGrid grid, int left, int top) {
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int cell = row * columns + column;
        if (bits[cell] != 0) {
          int character = unicode ? BRAILLE + bits[cell] : symbol(series[cell]);
          grid.set(left + column, top + row, character, series[cell]);
        }
      }
    }
  }
}

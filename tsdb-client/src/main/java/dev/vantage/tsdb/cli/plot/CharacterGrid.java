package dev.vantage.tsdb.cli.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Characters in rows and columns, each with the series whose color it has. Not thread-safe. */
final class CharacterGrid {
  /** The series of a character without color. */
  static final int PLAIN = -1;

  private static final String END = "\u001b[0m";

  private final int columns;
  private final int rows;
  private final int[][] characters;
  private final int[][] series;

  CharacterGrid(int columns, int rows) {
    this.columns = columns;
    this.rows = rows;
    characters = new int[rows][columns];
    series = new int[rows][columns];
    for (int row = 0; row < rows; row++) {
      Arrays.fill(characters[row], ' ');
      Arrays.fill(series[row], PLAIN);
    }
  }

  /** Sets a character; outside of the grid nothing is set. */
  void set(int column, int row, int character, int ofSeries) {
    if (column >= 0 && column < columns && row >= 0 && row < rows) {
      characters[row][column] = character;
      series[row][column] = ofSeries;
    }
  }

  /** Writes a text from a column on; what does not fit is cut off. */
  void write(int column, int row, String text, int ofSeries) {
    int at = column;
    for (int character : text.codePoints().toArray()) {
      set(at++, row, character, ofSeries);
    }
  }

  /** Returns the rows from top to bottom, without spaces at their ends. */
  List<String> lines(Terminal.Colors colors) {
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      lines.add(line(row, colors));
    }
    return lines;
  }

  private String line(int row, Terminal.Colors colors) {
    int end = columns;
    while (end > 0 && characters[row][end - 1] == ' ') {
      end--;
    }
    StringBuilder line = new StringBuilder();
    int current = PLAIN;
    for (int column = 0; column < end; column++) {
      int wanted = characters[row][column] == ' ' ? current : series[row][column];
      if (wanted != current) {
        line.append(begin(wanted, colors));
        current = wanted;
      }
      line.appendCodePoint(characters[row][column]);
    }
    return line.append(current == PLAIN ? "" : begin(PLAIN, colors)).toString();
  }

  private static String begin(int ofSeries, Terminal.Colors colors) {
    if (ofSeries == PLAIN) {
      return colors == Terminal.Colors.NONE ? "" : END;
    }
    return Palette.begin(ofSeries, colors);
  }
}

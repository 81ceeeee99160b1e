package dev.vantage.tsdb.cli.plot;

import dev.vantage.tsdb.plot.Plot;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws plots with characters: Braille dots, or one symbol for each series where there is only
 * ASCII. Where there are no colors, symbols on the curves tell the series apart. Panels are below
 * one another. Thread-safe.
 */
public final class TerminalPlot {
  private static final int MOST_ROWS = 30;

  /** The lines of the title, of the axes and of the prompt that follows. */
  private static final int OTHER_LINES = 6;

  private static final int LEAST_ROWS = 8;
  private static final int COLUMNS_PER_ROW = 4;

  private TerminalPlot() {}

  /**
   * Draws a plot.
   *
   * @param plot the plot
   * @param terminal what can be shown
   * @return the lines, none wider than the terminal
   */
  public static List<String> draw(Plot plot, Terminal terminal) {
    List<String> lines = new ArrayList<>();
    if (!plot.title().isEmpty()) {
      lines.add(fitted(plot.title(), terminal.columns(), terminal));
    }
    int most = rows(plot, terminal) / plot.panels().size();
    int rows = Math.max(LEAST_ROWS, Math.min(most, terminal.columns() / COLUMNS_PER_ROW));
    SeriesIndex series = new SeriesIndex(plot);
    plot.panels()
        .forEach(panel -> lines.addAll(new TerminalPanel(panel, series, terminal, rows).lines()));
    lines.addAll(legend(plot, terminal));
    return lines;
  }

  /** Returns the lines for curves, beside a legend and a table with a line for each of them. */
  private static int rows(Plot plot, Terminal terminal) {
    int others = OTHER_LINES + 2 * plot.legend().size();
    return Math.min(MOST_ROWS, terminal.rows() - others);
  }

  private static List<String> legend(Plot plot, Terminal terminal) {
    List<Plot.LegendEntry> entries = plot.legend();
    if (entries.size() < 2) {
      return List.of();
    }
    int widest =
        entries.stream()
            .mapToInt(entry -> VisibleText.width(shown(entry.name(), terminal)))
            .max()
            .orElse(0);
    int names = Math.min(widest, terminal.columns() / 2);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      String name = fitted(entries.get(i).name(), names, terminal);
      String begun = name + " ".repeat(names - VisibleText.width(name)) + "  ";
      int width = terminal.columns() - 4;
      String note = wholeParts(entries.get(i).note(), width - VisibleText.width(begun));
      lines.add(key(i, terminal) + fitted(begun + note, width, terminal).stripTrailing());
    }
    return lines;
  }

  /** Leaves out the last parts of a note that has no room, so that no number is cut. */
  private static String wholeParts(String note, int columns) {
    String parts = note;
    while (VisibleText.width(parts) > columns && parts.contains(", ")) {
      parts = parts.substring(0, parts.lastIndexOf(", "));
    }
    return parts;
  }

  /** Returns four columns that show how a series is drawn. */
  private static String key(int series, Terminal terminal) {
    boolean colored = terminal.colors() != Terminal.Colors.NONE;
    boolean dots = terminal.isUnicode() && (colored || series == 0);
    String sign = dots ? "\u2500\u2500" : DotCanvas.symbol(series) + " ";
    String end = colored ? "\u001b[0m" : "";
    return Palette.begin(series, terminal.colors()) + sign + end + "  ";
  }

  /** Replaces the characters that the terminal obeys or cannot show. */
  static String shown(String text, Terminal terminal) {
    String visible = VisibleText.of(text);
    return terminal.isUnicode() ? visible : visible.replaceAll("[^ -~]", "?");
  }

  /** Cuts a text to a number of columns. */
  static String fitted(String text, int columns, Terminal terminal) {
    return VisibleText.fitted(
        shown(text, terminal), Math.max(1, columns), terminal.isUnicode() ? "\u2026" : "~");
  }
}

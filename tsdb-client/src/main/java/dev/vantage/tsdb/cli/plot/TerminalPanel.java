package dev.vantage.tsdb.cli.plot;

import dev.vantage.tsdb.plot.Axis;
import dev.vantage.tsdb.plot.Mark;
import dev.vantage.tsdb.plot.Panel;
import dev.vantage.tsdb.plot.Tick;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Draws one panel with its axes as lines of characters. */
final class TerminalPanel {
  private static final int ROWS_PER_TICK = 4;
  private static final int COLUMNS_PER_TICK = 12;

  private final Panel panel;
  private final SeriesIndex series;
  private final Terminal terminal;
  private final int rows;
  private final List<Tick> heights;
  private final int left;
  private final int columns;
  private final CharacterGrid grid;
  private final DotCanvas canvas;

  /**
   * Prepares a panel.
   *
   * @param series the colors
   * @param rows the height of the drawing without axes and titles, in characters
   */
  TerminalPanel(Panel panel, SeriesIndex series, Terminal terminal, int rows) {
    this.panel = panel;
    this.series = series;
    this.terminal = terminal;
    this.rows = rows;
    heights = panel.y().ticks(rows / ROWS_PER_TICK + 1);
    int widest = heights.stream().mapToInt(tick -> tick.label().length()).max().orElse(0);
    left = widest + 2;
    columns = Math.max(1, terminal.columns() - left);
    grid = new CharacterGrid(left + columns, rows + 2);
    canvas = new DotCanvas(columns, rows, terminal.isUnicode());
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    add(lines, panel.title());
    add(lines, panel.y().label());
    drawHeights();
    drawWidths();
    drawMarks();
    lines.addAll(grid.lines(terminal.colors()));
    String label = TerminalPlot.fitted(panel.x().label(), left + columns, terminal);
    if (!label.isEmpty()) {
      lines.add(" ".repeat(left + columns - VisibleText.width(label)) + label);
    }
    return lines;
  }

  private void add(List<String> lines, String text) {
    if (!text.isEmpty()) {
      lines.add(TerminalPlot.fitted(text, left + columns, terminal));
    }
  }

  private void plain(int column, int row, String text) {
    grid.write(column, row, text, CharacterGrid.PLAIN);
  }

  private String either(String unicode, String ascii) {
    return terminal.isUnicode() ? unicode : ascii;
  }

  private void drawHeights() {
    for (int row = 0; row < rows; row++) {
      plain(left - 1, row, either("\u2502", "|"));
    }
    for (Tick tick : heights) {
      int row = (int) Math.round((1 - panel.y().share(tick.value())) * (rows - 1));
      plain(left - 2 - tick.label().length(), row, tick.label());
      plain(left - 1, row, either("\u2524", "+"));
    }
  }

  private void drawWidths() {
    plain(left - 1, rows, either("\u2514", "+") + either("\u2500", "-").repeat(columns));
    Axis axis = panel.x();
    int free = 0;
    for (Tick tick : axis.ticks(Math.max(2, columns / COLUMNS_PER_TICK + 1))) {
      int column = left + (int) Math.round(axis.share(tick.value()) * (columns - 1));
      int width = tick.label().length();
      int begin = Math.max(0, Math.min(column - width / 2, left + columns - width));
      plain(column, rows, either("\u252c", "+"));
      if (begin >= free) {
        plain(begin, rows + 1, tick.label());
        free = begin + width + 1;
      }
    }
  }

  /** Draws the subject last, so that the others show where they differ from it. */
  private void drawMarks() {
    List<Mark> reversed = new ArrayList<>(panel.marks());
    Collections.reverse(reversed);
    reversed.forEach(this::draw);
    canvas.copyTo(grid, left, 0);
    if (terminal.isUnicode() && terminal.colors() == Terminal.Colors.NONE) {
      labelSeries();
    }
    panel.marks().stream().filter(mark -> mark.shape() == Mark.Shape.ARROW).forEach(this::arrow);
  }

  private int x(Mark mark, int point) {
    return canvas.across(panel.x().share(mark.x(point)));
  }

  private int y(Mark mark, int point) {
    return canvas.down(panel.y().share(mark.y(point)));
  }

  private void draw(Mark mark) {
    if (mark.shape() == Mark.Shape.ARROW) {
      return;
    }
    int one = series.of(mark);
    canvas.dot(x(mark, 0), y(mark, 0), one);
    for (int i = 1; i < mark.size(); i++) {
      if (mark.shape() == Mark.Shape.LINE) {
        canvas.line(x(mark, i - 1), y(mark, i - 1), x(mark, i), y(mark, i), one);
      } else {
        canvas.dot(x(mark, i), y(mark, i), one);
      }
    }
  }

  /** Puts the symbol of each series but the subject on its curve, each at a place of its own. */
  private void labelSeries() {
    Set<Integer> done = new HashSet<>(Set.of(0));
    for (Mark mark : panel.marks()) {
      int one = series.of(mark);
      if (mark.shape() != Mark.Shape.ARROW && done.add(one)) {
        int point = (int) ((long) one * mark.size() / (series.size() + 1));
        canvas.label(x(mark, point), y(mark, point), one, grid, left, 0);
      }
    }
  }

  private void arrow(Mark mark) {
    int row = (int) Math.round((1 - panel.y().share(mark.y(0))) * (rows - 1));
    int from = column(mark.x(0));
    int to = column(mark.x(1));
    int begin = Math.min(from, to);
    int width = Math.abs(to - from);
    plain(begin, row, either("\u2500", "-").repeat(width + 1));
    plain(to, row, to < from ? either("\u25c0", "<") : either("\u25b6", ">"));
    String note = TerminalPlot.fitted(mark.note(), columns, terminal);
    int centred = begin + (width - VisibleText.width(note)) / 2;
    int last = left + columns - VisibleText.width(note);
    plain(Math.max(left, Math.min(last, centred)), Math.max(0, row - 1), note);
  }

  private int column(double value) {
    return left + (int) Math.round(panel.x().share(value) * (columns - 1));
  }
}

package dev.vantage.tsdb.cli.plot;

import static dev.vantage.tsdb.cli.plot.Markup.escaped;
import static dev.vantage.tsdb.cli.plot.Markup.number;

import dev.vantage.tsdb.plot.Plot;
import java.util.List;

/**
 * Draws plots as SVG. Panels are beside one another; the background is transparent, and all colors
 * are readable on white and on black. The same plot gives the same bytes. Thread-safe.
 */
public final class SvgPlot {
  static final int WIDTH = 860;
  private static final int MARGIN = 8;
  private static final int PANEL_HEIGHT = 290;
  private static final int GAP = 28;
  private static final int TITLE = 30;
  private static final int LEGEND_LINE = 22;
  private static final int LEGEND_MARGIN = 12;
  private static final int KEY = 36;
  private static final int LONGEST_NAME = 48;
  private static final int LONGEST_NOTE = 60;
  private static final int LONGEST_TITLE = 80;
  private static final double CHARACTER = 7.8;

  /** The place of the legend. */
  enum Legend {
    INSIDE,
    ELSEWHERE
  }

  private SvgPlot() {}

  /**
   * Draws a plot.
   *
   * @param plot the plot
   * @return an SVG document
   */
  public static String draw(Plot plot) {
    return draw(plot, Legend.INSIDE);
  }

  static String draw(Plot plot, Legend legend) {
    List<Plot.LegendEntry> entries = plot.legend();
    boolean inside = legend == Legend.INSIDE && entries.size() > 1;
    int top = legend == Legend.ELSEWHERE || plot.title().isEmpty() ? 0 : TITLE;
    int height = top + PANEL_HEIGHT + (inside ? entries.size() * LEGEND_LINE + LEGEND_MARGIN : 0);
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="%s"
             viewBox="%d %d %d %d" width="%d" height="%d"
             font-family="system-ui, 'Segoe UI', Helvetica, Arial, sans-serif" font-size="13">
        <title>%s</title>
        """
            .formatted(
                label(plot),
                -MARGIN,
                -MARGIN,
                WIDTH + 2 * MARGIN,
                height + 2 * MARGIN,
                WIDTH + 2 * MARGIN,
                height + 2 * MARGIN,
                label(plot)));
    if (top > 0) {
      svg.append(
          text(
              0,
              19,
              "start",
              cut(plot.title(), LONGEST_TITLE),
              " font-size=\"15\" font-weight=\"600\""));
    }
    addPanels(plot, top, svg);
    if (inside) {
      addLegend(entries, top + PANEL_HEIGHT + LEGEND_MARGIN, svg);
    }
    return svg.append("</svg>\n").toString();
  }

  private static String label(Plot plot) {
    return escaped(plot.title().isEmpty() ? plot.panels().get(0).title() : plot.title());
  }

  private static void addPanels(Plot plot, int top, StringBuilder svg) {
    int count = plot.panels().size();
    double width = (WIDTH - GAP * (count - 1.0)) / count;
    SeriesIndex series = new SeriesIndex(plot);
    for (int i = 0; i < count; i++) {
      double left = i * (width + GAP);
      new SvgPanel(plot.panels().get(i), series, left, top, width, PANEL_HEIGHT).addTo(svg);
    }
  }

  private static void addLegend(List<Plot.LegendEntry> entries, int top, StringBuilder svg) {
    double notes =
        KEY
            + 2 * CHARACTER
            + entries.stream().mapToDouble(entry -> width(shortened(entry.name()))).max().orElse(0);
    for (int i = 0; i < entries.size(); i++) {
      Plot.LegendEntry entry = entries.get(i);
      double y = top + i * LEGEND_LINE;
      svg.append("<g><title>").append(escaped(entry.name())).append("</title>\n");
      svg.append("<path d=\"M0 " + number(y + 7) + "h28\" " + SvgPanel.stroke(i) + "/>\n");
      svg.append(
          text(KEY, y + 12, "start", shortened(entry.name()), " fill=\"" + Palette.hex(i) + "\""));
      svg.append(text(notes, y + 12, "start", cut(entry.note(), LONGEST_NOTE), ""));
      svg.append("</g>\n");
    }
  }

  static String shortened(String name) {
    return cut(name, LONGEST_NAME);
  }

  private static String cut(String text, int most) {
    return VisibleText.fitted(text, most, "\u2026");
  }

  /** Estimates the width of a text in pixels. Browsers choose the font. */
  static double width(String text) {
    return CHARACTER * VisibleText.width(text);
  }

  /** Writes a text; grey unless its attributes name another color. */
  static String text(double x, double y, String anchor, String words, String attributes) {
    if (words.isEmpty()) {
      return "";
    }
    String color = attributes.contains("fill=") ? "" : " fill=\"" + Palette.AXIS + "\"";
    return "<text x=\""
        + number(x)
        + "\" y=\""
        + number(y)
        + "\" text-anchor=\""
        + anchor
        + "\""
        + color
        + attributes
        + ">"
        + escaped(words)
        + "</text>\n";
  }
}

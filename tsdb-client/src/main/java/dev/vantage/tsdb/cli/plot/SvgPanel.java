package dev.vantage.tsdb.cli.plot;

import static dev.vantage.tsdb.cli.plot.Markup.escaped;
import static dev.vantage.tsdb.cli.plot.Markup.number;
import static dev.vantage.tsdb.cli.plot.SvgPlot.text;

import dev.vantage.tsdb.plot.Axis;
import dev.vantage.tsdb.plot.Mark;
import dev.vantage.tsdb.plot.Panel;
import dev.vantage.tsdb.plot.Tick;
import java.util.List;

/** Draws one panel with its axes as elements of SVG. */
final class SvgPanel {
  private static final int TITLE = 24;
  private static final int LABEL = 24;
  private static final int BELOW = 44;
  private static final int RIGHT_MARGIN = 10;
  private static final int TICK = 5;
  private static final int PIXELS_PER_ROW = 40;
  private static final int PIXELS_PER_COLUMN = 60;
  private static final int LABEL_GAP = 12;
  private static final String AXIS_STROKE = "stroke=\"" + Palette.AXIS + "\" fill=\"none\"";

  private final Panel panel;
  private final SeriesIndex series;
  private final double outerLeft;
  private final double outerTop;
  private final List<Tick> heights;
  private final double left;
  private final double right;
  private final double top;
  private final double bottom;

  SvgPanel(Panel panel, SeriesIndex series, double left, double top, double width, double height) {
    this.panel = panel;
    this.series = series;
    this.outerLeft = left;
    this.outerTop = top;
    this.top = top + (panel.title().isEmpty() ? 0 : TITLE) + LABEL;
    this.bottom = top + height - BELOW;
    heights = panel.y().ticks((int) ((bottom - this.top) / PIXELS_PER_ROW));
    double widest =
        heights.stream().mapToDouble(tick -> SvgPlot.width(tick.label())).max().orElse(0);
    this.left = left + widest + 2 * TICK;
    this.right = left + width - RIGHT_MARGIN;
  }

  /** Returns the style of a line: broad for the subject, with dashes for other series. */
  static String stroke(int ofSeries) {
    String dashes = Palette.dashes(ofSeries);
    return "fill=\"none\" stroke=\""
        + Palette.hex(ofSeries)
        + "\" stroke-width=\""
        + (ofSeries == 0 ? "3" : "1.6")
        + "\" stroke-linejoin=\"round\""
        + (dashes.isEmpty() ? "" : " stroke-dasharray=\"" + dashes + "\"");
  }

  void addTo(StringBuilder svg) {
    svg.append(text(outerLeft, outerTop + 16, "start", panel.title(), " font-size=\"14\""));
    svg.append(text(outerLeft, top - 12, "start", panel.y().label(), ""));
    addHeights(svg);
    addWidths(svg);
    panel.marks().forEach(mark -> addMark(mark, svg));
  }

  private double x(double value) {
    return left + panel.x().share(value) * (right - left);
  }

  private double y(double value) {
    return bottom - panel.y().share(value) * (bottom - top);
  }

  private static void addPath(String points, String attributes, StringBuilder svg) {
    svg.append("<path d=\"").append(points).append("\" ").append(attributes).append("/>\n");
  }

  private void addHeights(StringBuilder svg) {
    StringBuilder lines = new StringBuilder();
    for (Tick tick : heights) {
      double y = y(tick.value());
      lines.append("M" + number(left) + " " + number(y) + "H" + number(right));
      svg.append(text(left - TICK - 2, y + 4.5, "end", tick.label(), ""));
    }
    if (!heights.isEmpty()) {
      addPath(lines.toString(), AXIS_STROKE + " stroke-opacity=\"0.25\"", svg);
    }
  }

  private void addWidths(StringBuilder svg) {
    Axis axis = panel.x();
    StringBuilder lines = new StringBuilder();
    lines.append("M" + number(left) + " " + number(bottom) + "H" + number(right));
    for (Tick tick : widths()) {
      double x = x(tick.value());
      lines.append("M" + number(x) + " " + number(bottom) + "v" + TICK);
      svg.append(text(x, bottom + TICK + 14, "middle", tick.label(), ""));
    }
    addPath(lines.toString(), AXIS_STROKE, svg);
    svg.append(text((left + right) / 2, bottom + 39, "middle", axis.label(), ""));
  }

  /** Returns as many ticks as fit without touching labels. */
  private List<Tick> widths() {
    int most = (int) ((right - left) / PIXELS_PER_COLUMN);
    List<Tick> ticks = panel.x().ticks(Math.max(2, most));
    while (most > 2 && areTouching(ticks)) {
      most--;
      ticks = panel.x().ticks(most);
    }
    return ticks;
  }

  private boolean areTouching(List<Tick> ticks) {
    double widest = 0;
    for (Tick tick : ticks) {
      widest = Math.max(widest, SvgPlot.width(tick.label()));
    }
    return ticks.size() > 1
        && Math.abs(x(ticks.get(1).value()) - x(ticks.get(0).value())) < widest + LABEL_GAP;
  }

  private void addMark(Mark mark, StringBuilder svg) {
    if (mark.shape() == Mark.Shape.ARROW) {
      addArrow(mark, svg);
      return;
    }
    int one = series.of(mark);
    svg.append("<g class=\"s").append(one).append("\"><title>");
    svg.append(escaped(mark.note().isEmpty() ? mark.name() : mark.name() + ": " + mark.note()));
    svg.append("</title>");
    if (mark.shape() == Mark.Shape.LINE) {
      addPath(points(mark, "L", ""), stroke(one), svg);
    } else {
      // Lines without length, whose ends are round.
      addPath(
          points(mark, "M", "h0"),
          "stroke=\"" + Palette.hex(one) + "\" stroke-width=\"4\" stroke-linecap=\"round\"",
          svg);
    }
    svg.append("</g>\n");
  }

  private String points(Mark mark, String command, String after) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < mark.size(); i++) {
      points.append(i == 0 ? "M" : command);
      points.append(number(x(mark.x(i)))).append(' ').append(number(y(mark.y(i)))).append(after);
    }
    return points.toString();
  }

  private void addArrow(Mark mark, StringBuilder svg) {
    double from = x(mark.x(0));
    double to = x(mark.x(1));
    double y = y(mark.y(0));
    String back = to < from ? "l8 " : "l-8 ";
    addPath("M" + number(from) + " " + number(y) + "H" + number(to), AXIS_STROKE, svg);
    addPath(
        "M" + number(to) + " " + number(y) + back + "-4.5v9z",
        "fill=\"" + Palette.AXIS + "\"",
        svg);
    svg.append(text((from + to) / 2, y - 8, "middle", mark.note(), ""));
  }
}

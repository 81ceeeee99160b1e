package dev.vantage.tsdb.benchmarks.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * A plot with two logarithmic axes, as SVG. Not thread-safe. Each line has its name at its right
 * end, in its color; colors and text suit light and dark pages.
 */
final class LogLogPlot {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 420;
  private static final int LEFT = 76;
  private static final int RIGHT = 170;
  private static final int TOP = 44;
  private static final int BOTTOM = 52;
  private static final int LABEL_HEIGHT = 15;

  private static final String STYLE =
      """
      <style>
        text { font: 12px system-ui, sans-serif; fill: #333 }
        .title { font-size: 14px; font-weight: 600 }
        .grid { stroke: #8884; stroke-width: 1 }
        @media (prefers-color-scheme: dark) { text { fill: #ccc } }
      </style>
      """;

  private final String title;
  private final String xTitle;
  private final String yTitle;
  private final DoubleFunction<String> xFormat;
  private final DoubleFunction<String> yFormat;
  private final List<Line> lines = new ArrayList<>();

  /** A point of a line; both numbers are above 0. */
  record Point(double x, double y) {}

  /** A named line from left to right. */
  private record Line(String name, String color, boolean strong, List<Point> points) {
    Point end() {
      return points.get(points.size() - 1);
    }
  }

  /** The position of the name of a line. */
  private static final class Label {
    private final Line line;
    private final double x;
    private double y;

    Label(Line line, double x, double y) {
      this.line = line;
      this.x = x;
      this.y = y;
    }
  }

  LogLogPlot(
      String title,
      String xTitle,
      DoubleFunction<String> xFormat,
      String yTitle,
      DoubleFunction<String> yFormat) {
    this.title = title;
    this.xTitle = xTitle;
    this.xFormat = xFormat;
    this.yTitle = yTitle;
    this.yFormat = yFormat;
  }

  /**
   * Adds a line.
   *
   * @param strong whether the line is emphasised
   * @param points at least one
   */
  void add(String name, String color, boolean strong, List<Point> points) {
    for (Point point : points) {
      if (!(point.x() > 0 && point.y() > 0)) {
        throw new IllegalArgumentException("coordinates must be > 0: point=" + point);
      }
    }
    List<Point> sorted = points.stream().sorted(Comparator.comparingDouble(Point::x)).toList();
    lines.add(new Line(name, color, strong, sorted));
  }

  String svg() {
    if (lines.isEmpty()) {
      throw new IllegalStateException("plot must have a line: title=" + title);
    }
    Axis x = axis(true);
    Axis y = axis(false);
    StringBuilder svg = new StringBuilder();
    svg.append(
        format(
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' role='img'>%n",
            WIDTH, HEIGHT));
    svg.append("<title>").append(escaped(title)).append("</title>\n").append(STYLE);
    svg.append(text(LEFT, 24, "start", "class='title'", title));
    for (double tick : x.ticks()) {
      double place = x.place(tick);
      svg.append(gridLine(place, TOP, place, HEIGHT - BOTTOM));
      svg.append(text(place, HEIGHT - BOTTOM + 18, "middle", "", xFormat.apply(tick)));
    }
    for (double tick : y.ticks()) {
      double place = y.place(tick);
      svg.append(gridLine(LEFT, place, WIDTH - RIGHT, place));
      svg.append(text(LEFT - 8, place + 4, "end", "", yFormat.apply(tick)));
    }
    svg.append(text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 12, "middle", "", xTitle));
    double middle = (TOP + HEIGHT - BOTTOM) / 2.0;
    svg.append(
        text(16, middle, "middle", format("transform='rotate(-90 16 %.1f)'", middle), yTitle));
    lines.forEach(line -> svg.append(drawn(line, x, y)));
    labels(x, y).forEach(label -> svg.append(drawn(label)));
    return svg.append("</svg>\n").toString();
  }

  /** An axis: powers of ten from below the least number to above the greatest. */
  private record Axis(double low, double high, double from, double to) {
    double place(double number) {
      return from + (to - from) * (Math.log10(number) - low) / (high - low);
    }

    double[] ticks() {
      double[] ticks = new double[(int) (high - low) + 1];
      for (int i = 0; i < ticks.length; i++) {
        ticks[i] = Math.pow(10, low + i);
      }
      return ticks;
    }
  }

  private Axis axis(boolean horizontal) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = 0;
    for (Line line : lines) {
      for (Point point : line.points()) {
        double number = horizontal ? point.x() : point.y();
        least = Math.min(least, number);
        greatest = Math.max(greatest, number);
      }
    }
    // A power of ten, up to rounding, is its own tick.
    double low = Math.floor(Math.log10(least) + 1e-9);
    double high = Math.max(low + 1, Math.ceil(Math.log10(greatest) - 1e-9));
    return horizontal
        ? new Axis(low, high, LEFT, WIDTH - RIGHT)
        : new Axis(low, high, HEIGHT - BOTTOM, TOP);
  }

  private static String drawn(Line line, Axis x, Axis y) {
    StringBuilder places = new StringBuilder();
    StringBuilder dots = new StringBuilder();
    double thickness = line.strong() ? 3 : 1.5;
    for (Point point : line.points()) {
      String place = format("%.1f,%.1f", x.place(point.x()), y.place(point.y()));
      places.append(places.isEmpty() ? "" : " ").append(place);
      dots.append(
          format(
              "<circle cx='%.1f' cy='%.1f' r='%.1f' fill='%s'/>%n",
              x.place(point.x()), y.place(point.y()), thickness + 1, line.color()));
    }
    return format(
            "<polyline points='%s' fill='none' stroke='%s' stroke-width='%.1f'/>%n",
            places, line.color(), thickness)
        + dots;
  }

  /** Returns the names beside the last points, moved apart so that they do not overlap. */
  private List<Label> labels(Axis x, Axis y) {
    List<Label> labels = new ArrayList<>();
    for (Line line : lines) {
      labels.add(new Label(line, x.place(line.end().x()) + 9, y.place(line.end().y()) + 4));
    }
    labels.sort(Comparator.comparingDouble(label -> label.y));
    for (int i = 1; i < labels.size(); i++) {
      labels.get(i).y = Math.max(labels.get(i).y, labels.get(i - 1).y + LABEL_HEIGHT);
    }
    double lowest = HEIGHT - BOTTOM;
    for (int i = labels.size() - 1; i >= 0; i--) {
      labels.get(i).y = Math.min(labels.get(i).y, lowest);
      lowest = labels.get(i).y - LABEL_HEIGHT;
    }
    return labels;
  }

  private static String drawn(Label label) {
    String style =
        format(
            "style='fill:%s%s'", label.line.color(), label.line.strong() ? ";font-weight:600" : "");
    return text(label.x, label.y, "start", style, label.line.name());
  }

  private static String gridLine(double x1, double y1, double x2, double y2) {
    return format("<line class='grid' x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f'/>%n", x1, y1, x2, y2);
  }

  private static String text(double x, double y, String anchor, String more, String text) {
    return format(
        "<text x='%.1f' y='%.1f' text-anchor='%s' %s>%s</text>%n",
        x, y, anchor, more, escaped(text));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** Formats with decimal points and line feeds on every machine. */
  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern.replace("%n", "\n"), values);
  }
}

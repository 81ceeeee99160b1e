package dev.vantage.tsdb.readme;

import dev.vantage.tsdb.Neighbor;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Draws two periods as SVG: as they are stored, and the second one shifted back by its lag. The
 * colours are readable on white and on black.
 */
final class AlignedCurves {
  private static final int WIDTH = 860;
  private static final int HEIGHT = 262;
  private static final int PANEL_WIDTH = 385;
  private static final int LEFT = 20;
  private static final int RIGHT = 455;
  private static final int BASE = 232;
  private static final double SAMPLE_HEIGHT = 41;
  private static final double LOWEST = -1;
  private static final String GREY = "#6e7781";
  private static final String BLUE = "#2f81f7";
  private static final String ORANGE = "#e5730b";

  private final String id;
  private final double[] query;
  private final Neighbor neighbor;
  private final double[] found;
  private final int length;

  /**
   * Prepares the picture.
   *
   * @param id the id of the query
   * @param query the values of the query, evenly spaced over one period
   * @param neighbor the neighbor, as found by the search
   * @param found the values of the neighbor, evenly spaced over one period
   * @param length the samples of a period in which the lag is counted
   */
  AlignedCurves(String id, double[] query, Neighbor neighbor, double[] found, int length) {
    this.id = id;
    this.query = standardised(query);
    this.neighbor = neighbor;
    this.found = standardised(found);
    this.length = length;
  }

  private static double[] standardised(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance =
        Arrays.stream(values).map(value -> (value - mean) * (value - mean)).average().orElseThrow();
    return Arrays.stream(values).map(value -> (value - mean) / Math.sqrt(variance)).toArray();
  }

  String svg() {
    double shift = (double) neighbor.lag() / length;
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d"
             font-family="system-ui, 'Segoe UI', Helvetica, Arial, sans-serif" font-size="14">
        <title>Two stored series, and the same two aligned by the lag between them</title>
        """
            .formatted(WIDTH, HEIGHT, WIDTH, HEIGHT)
        + panel(LEFT, "as they are stored", 0)
        + arrow(shift)
        + panel(RIGHT, "the second one moved back by the lag", shift)
        + text(
            RIGHT + PANEL_WIDTH,
            62,
            GREY,
            "end",
            String.format(Locale.ROOT, "distance %.4f", neighbor.distance()))
        + text(LEFT, HEIGHT - 9, BLUE, "start", id)
        + text(LEFT + 145, HEIGHT - 9, ORANGE, "start", neighbor.id())
        + "</svg>\n";
  }

  private String panel(int left, String title, double shift) {
    return text(left, 20, GREY, "start", title)
        + axis(left)
        + curve(left, query, 0, BLUE)
        + curve(left, found, shift, ORANGE);
  }

  private static String axis(int left) {
    StringBuilder axis =
        new StringBuilder(line(left, BASE, left + PANEL_WIDTH, BASE, "stroke-width=\"1\""));
    for (double phase : new double[] {0, 0.5, 1}) {
      double x = x(left, phase);
      axis.append(line(x, BASE, x, BASE + 4, "stroke-width=\"1\""));
    }
    return axis.append(text(left + PANEL_WIDTH, HEIGHT - 9, GREY, "end", "one period")).toString();
  }

  private String arrow(double shift) {
    int peak =
        IntStream.range(0, query.length)
            .reduce((a, b) -> query[a] >= query[b] ? a : b)
            .orElseThrow();
    double from = x(LEFT, (double) peak / query.length);
    double to = from + shift * PANEL_WIDTH;
    double y = y(query[peak]) - 12;
    return line(from, y, to, y, "stroke-width=\"1.5\"")
        + path(
            String.format(Locale.ROOT, "M%.1f %.1fl-8 -4.5v9z", to + 1, y), "fill=\"" + GREY + "\"")
        + text(
            (from + to) / 2,
            y - 8,
            GREY,
            "middle",
            "lag " + neighbor.lag() + " of " + length + " samples");
  }

  /** A period begun later by a part of it; the curve is a line from left to right all the same. */
  private static String curve(int left, double[] values, double shift, String colour) {
    int first = (int) Math.ceil(shift * values.length);
    return path(
        IntStream.range(0, values.length)
            .mapToObj(
                i ->
                    String.format(
                        Locale.ROOT,
                        "%.1f %.1f",
                        x(left, (double) (first + i) / values.length - shift),
                        y(values[(first + i) % values.length])))
            .collect(Collectors.joining("L", "M", "")),
        "fill=\"none\" stroke=\"" + colour + "\" stroke-width=\"2\" stroke-linejoin=\"round\"");
  }

  private static double x(int left, double phase) {
    return left + phase * PANEL_WIDTH;
  }

  private static double y(double value) {
    return BASE - 6 - (value - LOWEST) * SAMPLE_HEIGHT;
  }

  private static String line(double x1, double y1, double x2, double y2, String style) {
    return path(
        String.format(Locale.ROOT, "M%.1f %.1fL%.1f %.1f", x1, y1, x2, y2),
        "stroke=\"" + GREY + "\" " + style);
  }

  private static String path(String points, String style) {
    return "<path " + style + " d=\"" + points + "\"/>\n";
  }

  private static String text(double x, double y, String colour, String anchor, String words) {
    return String.format(
        Locale.ROOT,
        "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\" text-anchor=\"%s\">%s</text>%n",
        x,
        y,
        colour,
        anchor,
        words);
  }
}

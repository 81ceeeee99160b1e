package dev.vantage.tsdb.cli.plot;

import static dev.vantage.tsdb.cli.plot.Markup.escaped;

import dev.vantage.tsdb.plot.Plot;
import java.util.List;

/**
 * Draws plots as one page of HTML that needs no other file and no network. Check boxes show and
 * hide the series, by style sheets alone: the page has no script, and its content policy allows
 * none. Thread-safe.
 */
public final class HtmlPlot {
  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta http-equiv="Content-Security-Policy"
            content="default-src 'none'; style-src 'unsafe-inline'">
      <title>%s</title>
      <style>
      :root { color-scheme: light dark }
      body { margin: 24px auto; max-width: 1100px; padding: 0 16px;
             font: 15px/1.5 system-ui, 'Segoe UI', Helvetica, Arial, sans-serif }
      main { display: grid; grid-template-columns: auto 1fr; column-gap: 10px; row-gap: 4px;
             align-items: baseline }
      h1, figure { grid-column: 1 / -1 }
      h1 { font-size: 20px; margin: 0 0 8px; overflow-wrap: anywhere }
      label { overflow-wrap: anywhere; cursor: pointer }
      label::before { content: ""; display: inline-block; width: 32px; margin-right: 10px;
                      vertical-align: middle }
      figure { margin: 12px 0 0; overflow-x: auto }
      svg { width: 100%%; height: auto; min-width: 560px; display: block }
      %s</style>
      </head>
      <body>
      <main>
      <h1>%s</h1>
      %s<figure>
      %s</figure>
      </main>
      </body>
      </html>
      """;

  private HtmlPlot() {}

  /**
   * Draws a plot.
   *
   * @param plot the plot
   * @return an HTML document in UTF-8
   */
  public static String draw(Plot plot) {
    List<Plot.LegendEntry> entries = plot.legend();
    StringBuilder rules = new StringBuilder();
    StringBuilder boxes = new StringBuilder();
    for (int i = 0; i < entries.size(); i++) {
      addRules(i, rules);
      addBox(i, entries.get(i), boxes);
    }
    String title = escaped(plot.title().isEmpty() ? "tsdb" : plot.title());
    return PAGE.formatted(title, rules, title, boxes, SvgPlot.draw(plot, SvgPlot.Legend.ELSEWHERE));
  }

  private static void addRules(int series, StringBuilder rules) {
    rules.append(
        """
        #c%1$d:not(:checked) ~ figure .s%1$d { display: none }
        #c%1$d + label::before { border-top: %2$s %3$s %4$s }
        #c%1$d:not(:checked) + label { opacity: 0.55 }
        """
            .formatted(
                series,
                series == 0 ? "4px" : "3px",
                style(Palette.dashes(series)),
                Palette.hex(series)));
  }

  private static String style(String dashes) {
    return dashes.isEmpty() ? "solid" : dashes.startsWith("2") ? "dotted" : "dashed";
  }

  private static void addBox(int series, Plot.LegendEntry entry, StringBuilder boxes) {
    boxes.append(
        "<input type=\"checkbox\" id=\"c%1$d\" checked><label for=\"c%1$d\"><b>%2$s</b> %3$s</label>\n"
            .formatted(series, escaped(entry.name()), escaped(entry.note())));
  }
}

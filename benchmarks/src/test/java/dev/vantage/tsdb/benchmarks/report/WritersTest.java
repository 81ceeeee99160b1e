package dev.vantage.tsdb.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class WritersTest {

  private static LogLogPlot plot() {
    return new LogLogPlot("cost < time & more", "series", Figures::count, "time", Figures::time);
  }

  private static List<Element> elements(String svg, String name) throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    NodeList found = document.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    IntStream.range(0, found.getLength()).forEach(i -> elements.add((Element) found.item(i)));
    return elements;
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  @Test
  void equalFactorsAreEqualDistances() throws Exception {
    LogLogPlot plot = plot();
    plot.add(
        "scan",
        "#888",
        true,
        List.of(
            new LogLogPlot.Point(1e5, 1e-1),
            new LogLogPlot.Point(1e3, 1e-3),
            new LogLogPlot.Point(1e4, 1e-2)));
    List<Element> dots = elements(plot.svg(), "circle");
    assertEquals(3, dots.size());
    double right = number(dots.get(1), "cx") - number(dots.get(0), "cx");
    double up = number(dots.get(0), "cy") - number(dots.get(1), "cy");
    assertTrue(right > 50 && up > 50, () -> "right=" + right + ", up=" + up);
    assertEquals(right, number(dots.get(2), "cx") - number(dots.get(1), "cx"), 0.2);
    assertEquals(up, number(dots.get(1), "cy") - number(dots.get(2), "cy"), 0.2);
  }

  @Test
  void ticksArePowersOfTenAtTheirPlaces() throws Exception {
    LogLogPlot plot = plot();
    plot.add(
        "scan",
        "#888",
        true,
        List.of(new LogLogPlot.Point(1000, 1e-3), new LogLogPlot.Point(10_000, 5e-3)));
    String svg = plot.svg();
    List<String> texts = elements(svg, "text").stream().map(Element::getTextContent).toList();
    assertTrue(texts.containsAll(List.of("1k", "10k", "1 ms", "10 ms")), texts::toString);
    double tick =
        elements(svg, "text").stream()
            .filter(text -> text.getTextContent().equals("10k"))
            .mapToDouble(text -> number(text, "x"))
            .findFirst()
            .orElseThrow();
    assertEquals(number(elements(svg, "circle").get(1), "cx"), tick, 0.2);
  }

  @Test
  void namesOfNearLinesDoNotCoverEachOther() throws Exception {
    LogLogPlot plot = plot();
    for (int i = 0; i < 9; i++) {
      plot.add("line " + i, "#888", false, List.of(new LogLogPlot.Point(1000, 1e-3 + i * 1e-6)));
    }
    double[] heights =
        elements(plot.svg(), "text").stream()
            .filter(text -> text.getTextContent().startsWith("line "))
            .mapToDouble(text -> number(text, "y"))
            .sorted()
            .toArray();
    assertEquals(9, heights.length);
    for (int i = 1; i < heights.length; i++) {
      assertTrue(heights[i] - heights[i - 1] >= 14, "labels are apart");
    }
  }

  @Test
  void plotsSuitDarkPages() {
    LogLogPlot plot = plot();
    plot.add("scan", "#888", true, List.of(new LogLogPlot.Point(1, 1)));
    assertTrue(plot.svg().contains("prefers-color-scheme: dark"));
  }

  @Test
  void plotsRefuseWhatHasNoLogarithm() {
    LogLogPlot plot = plot();
    assertThrows(
        IllegalArgumentException.class,
        () -> plot.add("scan", "#888", true, List.of(new LogLogPlot.Point(1, 0))));
    assertThrows(IllegalStateException.class, plot::svg);
  }

  @Test
  void tablesAlignAndEscape() {
    MarkdownTable table = new MarkdownTable("lr", "name", "time");
    assertTrue(table.isEmpty());
    table.add("a|b", "1 ms");
    assertEquals("| name | time |\n|---|---:|\n| a\\|b | 1 ms |\n", table.toString());
    assertThrows(IllegalArgumentException.class, () -> table.add("too few"));
  }

  @ParameterizedTest
  @CsvSource({
    "0.000000123, 0.123 µs",
    "0.0001234, 123 µs",
    "0.01, 10 ms",
    "0.5678, 568 ms",
    "1234.5, 1235 s",
    "0.0012, 1.2 ms",
  })
  void timesHaveThreeDigitsAndAUnit(double seconds, String text) {
    assertEquals(text, Figures.time(seconds));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "0.0247, 0.0247", "9999, 9999", "123.44, 123", "0.5, 0.5"})
  void numbersHaveThreeDigits(double number, String text) {
    assertEquals(text, Figures.plain(number));
  }

  @Test
  void countsAreShort() {
    assertEquals(
        List.of("500", "1k", "19.98k", "1M"),
        List.of(
            Figures.count(500), Figures.count(1000), Figures.count(19_980), Figures.count(1e6)));
  }

  @Test
  void quantilesAreValuesThatWereMeasured() {
    double[] values = IntStream.rangeClosed(1, 200).mapToDouble(i -> 201 - i).toArray();
    ReportSummary summary = new ReportSummary(values);
    assertEquals(100, summary.median());
    assertEquals(198, summary.quantile(0.99));
    assertEquals(200, summary.quantile(1));
    assertEquals(100.5, summary.mean());
    assertEquals(7, new ReportSummary(new double[] {7}).quantile(0.99));
  }
}

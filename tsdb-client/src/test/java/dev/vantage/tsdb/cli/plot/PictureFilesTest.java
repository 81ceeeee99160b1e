package dev.vantage.tsdb.cli.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.plot.Axis;
import dev.vantage.tsdb.plot.Mark;
import dev.vantage.tsdb.plot.Panel;
import dev.vantage.tsdb.plot.Plot;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Pictures in files are well-formed, have every point, and cannot be made to do anything. */
class PictureFilesTest {
  private static final double LEAST_CONTRAST = 3;

  private static Document parsed(String xml) throws Exception {
    DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    return builder.parse(new InputSource(new StringReader(xml)));
  }

  /** The style sheet and the empty elements of HTML are no XML; the rest of the page is. */
  private static Document parsedPage(String html) throws Exception {
    return parsed(
        html.replace("<!DOCTYPE html>", "")
            .replaceAll("<(meta|input)([^>]*)>", "<$1$2/>")
            .replace(" checked/>", " checked=\"\"/>"));
  }

  private static List<Element> elements(Document document, String name) {
    NodeList nodes = document.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static List<String> texts(Document document, String name) {
    return elements(document, name).stream().map(Element::getTextContent).toList();
  }

  @Test
  void anSvgHasEveryPointOfEveryCurve() throws Exception {
    Plot plot = SamplePlots.neighbors();
    Document svg = parsed(SvgPlot.draw(plot));
    List<String> curves =
        elements(svg, "path").stream()
            .filter(path -> path.getAttribute("d").contains("L"))
            .map(path -> path.getAttribute("d"))
            .toList();
    List<Mark> marks = plot.panels().get(0).marks();
    assertEquals(marks.size(), curves.size());
    for (int i = 0; i < curves.size(); i++) {
      assertEquals(marks.get(i).size(), curves.get(i).split("[ML]").length - 1);
    }
    assertTrue(texts(svg, "text").containsAll(List.of("4099_g", "1<&>\"'2", "the query")));
    assertTrue(texts(svg, "text").containsAll(List.of("0", "0.5", "1.0", "phase of the query")));
    assertEquals(SvgPlot.draw(plot), SvgPlot.draw(SamplePlots.neighbors()));
  }

  /** The curves of a series and its shifted copy have one path. */
  @Test
  void coincidingCurvesCoincideInThePicture() throws Exception {
    Document svg = parsed(SvgPlot.draw(SamplePlots.neighbors()));
    double[] query = heights(svg, 0);
    double[] copy = heights(svg, 1);
    for (int i = 0; i < query.length; i++) {
      assertEquals(query[i], copy[i], 2.1); // the copy has a ripple of 0.02, under 2 pixels
    }
  }

  private static double[] heights(Document svg, int curve) {
    String path =
        elements(svg, "path").stream()
            .map(element -> element.getAttribute("d"))
            .filter(points -> points.contains("L"))
            .toList()
            .get(curve);
    return Arrays.stream(path.substring(1).split("L"))
        .mapToDouble(point -> Double.parseDouble(point.split(" ")[1]))
        .toArray();
  }

  @Test
  void dotsAndPanelsAreDrawn() throws Exception {
    Document svg = parsed(SvgPlot.draw(SamplePlots.folded()));
    List<String> dots =
        elements(svg, "path").stream()
            .filter(path -> path.getAttribute("stroke-linecap").equals("round"))
            .map(path -> path.getAttribute("d"))
            .toList();
    assertEquals(2, dots.size());
    dots.forEach(points -> assertEquals(60, points.split("h0").length));
    assertTrue(texts(svg, "text").containsAll(List.of("folded", "as inserted", "a night", "mag")));
    // Magnitudes are upside down: the tick of the larger one is lower on the page.
    assertTrue(place(svg, "17.2") < place(svg, "17.6"));
  }

  private static double place(Document svg, String text) {
    return elements(svg, "text").stream()
        .filter(element -> element.getTextContent().equals(text))
        .mapToDouble(element -> Double.parseDouble(element.getAttribute("y")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aPageNeedsNoOtherFileAndNoScript() throws Exception {
    String html = HtmlPlot.draw(SamplePlots.neighbors());
    Document page = parsedPage(html);
    assertEquals(4, elements(page, "input").size());
    assertEquals(List.of("4099_g", "873466_g", "495429_g", "1<&>\"'2"), texts(page, "b"));
    assertEquals(1, elements(page, "svg").size());
    assertTrue(html.contains("default-src 'none'; style-src 'unsafe-inline'"), html);
    assertEquals(List.of(), elements(page, "script"));
    String own = html.replace("http://www.w3.org/2000/svg", "");
    for (String outside : List.of("http:", "https:", "src=", "href", "url(", "@import")) {
      assertFalse(own.contains(outside), outside);
    }
    for (int i = 0; i < 4; i++) {
      assertTrue(html.contains("#c" + i + ":not(:checked) ~ figure .s" + i + " { display: none }"));
      assertTrue(html.contains("<g class=\"s" + i + "\">"));
    }
  }

  /** Names come from whoever may write to the database. */
  @Test
  void namesAreTextWhateverTheyAre() throws Exception {
    for (String name :
        List.of(
            "<img src=x onerror=alert(1)>",
            "</title></style><script>alert(1)</script>",
            "\" onload=\"alert(1)",
            "'&lt;&#x0;",
            "%s %d %n",
            "\u0001\u001b\ud800\uffff\u202e" + "\ud83d\ude00".repeat(70))) {
      Mark mark = Mark.line(name, name, new double[] {0, 1}, new double[] {0, 1});
      Mark other = Mark.points("b", name, new double[] {0.5}, new double[] {0.5});
      Axis axis = Axis.of(name, 0, 1);
      Plot plot = new Plot(name, List.of(new Panel(name, axis, axis, List.of(mark, other))));
      Document svg = parsed(SvgPlot.draw(plot));
      assertEquals(List.of(), elements(svg, "img"));
      assertEquals(List.of(), elements(svg, "script"));
      assertEquals("", svg.getDocumentElement().getAttribute("onload"));
      Document page = parsedPage(HtmlPlot.draw(plot));
      assertEquals(List.of(), elements(page, "img"));
      assertEquals(List.of(), elements(page, "script"));
      String shown =
          name.replaceAll("[\u0001\u001b\ud800\uffff\u202e](?![\udc00-\udfff])", "\ufffd");
      assertEquals(shown, texts(page, "b").get(0));
      assertEquals(shown, texts(page, "h1").get(0));
    }
  }

  @Test
  void colorsAreReadableOnWhiteAndOnBlack() {
    List<String> colors = new ArrayList<>(List.of(Palette.AXIS));
    for (int i = 0; i < Palette.size(); i++) {
      colors.add(Palette.hex(i));
      colors.add(xterm(Palette.xterm(i)));
    }
    for (String color : colors) {
      for (String ground : List.of("#ffffff", "#0d1117")) {
        double contrast = contrast(luminance(color), luminance(ground));
        assertTrue(contrast >= LEAST_CONTRAST, color + " on " + ground + ": " + contrast);
      }
    }
  }

  /** A color of the cube of 6 by 6 by 6 colors. */
  private static String xterm(int number) {
    int[] levels = {0, 95, 135, 175, 215, 255};
    int cube = number - 16;
    return String.format(
        "#%02x%02x%02x", levels[cube / 36], levels[cube / 6 % 6], levels[cube % 6]);
  }

  private static double contrast(double one, double other) {
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  }

  /** The relative luminance of WCAG 2.2. */
  private static double luminance(String hex) {
    int rgb = Integer.parseInt(hex.substring(1), 16);
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double part = (rgb >> (16 - 8 * i) & 0xff) / 255.0;
      sum += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
  }
}

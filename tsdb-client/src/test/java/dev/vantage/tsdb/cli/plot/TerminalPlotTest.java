package dev.vantage.tsdb.cli.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.cli.plot.Terminal.Characters;
import dev.vantage.tsdb.cli.plot.Terminal.Colors;
import dev.vantage.tsdb.plot.Axis;
import dev.vantage.tsdb.plot.Mark;
import dev.vantage.tsdb.plot.Panel;
import dev.vantage.tsdb.plot.Plot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What terminals show, character by character: {@code -Dtsdb.write} writes the files again. */
class TerminalPlotTest {
  private static final Path FILES =
      Path.of(System.getProperty("tsdb.project"), "tsdb-client/src/test/resources/plots");

  private static void check(Plot plot, String name, Terminal terminal) throws IOException {
    List<String> lines = TerminalPlot.draw(plot, terminal);
    for (String line : lines) {
      String visible = line.replaceAll("\u001b\\[[0-9;]*m", "");
      assertTrue(VisibleText.width(visible) <= terminal.columns(), line);
      assertEquals(visible.stripTrailing(), visible);
    }
    String text = String.join("\n", lines) + "\n";
    String file =
        String.format(
            Locale.ROOT,
            "%s-%d-%s-%s.txt",
            name,
            terminal.columns(),
            terminal.colors().name().toLowerCase(Locale.ROOT),
            terminal.characters().name().toLowerCase(Locale.ROOT));
    if (System.getProperty("tsdb.write") != null) {
      Files.createDirectories(FILES);
      Files.writeString(FILES.resolve(file), text);
    }
    try (InputStream expected = Files.newInputStream(FILES.resolve(file))) {
      assertEquals(new String(expected.readAllBytes(), StandardCharsets.UTF_8), text);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "50, NONE, UNICODE",
    "50, SIXTEEN, UNICODE",
    "50, MANY, UNICODE",
    "200, NONE, UNICODE",
    "200, SIXTEEN, UNICODE",
    "200, MANY, UNICODE",
    "50, NONE, ASCII",
    "200, SIXTEEN, ASCII",
  })
  void everyTerminalShowsThePlot(int columns, Colors colors, Characters characters)
      throws IOException {
    Terminal terminal = new Terminal(columns, Terminal.USUAL_ROWS, colors, characters);
    check(SamplePlots.neighbors(), "neighbors", terminal);
    check(SamplePlots.folded(), "folded", terminal);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 24, 30, 1000})
  void anyWidthCanBeDrawnIn(int columns) {
    for (Characters characters : Characters.values()) {
      Terminal terminal = new Terminal(columns, Terminal.USUAL_ROWS, Colors.NONE, characters);
      for (Plot plot : List.of(SamplePlots.neighbors(), SamplePlots.folded())) {
        TerminalPlot.draw(plot, terminal)
            .forEach(line -> assertTrue(VisibleText.width(line) <= Math.max(24, columns), line));
      }
    }
  }

  /** Names come from whoever may write to the database. */
  @Test
  void noNameCanControlTheTerminal() {
    String name = "a\u001b[2J\u0007\u009b31m\u202e\u2028" + "x".repeat(300);
    Mark mark = Mark.line(name, name, new double[] {0, 1}, new double[] {0, 1});
    Mark other = Mark.line("b", name, new double[] {0, 1}, new double[] {0, 1});
    Axis axis = Axis.of(name, 0, 1);
    Plot plot = new Plot(name, List.of(new Panel(name, axis, axis, List.of(mark, other))));
    for (Characters characters : Characters.values()) {
      String text =
          String.join(
              "",
              TerminalPlot.draw(
                  plot, new Terminal(60, Terminal.USUAL_ROWS, Colors.NONE, characters)));
      assertFalse(text.chars().anyMatch(Character::isISOControl), text);
      assertFalse(text.contains("\u202e"), text);
      if (characters == Characters.ASCII) {
        assertTrue(text.chars().allMatch(one -> one >= ' ' && one <= '~'), text);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "abc, 3",
    "gr\u00f6\u00dfe, 5",
    "\u661f\u56fe, 4",
    "e\u0301, 1",
    "\ud83d\udd2d!, 3",
    "\uff21, 2"
  })
  void widthIsInColumns(String text, int columns) {
    assertEquals(columns, VisibleText.width(text));
    assertEquals(text, VisibleText.fitted(text, columns, "~"));
    String cut = VisibleText.fitted(text + text, columns, "~");
    assertTrue(VisibleText.width(cut) <= columns, cut);
    assertTrue(cut.endsWith("~"), cut);
  }

  @Test
  void joinersOfWordsAreNoControls() {
    assertEquals("a\u200cb\u200dc?", VisibleText.of("a\u200cb\u200dc\u001b"));
  }

  @ParameterizedTest
  @CsvSource({
    "TERM=xterm-256color LANG=de_DE.UTF-8, TERMINAL, MANY, UNICODE",
    "TERM=xterm COLORTERM=truecolor LANG=en_US.utf8, TERMINAL, MANY, UNICODE",
    "TERM=xterm LC_ALL=C LANG=de_DE.UTF-8, TERMINAL, SIXTEEN, ASCII",
    "TERM=xterm LC_ALL= LC_CTYPE=C.UTF-8 LANG=C, TERMINAL, SIXTEEN, UNICODE",
    "TERM=linux, TERMINAL, SIXTEEN, ASCII",
    "TERM=xterm-256color NO_COLOR=1, TERMINAL, NONE, ASCII",
    "TERM=xterm-256color NO_COLOR=, TERMINAL, MANY, ASCII",
    "TERM=xterm-256color LANG=C.UTF-8, OTHER, NONE, UNICODE",
    "TERM=dumb LANG=C.UTF-8, TERMINAL, NONE, UNICODE",
    "LANG=C, TERMINAL, NONE, ASCII",
  })
  void theEnvironmentSaysWhatATerminalShows(
      String variables, Terminal.Output output, Colors colors, Characters characters) {
    Map<String, String> environment = new HashMap<>();
    for (String variable : variables.split(" ")) {
      String[] sides = variable.split("=", 2);
      environment.put(sides[0], sides[1]);
    }
    assertEquals(
        new Terminal(80, 24, colors, characters), Terminal.of(environment, output, 80, 24));
  }

  @Test
  void sparklinesRiseAndFall() {
    double[] values = {0, 1, 2, 3, 4, 5, 6, 7, 8, 4, 0};
    assertEquals(
        "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588\u2588\u2585\u2581",
        Sparkline.draw(values, Characters.UNICODE));
    assertEquals("__..--'''-_", Sparkline.draw(values, Characters.ASCII));
    assertEquals("__", Sparkline.draw(new double[] {5, 5}, Characters.ASCII));
    assertEquals("", Sparkline.draw(new double[0], Characters.ASCII));
  }
}

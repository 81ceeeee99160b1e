package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.SearchReport;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.format.Generator;
import dev.vantage.tsdb.plot.Plot;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.Curve;
import dev.vantage.tsdb.series.Resampling;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Verbs that draw. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlotVerbsTest {
  private static final String A = "bumps-00000007";
  private static final Settings SETTINGS = Settings.DEFAULT.withLength(64).withVantagePoints(3);

  private Path database;

  @BeforeAll
  void start(@TempDir Path temporary) {
    database = temporary.resolve("db");
    try (Tsdb tsdb = Tsdb.open(database, OpenOptions.DEFAULT.withSettings(SETTINGS))) {
      List<SeriesEntry> entries = new ArrayList<>();
      Generator.generate(12, 1).forEachRemaining(entries::add);
      tsdb.insertAll(entries);
      double[] times = IntStream.range(0, 40).mapToDouble(i -> 100 + i * 0.37).toArray();
      double[] values = Arrays.stream(times).map(t -> 17 + Math.sin(t / 0.64)).toArray();
      tsdb.insert("star", TimeSeries.of(times, values).foldedBy(4));
    }
  }

  private Run tsdb(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--db", database.toString()));
    return Run.here(all.toArray(String[]::new));
  }

  @Test
  void thePictureFollowsTheTable() {
    List<String> table = tsdb("similar", A, "-k", "2").answered().lines();
    List<String> lines = tsdb("similar", A, "-k", "2", "--plot").answered().lines();
    assertEquals(table, lines.subList(0, 3));
    assertEquals(List.of("", A + " and 2 neighbors", "value, standardised"), lines.subList(3, 6));
    assertTrue(lines.get(lines.size() - 1).contains("lag "), lines::toString);
    assertTrue(lines.stream().allMatch(line -> line.length() <= 72), lines::toString);
    assertEquals(lines, tsdb("similar", "--plot", A, "-k", "2").answered().lines());
    List<String> explained = tsdb("similar", A, "-k2", "--explain", "--plot").answered().lines();
    assertEquals(table, explained.subList(0, 3));
    assertTrue(explained.get(4).startsWith("search "), explained::toString);
    assertEquals(
        lines.subList(3, lines.size()),
        explained.subList(explained.size() - lines.size() + 3, explained.size()));
  }

  @Test
  void aPictureInAFileGoesWithEveryFormat(@TempDir Path temporary) throws IOException {
    for (String name : List.of("a.svg", "a.HTML")) {
      String file = temporary.resolve(name).toString();
      for (String format : List.of("json", "csv")) {
        String plain = tsdb("similar", A, "--format", format).answered().out();
        assertEquals(
            plain, tsdb("similar", A, "--format", format, "--plot=" + file).answered().out());
        assertEquals(
            tsdb("get", A, "--format", format).answered().out(),
            tsdb("get", "--plot=" + file, A, "--format", format).answered().out());
      }
      List<String> lines = tsdb("similar", A, "--plot=" + file).answered().lines();
      assertEquals("drew " + file, lines.get(lines.size() - 1));
      String picture = Files.readString(Path.of(file));
      assertTrue(picture.contains(A + " and 5 neighbors"), picture);
      assertEquals(name.endsWith("svg"), picture.startsWith("<svg"));
    }
  }

  /** With a budget of colors, not all neighbors are drawn, and the title says so. */
  @Test
  void aPictureHasAsManyNeighborsAsThereAreColors(@TempDir Path temporary) throws IOException {
    String file = temporary.resolve("a.svg").toString();
    tsdb("similar", A, "-k", "10", "--include-self", "--plot", file).answered();
    String picture = Files.readString(Path.of(file));
    assertTrue(picture.contains(A + " and the first 7 neighbors of 9"), picture);
  }

  @Test
  void aSeriesInAFileIsDrawnAsItIsCompared(@TempDir Path temporary) throws IOException {
    Path values = temporary.resolve("a.txt");
    Files.writeString(values, tsdb("get", A).answered().out());
    Path file = temporary.resolve("a.svg");
    tsdb("similar", "--file", values.toString(), "-k1", "--plot", file.toString()).answered();
    String picture = Files.readString(file);
    assertTrue(picture.contains("(the series in the file) and 1 neighbor<"), picture);
    List<String> curves =
        picture.lines().filter(line -> line.contains("<path d=\"M") && line.contains("L")).toList();
    assertEquals(2, curves.size());
    assertEquals(points(curves.get(0)), points(curves.get(1)));
  }

  private static String points(String path) {
    return path.replaceAll(".* d=\"([^\"]*)\".*", "$1");
  }

  @Test
  void anIntervalHasTimes(@TempDir Path temporary) {
    Path intervals = temporary.resolve("db");
    Settings settings = SETTINGS.withResampling(Resampling.INTERVAL);
    try (Tsdb tsdb = Tsdb.open(intervals, OpenOptions.DEFAULT.withSettings(settings))) {
      tsdb.insert("a", TimeSeries.ofValues(1, 2, 3, 5, 4));
      tsdb.insert("b", TimeSeries.ofValues(2, 3, 5, 4, 1));
    }
    String drawn =
        Run.here("similar", "a", "--plot", "--db", intervals.toString()).answered().out();
    assertTrue(drawn.contains("time of the query, as a part of its duration"), drawn);
  }

  @Test
  void aSeriesIsDrawnFoldedAndAsInserted(@TempDir Path temporary) throws IOException {
    List<String> lines = tsdb("get", "star", "--plot").answered().lines();
    assertEquals("star, period 4.0", lines.get(0));
    assertTrue(lines.containsAll(List.of("folded", "as inserted", "value")), lines::toString);
    List<String> inverted = tsdb("get", "star", "--plot", "--invert").answered().lines();
    assertTrue(row(lines, "18") < row(lines, "16"), lines::toString);
    assertTrue(row(inverted, "18") > row(inverted, "16"), inverted::toString);
    Path file = temporary.resolve("star.html");
    assertEquals(
        "drew " + file + "\n", tsdb("get", "star", "--plot", file.toString()).answered().out());
    assertTrue(Files.readString(file).contains("as inserted"));
    List<String> one = tsdb("get", A, "--plot").answered().lines();
    assertEquals(A, one.get(0));
    assertFalse(one.contains("folded"), one::toString);
  }

  private static int row(List<String> lines, String tick) {
    return IntStream.range(0, lines.size())
        .filter(i -> lines.get(i).strip().startsWith(tick + " "))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void colorsAreForTerminals() throws Exception {
    ProcessBuilder command =
        Run.command("similar", A, "--plot", "--db", database.toString(), "-k", "1");
    command.command().add(1, "-Dtsdb.terminal.out=true");
    command.command().add(1, "-Dtsdb.locale=C");
    command.environment().putAll(Map.of("TERM", "xterm", "COLUMNS", "40"));
    command.environment().keySet().removeAll(List.of("NO_COLOR", "COLORTERM"));
    String out = Run.process("", command).answered().out();
    assertTrue(out.contains("\u001b[94m"), out);
    assertTrue(out.chars().allMatch(one -> one < 128), out);
    assertEquals(1, out.lines().filter(line -> line.matches(" +\\++-{5,}.*")).count());
  }

  @Test
  void aListShowsCurves() {
    List<String> ids = tsdb("list").answered().lines();
    List<String> lines = tsdb("list", "--sparklines").answered().lines();
    assertEquals(ids.size(), lines.size());
    assertTrue(lines.get(0).matches("id +curve"), lines::toString);
    for (int i = 1; i < ids.size(); i++) {
      assertTrue(lines.get(i).matches(ids.get(i) + " +\\S{32}"), lines.get(i));
    }
    List<String> csv = tsdb("list", "--sparklines", "--limit=2", "--format=csv").lines();
    assertEquals("id,phase,value", csv.get(0));
    assertEquals(1 + 2 * 32, csv.size());
    assertTrue(csv.get(1).startsWith("bumps-00000001,0.0,"), csv::toString);
  }

  @Test
  void aSeriesThatIsDeletedMeanwhileIsLeftOut() {
    try (Tsdb tsdb =
        Tsdb.open(database, OpenOptions.DEFAULT.withAccess(OpenOptions.Access.READ_ONLY))) {
      VerbOutput list = CurveList.of(List.of(A, "gone", "star"), tsdb, OutputFormat.JSON);
      assertEquals(2, list.payload().size());
      assertEquals("star", list.payload().get(1).get("id").textValue());
      assertEquals(
          Curve.MAX_CURVES + 1,
          CurveList.of(Collections.nCopies(Curve.MAX_CURVES + 1, A), tsdb, OutputFormat.JSON)
              .payload()
              .size());
      Settings settings = tsdb.stats().settings();
      List<Neighbor> found = List.of(new Neighbor("gone", 0.1, 3), new Neighbor("star", 0.2, 3));
      SearchResult result = new SearchResult(found, new SearchReport.Builder().exact());
      Plot plot = new NeighborPlot(tsdb, settings).of(A, result, axis -> axis);
      assertEquals(A + " and 1 of 2 neighbors", plot.title());
      assertEquals(List.of(A, "star"), plot.legend().stream().map(Plot.LegendEntry::name).toList());
    }
  }

  /** The spike lies between the samples that every 32nd sample would show. */
  @Test
  void aNarrowFeatureShowsInAList() {
    double[] values = new double[SETTINGS.length()];
    values[SETTINGS.length() / 2 + 1] = 1;
    try (Tsdb tsdb = Tsdb.open(database, OpenOptions.DEFAULT)) {
      tsdb.insert("spike", TimeSeries.ofValues(values));
    }
    String line = tsdb("list", "--sparklines", "--where", "id = 'spike'").answered().lines().get(1);
    assertEquals(1, line.chars().filter(one -> one == '\'' || one == 0x2588).count(), line);
  }

  @Test
  void attributesCannotControlTheTerminal() {
    try (Tsdb tsdb = Tsdb.open(database, OpenOptions.DEFAULT)) {
      tsdb.declareAttribute("note", AttributeValue.Type.TEXT);
      tsdb.insert(
          new SeriesEntry(
              "odd", TimeSeries.ofValues(1, 2, 4), Attributes.none().with("note", "\u001b[2J")));
    }
    String shown = tsdb("get", "odd").answered().out();
    assertTrue(shown.contains("# note = ?[2J"), shown);
    assertTrue(shown.chars().noneMatch(one -> one == 0x1b), shown);
  }

  @Test
  void quietLeavesThePicture() {
    assertTrue(tsdb("get", A, "--plot", "--quiet").answered().lines().size() > 5);
    assertEquals(List.of(), tsdb("insert", "--quiet", "none", "--file", copy()).lines());
  }

  private String copy() {
    try {
      Path file = Files.createTempFile(database.getParent(), "copy", ".txt");
      Files.writeString(file, tsdb("get", A).answered().out());
      return file.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.vantage.tsdb.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LightCurveFormatTest {
  private static final ReadOptions PHASES = ReadOptions.defaults();
  private static final ReadOptions BANDS =
      PHASES.withGroupBy("band").withPeriods(Periods.of(Map.of("curve", 0.75)));

  @TempDir Path directory;

  private static Collected read(ReadOptions options, String text) {
    return Collected.of(FileFormat.LIGHT_CURVE, options, text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "time,mag,band\n10,1,r\n11,5,g\n12,2,r\n13,6,g\n",
        "\uFEFFtime,mag,band\r\n10,1,r\r\n11,5,g\r\n12,2,r\r\n13,6,g",
        "# c\n\"band\", magerr ,time,mag\n\nr,0,10,\"1\"\n#\ng,,11,5\n r ,0, 12 ,2\ng,x,13,6\n",
      })
  void makesAFoldedSeriesOfEachGroup(String text) {
    Collected read = read(BANDS, text);
    assertEquals(List.of(), read.errors);
    TimeSeries red = TimeSeries.of(new double[] {10, 12}, new double[] {1, 2}).foldedBy(0.75);
    TimeSeries green = TimeSeries.of(new double[] {11, 13}, new double[] {5, 6}).foldedBy(0.75);
    assertEquals(
        List.of(
            new SeriesEntry("curve_r", red, Attributes.none().with("band", "r")),
            new SeriesEntry("curve_g", green, Attributes.none().with("band", "g"))),
        read.entries);
  }

  @Test
  void groupsByWhatEverySeriesHasAreCalledOtherwise() {
    ReadOptions columns = PHASES.withGroupBy("length");
    assertEquals(Optional.of("length_"), columns.groupAttribute());
    assertEquals(Optional.empty(), PHASES.groupAttribute());
    assertEquals(
        Attributes.none().with("length_", "7"),
        read(columns, "time,mag,length\n0,1,7\n0.5,2,7\n").only().attributes());
  }

  @Test
  void columnsThatSayTheSameInAllRowsBecomeAttributes() {
    ReadOptions columns =
        PHASES
            .withGroupBy("band")
            .withAttributeColumns(Map.of("type", "Type", "blended", "blended"));
    String text =
        "time,mag,band,Type,blended\n0,1,g,ab,\n0,2,r,c,true\n0.5,3,g,ab,\n0.5,1,r,c,true\n";
    assertEquals(
        List.of("{band=g, type=ab}", "{band=r, blended=true, type=c}"),
        read(columns, text).entries.stream().map(entry -> entry.attributes().toString()).toList());
    assertEquals(
        List.of(
            "4: attribute must be the same in all rows of a series:"
                + " column=Type, first='ab', found='c'"),
        read(columns, text.replace("3,g,ab", "3,g,c")).errorTexts());
    assertEquals(
        1,
        read(PHASES.withAttributeColumns(Map.of("type", "Type")), "time,mag\n0,1\n0.5,2\n")
            .errorTexts()
            .size(),
        "a column that is not there");
  }

  @Test
  void makesOneSeriesOfAFileWithoutGroups() {
    TimeSeries points = TimeSeries.of(new double[] {0, 0.5}, new double[] {1, 2});
    assertEquals(new SeriesEntry("curve", points), read(PHASES, "time,mag\n0,1\n0.5,2\n").only());
    ReadOptions named = PHASES.withTime("t (d)").withValue("m");
    assertEquals(new SeriesEntry("curve", points), read(named, "m,t (d)\n1,0\n2,0.5\n").only());
  }

  @Test
  void leavesTimesThatAreNoPhasesToTheDatabase() {
    assertArrayEquals(
        new double[] {0, 1, -0.1},
        read(PHASES, "time,mag\n0,1\n1,2\n-0.1,3\n").only().series().times());
  }

  @Test
  void wantsAPeriodForEachFile() {
    ReadOptions other = PHASES.withPeriods(Periods.of(Map.of("other", 1.0)));
    assertEquals(
        List.of(
            "2: series must have a period, by its id, its group or its file: id='curve',"
                + " file='curve', periods known=1"),
        read(other, "time,mag\n0,1\n1,2\n").errorTexts());
  }

  @Test
  void refusesTheGroupOfABadRow() {
    Collected read =
        read(BANDS, "time,mag,band\n1,2,r\n2,x,r\n3,4,g\n4,?,r\n5,6,g\n6,7,r\n1e999,7,r\n");
    assertEquals(List.of("curve_g"), read.ids());
    assertEquals(List.of(4L), read.lines);
    assertEquals(Map.of("without a value", 1L), read.reports.get(0).dropped());
    assertEquals(
        List.of("3: mag must be a number: text='x'", "8: time must be finite: text='1e999'"),
        read.errorTexts());
  }

  @Test
  void refusesTheFileWhereARowHasNoGroup() {
    Collected read = read(BANDS, "time,mag,band\n1,2,r\n2,3,r\n3,4\n5,6,\n");
    assertEquals(List.of(), read.entries);
    assertEquals(
        List.of(
            "4: row must reach to column 'band': columns=2",
            "5: group must not be empty: column=band"),
        read.errorTexts());
  }

  @Test
  void refusesAGroupThatIsNoSeries() {
    Collected read = read(BANDS, "time,mag,band\n1,2,r\n1,3,g\n2,4,g\n");
    assertEquals(List.of("curve_g"), read.ids());
    assertEquals(List.of("2: series must have at least 2 points: points=1"), read.errorTexts());
  }

  @Test
  void namesTheHeaderThatLacksAColumn() {
    assertEquals(
        List.of(
            "1: header must name the column once: column='mag', times named=0, header='time,flux'"),
        read(PHASES, "time,flux\n0,1\n").errorTexts());
    assertEquals(
        List.of(
            "1: header must name the column once: column='mag', times named=2,"
                + " header='time,mag,mag'; hint: the first one is column 2"),
        read(PHASES, "time,mag,mag\n0,1,2\n").errorTexts());
  }

  @Test
  void refusesQuotesThatDoNotMatch() {
    assertEquals(
        List.of("3: quotes must match: column='mag', text='\"2'"),
        read(PHASES, "time,mag\n0,1\n0.5,\"2\n0.6,3\n").errorTexts());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# c\n", "time,mag\n", "\uFEFFtime,mag\r\n\r\n"})
  void refusesAFileWithoutData(String text) {
    Collected read = read(PHASES, text);
    assertEquals(1, read.errors.size());
    assertTrue(read.errors.get(0).line() >= 1);
    assertTrue(read.errors.get(0).reason().startsWith("file must have at least 1 row of data"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Num,Type,Per", "Num,Type,period", "file,x,PERIOD", "\uFEFFa,b,per"})
  void findsTheColumnOfPeriods(String header) throws IOException {
    List<FormatError> errors = new ArrayList<>();
    Path file = write(header + "\n4099,ab,0.64\nx y,c,1e3\n");
    Periods periods = Periods.read(file, errors::add);
    assertEquals(List.of(), errors);
    assertEquals(2, periods.size());
    assertEquals(OptionalDouble.of(0.64), periods.periodOf("4099"));
    assertEquals(OptionalDouble.of(1000), periods.periodOf("x y"));
    assertEquals(OptionalDouble.empty(), periods.periodOf("4098"));
  }

  @Test
  void readsTheColumnOfPeriodsThatIsNamed() throws IOException {
    Path file = write("file,period,double\na,1,2\n");
    Periods periods = Periods.read(file, "double", error -> {});
    assertEquals(OptionalDouble.of(2), periods.periodOf("a"));
  }

  @Test
  void keepsGoodPeriods() throws IOException {
    List<FormatError> errors = new ArrayList<>();
    Path file = write("file,period\na,1\na,2\nb,0\nc,-1\nd,x\ne\nf,3\n");
    Periods periods = Periods.read(file, errors::add);
    assertEquals(2, periods.size());
    assertEquals(OptionalDouble.of(1), periods.periodOf("a"));
    assertEquals(
        List.of(
            new FormatError(
                file.toString(), 3, "name must be given once, the first counts: name='a'"),
            new FormatError(file.toString(), 4, "period must be greater than 0: period=0.0"),
            new FormatError(file.toString(), 5, "period must be greater than 0: period=-1.0"),
            new FormatError(file.toString(), 6, "period must be a number: text='x'"),
            new FormatError(file.toString(), 7, "row must reach to column 'period': columns=1")),
        errors);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "file,P,Q\na,1,1\n", "file,per,period\na,1,1\n"})
  void reportsAPeriodsFileThatHasNone(String text) throws IOException {
    List<FormatError> errors = new ArrayList<>();
    Periods periods = Periods.read(write(text), errors::add);
    assertEquals(0, periods.size());
    assertEquals(1, errors.size());
  }

  private Path write(String text) throws IOException {
    return Files.writeString(directory.resolve("periods.csv"), text);
  }
}

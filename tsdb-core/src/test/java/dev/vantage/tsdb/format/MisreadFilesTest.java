package dev.vantage.tsdb.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.SeriesEntry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that may be read as something else are read right, or refused with a hint. */
class MisreadFilesTest {
  private static final ReadOptions OPTIONS = ReadOptions.defaults();

  /** Reads a text, whose lines end at slashes, in the format that it shows. */
  private static Collected read(String text, ReadOptions options) {
    Collected read = new Collected();
    byte[] bytes = text.replace('/', '\n').getBytes(StandardCharsets.UTF_8);
    try {
      FormatDetector.read(new ByteArrayInputStream(bytes), "file", "file", options, read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return read;
  }

  private static Collected read(FileFormat format, ReadOptions options, String text) {
    return Collected.of(format, options, text.replace('/', '\n'));
  }

  /** Checks that a file gives no series, and one error with some words. */
  private static void checkRefused(Collected read, String words) {
    assertEquals(List.of(), read.ids());
    assertEquals(1, read.errors.size(), read.errors::toString);
    assertTrue(read.errors.get(0).reason().contains(words), read.errors::toString);
  }

  @Test
  void timesWithDecimalCommasAreNoNames() {
    Collected read = read("2450000,5;17,2;0,01/2450001,5;17,3;0,01", OPTIONS);
    assertArrayEquals(new double[] {17.2, 17.3}, read.only().series().values());
    assertEquals("columns (time, value), decimal comma", read.reports.get(0).readAs());
    checkRefused(read("1,5;2,5;3,5;4,5;5,5/2,5;2,5;3,5;4,5;5,5", OPTIONS), "format must be clear");
    checkRefused(
        read(FileFormat.WIDE, OPTIONS, "1,5;2,5;3,5;4,5;5,5/2,5;2,5;3,5;4,5;5,5"),
        "first column must have ids");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {
        "star1 2450000.1 17.2/star2 2450000.1 15.2/star1 2450001.1 17.3/star2 2450001.1 15.3",
        "star,epoch,brightness/star1,1.5,17.2/star1,2.5,17.3/star2,1.5,15.2/star2,2.5,15.3",
        "star1,1.5,7,0.1,1,2/star2,1.5,7,0.1,1,2/star1,2.5,5,0.1,1,2/star2,2.5,6,0.1,1,2",
      })
  void pointsOfSeveralSeriesAreNoRowsOfValues(String text) {
    checkRefused(
        read(text, OPTIONS),
        "--as long --id 1 --time 2 --value 3 for one point in a row, --as wide --id 1");
    Collected asLong =
        read(FileFormat.LONG, OPTIONS.withId("1").withTime("2").withValue("3"), text);
    assertEquals(List.of("star1", "star2"), asLong.ids());
  }

  @Test
  void aNumberSignInANameIsNoComment() {
    String text = "0.1,17.2,M13 #1/0.1,17.3,M13 #2/0.2,17.4,M13 #1/0.2,17.5,M13 #2";
    ReadOptions byName = OPTIONS.withTime("1").withValue("2").withId("3");
    assertEquals(List.of("M13 #1", "M13 #2"), read(FileFormat.COLUMNS, byName, text).ids());
    String commented = "t,v,n/1,2,a # x, y/2,3,a # cloud, moon/3,4,a";
    assertEquals(
        3,
        read(FileFormat.COLUMNS, OPTIONS.withId("n").withTime("t").withValue("v"), commented)
            .only()
            .series()
            .size());
    assertEquals(2, read("0.5,1 # dark/0.6,2 # clear", OPTIONS).only().series().size());
  }

  @Test
  void aBandIsNeverTheNumberOfARow() {
    checkRefused(
        read("time,mag,band/1,2,u/2,3,g/3,4,r/4,5,i/5,6,z", OPTIONS), "column band has 5 values");
    checkRefused(read("time,mag,fid/1,2,1/2,3,2/3,4,3", OPTIONS), "column fid has 3 values");
  }

  @Test
  void numbersOfRowsAreNoNamesHoweverManyThereAre() {
    String rows =
        IntStream.rangeClosed(1, 1500)
            .mapToObj(row -> row + "," + row * 0.5 + "," + row % 7)
            .collect(Collectors.joining("\n", "id,time,mag\n", "\n"));
    assertEquals(1500, read(rows, OPTIONS).only().series().size());
    ReadOptions dropping = OPTIONS.droppingIf(Condition.parse("mag = 3"));
    assertTrue(read(rows, dropping).only().series().size() < 1500);
    checkRefused(read(rows.replace("\n7,", "\n8,"), OPTIONS), "id has at least 1000 values");
    checkRefused(read("id,time,mag/9,1,2/7,2,3/5,3,4", OPTIONS), "id has 3 values");
  }

  @Test
  void aCommaBehindThousandsIsNoMarkOfDecimals() {
    String text = "t;W/0;998/1;1,002/2;1,010/3;995";
    checkRefused(read(text, OPTIONS), "--decimal ,");
    checkRefused(read(text, OPTIONS), "--decimal .");
    assertEquals(1.002, read(text, OPTIONS.withDecimal(",")).only().series().values()[1]);
    assertEquals(0.998, read("t;W/0;0,998/1;1,002", OPTIONS).only().series().values()[0]);
    assertEquals(1.002, read("t;W/0,5;0,998/1,5;1,002", OPTIONS).only().series().values()[1]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {
        "t,mag/1,9.9999D+01/2,17/3,18",
        "t;mag/1;99,5/2;17,0/3;18,0",
        "t,mag/\u22121,99.5/2,17/3,18"
      })
  void aRowIsDroppedHoweverItsNumberIsWritten(String text) {
    Collected read = read(text, OPTIONS.droppingIf(Condition.parse("mag >= 99")));
    assertArrayEquals(new double[] {17, 18}, read.only().series().values());
    assertEquals(1, read.reports.get(0).droppedRows());
  }

  @Test
  void aNumberMeansAPlaceInAHeaderThatCountsUp() {
    String text = "y,0,1,2,3,4/1,5,6,7,8,9/2,5,6,7,8,1/1,2,3,4,5,6";
    Collected read = read(FileFormat.WIDE, OPTIONS.withLabel("1"), text);
    assertArrayEquals(new double[] {5, 6, 7, 8, 9}, read.entries.get(0).series().values());
    assertEquals("1", read.entries.get(0).attributes().asMap().get("label").toString());
    checkRefused(
        read(FileFormat.WIDE, OPTIONS, "y,0,1,2,3/1.5,5,6,7,8/2.5,5,6,7,8"),
        "hint: --id y, --label y");
  }

  @Test
  void pointsOutsideOfWindowsAreCounted() {
    String text =
        IntStream.range(0, 12).mapToObj(i -> i + " " + i).collect(Collectors.joining("/"));
    Collected read = read(text, OPTIONS.withWindow(3).withStep(4));
    assertEquals(List.of("file@1", "file@5", "file@9"), read.ids());
    assertEquals(
        Map.of("between windows", 2L, "after the last whole window", 1L),
        read.reports.get(0).dropped());
    Collected first = read(text, OPTIONS.withWindow(3).withStep(Integer.MAX_VALUE));
    assertEquals(List.of("file@1"), first.ids());
    assertEquals(9, first.reports.get(0).droppedRows());
    Collected one = read(text, OPTIONS.withWindow(3).withStep(4).withOnly("file@5"));
    assertEquals(List.of("file@5"), one.ids());
    assertEquals(0, one.reports.get(0).droppedRows());
  }

  @Test
  void aCommentOfTwoUsualNamesIsAHeader() {
    SeriesEntry entry = read("# mag hjd/17.2 1/17.3 2", OPTIONS).only();
    assertArrayEquals(new double[] {17.2, 17.3}, entry.series().values());
    assertEquals(17.2, read("# two words/1 17.2/2 17.3", OPTIONS).only().series().values()[0]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {
        "date hour mag/2012-10-12 00:00 1/2012-10-12 00:30 2/2012-10-12 01:30 3",
        "date hour mag err/2012-10-12 00:00 1 9/2012-10-12 00:30 2 9/2012-10-12 01:30 3 9",
        "2012-10-12 00:00:00 1/2012-10-12 00:30:00 2/2012-10-12 01:30:00 3",
      })
  void aClockBehindADateBelongsToIt(String text) {
    SeriesEntry entry = read(text, OPTIONS).only();
    assertArrayEquals(new double[] {0, 1800, 5400}, entry.series().times());
    assertArrayEquals(new double[] {1, 2, 3}, entry.series().values());
  }

  @Test
  void datesWithoutTheirClocksAreRefused() {
    checkRefused(
        read("date,hour,mag/2012-10-12,0:00,1/2012-10-12,0:30,2", OPTIONS),
        "times must have date and clock in one column: date='date', clock='hour'");
    assertEquals(
        2,
        read("date,sunrise,mag/2012-10-12,6:00,1/2012-10-13,6:01,2", OPTIONS)
            .only()
            .series()
            .size());
  }

  @Test
  void datesOfTsFilesBeginWithTheEarliest() {
    String dates = "(2007-01-01 00:01:00,1),(2007-01-01 00:00:00,2),(2007-01-01 00:02:00,%s)";
    for (String last : List.of("3", "?")) {
      Collected read =
          read(
              FileFormat.TS,
              OPTIONS.withWindow(2),
              "@timeStamps true/@data/" + dates.formatted(last));
      assertArrayEquals(
          new double[] {0, 60},
          sorted(read.entries.get(0).series().times()),
          read.errors::toString);
      assertEquals(
          new AttributeValue.TimestampValue(Instant.parse("2007-01-01T00:00:00Z")),
          read.entries.get(0).attributes().asMap().get("start"));
    }
  }

  private static double[] sorted(double[] numbers) {
    return Arrays.stream(numbers).sorted().toArray();
  }

  @Test
  void aDateThatNoTimestampCanHoldRefusesItsWindow() {
    Collected read =
        read("0000-01-01 1/0000-01-02 2/0000-01-03 3/0000-01-04 4", OPTIONS.withWindow(2));
    assertEquals(List.of(), read.ids());
    assertEquals(2, read.errors.size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {
        "country,1990,1991,1992/A,1,2,3/B,2,3,5",
        "land,1990,1991,1992/A,1,2,3/B,2,3,5",
        "id,0.0,0.5,1.0/A,1,2,3/B,2,3,5",
        "id,10,20,30/A,1,2,3/B,2,3,5",
        "id,0,1,2,/A,1,2,3,/B,2,3,5,",
        "name,label,0,1,2/A,x,1,2,3/B,y,2,3,5",
      })
  void numbersInEvenStepsAreAHeader(String text) {
    ReadOptions options =
        text.contains("label") ? OPTIONS.withId("name").withLabel("label") : OPTIONS;
    Collected read = read(FileFormat.WIDE, options, text);
    assertEquals(List.of("A", "B"), read.ids());
    assertArrayEquals(new double[] {2, 3, 5}, read.entries.get(1).series().values());
  }

  @Test
  void aCommentInProseNamesNoColumns() {
    for (String comment : List.of("phase vs mag", "time of V", "phase and flux")) {
      SeriesEntry entry = read("# " + comment + "/0.0 17.2 0.01/0.5 17.4 0.02", OPTIONS).only();
      assertArrayEquals(new double[] {17.2, 17.4}, entry.series().values());
    }
    SeriesEntry named = read("# mag err hjd/17.2 0.01 1/17.4 0.02 2", OPTIONS).only();
    assertArrayEquals(new double[] {17.2, 17.4}, named.series().values());
  }

  @Test
  void theTextThatAnIpacHeaderDeclaresIsNoValue() {
    Collected read =
        read(
            "|  mjd   |  mag   |/| double | double |/| days   | mag    |/| null   | -99.9  |/"
                + "  5000.1   17.20  /  5001.1   -99.9  /  5002.1   17.30  ",
            OPTIONS);
    assertArrayEquals(new double[] {17.2, 17.3}, read.only().series().values());
    assertEquals(1, read.reports.get(0).droppedRows());
  }

  @Test
  void aColumnOfABuiltInNameIsDroppedByItsNumber() {
    String text = "time,mag,length/0,1,2.5/1,2,99.5/2,3,2.5";
    ReadOptions named = OPTIONS.withTime("time").withValue("mag");
    checkRefused(
        read(text, named.droppingIf(Condition.parse("length > 90"))),
        "column of a built-in name must be called by its number: column='length'; hint: c3");
    assertEquals(
        2, read(text, named.droppingIf(Condition.parse("c3 > 90"))).only().series().size());
  }

  @Test
  void aClassInNumbersIsALabel() {
    String text =
        "@relation r\n@attribute a real\n@attribute b real\n@attribute class numeric\n@data\n1,2,3\n";
    SeriesEntry entry = Collected.of(FileFormat.ARFF, OPTIONS, text).only();
    assertArrayEquals(new double[] {1, 2}, entry.series().values());
    assertEquals("3", entry.attributes().asMap().get("label").toString());
  }

  @Test
  void theLastValueOfAShortRowIsNoLabel() {
    Collected read =
        read(
            FileFormat.WIDE,
            OPTIONS.withId(ReadOptions.NONE).withLabel("last"),
            "1,2,3,1/1,2,4/1,2,5,2");
    assertEquals(List.of("curve-1", "curve-3"), read.ids());
    assertEquals(2, read.errors.get(0).line());
  }

  @Test
  void aShortLineRefusesItsSeriesAlone() {
    ReadOptions byId = OPTIONS.withId("id");
    String text = "id,time,mag/a,1,1/b,1,1/a,2,2/b,2,2/c,1,1/c,2,2/b,3/a,3,3/b,4";
    Collected read = read(FileFormat.LONG, byId, text);
    assertEquals(List.of("a", "c"), read.ids());
    assertEquals(1, read.errors.stream().mapToInt(FormatError::series).sum());
    assertEquals(List.of(), read(FileFormat.LONG, byId, text + "/c").ids());
  }

  @Test
  void badItemsOfOthersDoNotMatterToTheOneAskedFor() {
    String rows = "a,1,2,x/b,1,2,4/c,1,y,5";
    assertEquals("b", read(FileFormat.WIDE, OPTIONS.withOnly("b"), rows).only().id());
    Collected window = read("0 1/1 bad/2 3/3 5", OPTIONS.withWindow(2).withOnly("file@1"));
    checkRefused(window, "value must be a number");
  }

  @Test
  void decimalCommasReachPeriodsAndAttributes() {
    String text = "time;mag;per;kind/0,25;1,5;0,5;2,5/0,75;2,5;0,5;2,5/1,1;3,5;0,5;2,5";
    SeriesEntry entry =
        read(text, OPTIONS.withPeriodColumn("per").withAttributeColumns(Map.of("kind", "kind")))
            .only();
    assertEquals(0.5, entry.series().period().getAsDouble());
    assertEquals("2.5", entry.attributes().asMap().get("kind").toString());
  }

  @Test
  void noneIsTakenOnlyWhereItMeansSomething() {
    for (ReadOptions useless :
        List.of(
            OPTIONS.withValue("none"),
            OPTIONS.withLabel("none"),
            OPTIONS.withPeriodColumn("none"))) {
      assertEquals(1, FileFormat.COLUMNS.useless(useless).size());
    }
    assertEquals(1, FileFormat.LONG.useless(OPTIONS.withId("none")).size());
    assertEquals(0, FileFormat.WIDE.useless(OPTIONS.withId("none").withLabel("none")).size());
    assertEquals(0, FileFormat.COLUMNS.useless(OPTIONS.withId("none")).size());
  }

  @Test
  void refusingMissingValuesRefusesThoseAtTheEnd() {
    ReadOptions refusing = OPTIONS.withMissing(MissingValues.REFUSE);
    checkRefused(read(FileFormat.WIDE, refusing, "a,1,2,3,/"), "value 4 must be present");
    assertEquals(3, read(FileFormat.WIDE, OPTIONS, "a,1,2,3,/").only().series().size());
    String ts = "@timeStamps true/@data/(0,1),(1,2),(2,NaN)";
    checkRefused(read(FileFormat.TS, refusing, ts), "value 3 must be present");
  }

  @Test
  void everyBadLineIsPassedOnBehindItsHeader() {
    List<String> passed = new ArrayList<>();
    SeriesSink sink =
        new SeriesSink() {
          @Override
          public void accept(SeriesEntry entry, SourceLine origin) {}

          @Override
          public void reject(FormatError error) {
            passed.add(error.text());
          }

          @Override
          public void rejectFurther(FormatError error) {
            passed.add(error.text());
          }

          @Override
          public void began(SourceLine header) {
            passed.add(header.text());
          }
        };
    String text = "time,mag\n" + "0,x\n".repeat(30);
    try {
      FileFormat.COLUMNS.read(
          new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "f", "f", OPTIONS, sink);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertEquals("time,mag", passed.get(0));
    assertEquals(30, passed.stream().filter(line -> line.equals("0,x")).count());
  }

  @Test
  void rowsThatBeginLikeCommentsAreCounted() {
    Collected read =
        read(
            FileFormat.LONG,
            OPTIONS.withId("id"),
            "id,time,mag/HD#1,0,1/# of words, two, three/HD#1,1,2/#3,0,3/#3,1,4");
    assertEquals(List.of("HD#1"), read.ids());
    assertEquals(Map.of("that begin like comments", 2L), read.reports.get(0).dropped());
    Collected wide = read(FileFormat.WIDE, OPTIONS, "a,1,2,3/%b,1,2,4");
    assertEquals(1, wide.reports.get(0).droppedRows());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {"id,value/1,15/2,16/3,18", "label,value/1,15/2,16", "mag,err/15,0.1/16,0.2"})
  void aColumnThatIsCalledSomethingElseIsNoTime(String text) {
    checkRefused(
        read(FileFormat.COLUMNS, OPTIONS, text), "columns of time and value must be clear");
  }

  @Test
  void namesOfTwoColumnsAreSaidUnlessTheyAreUsual() {
    assertEquals(
        "columns (time=when, value=what)",
        read("when,what/1,2/2,3", OPTIONS).reports.get(0).readAs());
  }

  @Test
  void rowsOfSeveralSeriesAreNoticedWhateverTellsThemApart() {
    String text = "timestamp,Symbol,value/0,a,1/1,b,2/2,a,3/0,b,5".replace("0,b,5", "2,b,5");
    checkRefused(
        read(text, OPTIONS), "column Symbol has 2 values: group by it with --group-by Symbol");
    assertEquals(4, read(text, OPTIONS.withGroupBy("none")).only().series().size());
    checkRefused(
        read(
            "0.1 17.2 0.01 V/0.1 16.2 0.01 B/0.2 17.3 0.01 V",
            OPTIONS.withTime("1").withValue("2")),
        "column 4 has 2 values");
    assertEquals(3, read("time,mag,note/1,2,x/2,3,y/3,4,x", OPTIONS).only().series().size());
  }
}

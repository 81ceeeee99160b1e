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
          new AttributeValue.TimestampValue(Instant.parse("2007-01-01T00:01:00Z")),
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
}

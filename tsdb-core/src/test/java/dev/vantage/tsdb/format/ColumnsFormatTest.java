package dev.vantage.tsdb.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnsFormatTest {
  private static final TimeSeries THREE =
      TimeSeries.of(new double[] {0, 0.25, 0.5}, new double[] {1, -2.5, 3e-4});

  private static Collected read(String text) {
    return Collected.of(FileFormat.COLUMNS, ReadOptions.defaults(), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 1\n0.25 -2.5\n0.5 3e-4\n",
        "0 1\n0.25 -2.5\n0.5 3e-4",
        "0\t1\n0.25,-2.5\n0.5;3e-4\n",
        "  0 ,\t1\n0.25   \t -2.5  \n0.5 ; +.0003\n",
        "0 1\r\n0.25 -2.5\r\n0.5 3E-4\r\n",
        "\uFEFF0 1\n0.25 -2.5\n0.5 3e-4\n",
        "\uFEFFtime,value\r\n0,1\r\n0.25,-2.5\r\n0.5,3e-4\r\n",
        "# a comment\n\n \t\n0 1 # the first\n#\n0.25 -2.5\n\n0.5 3e-4\n\n",
        "#only\nphase (days), apparent magnitude\n0 1\n0.25 -2.5\n0.5 3e-4\n",
        "\"t\";\"v\"\n0. 1.\n00.25 -2.50\n0.5 3e-4\n",
      })
  void readsEverySeparatorCommentAndHeader(String text) {
    assertEquals(new SeriesEntry("curve", THREE, Attributes.none()), read(text).only());
  }

  @Test
  void keepsTheOrderOfTheFile() {
    TimeSeries series = read("3 1\n1 2\n2 3\n").only().series();
    assertArrayEquals(new double[] {3, 1, 2}, series.times());
    assertTrue(series.hasTimes());
  }

  @Test
  void tellsTheLineWhereTheSeriesBegins() {
    assertEquals(List.of(4L), read("# c\n\nt v\n1 2\n2 3\n").lines);
  }

  @Test
  void refusesTheFileAndNamesEveryBadLine() {
    Collected read = read("0 1\n1\n2 3 4\n3 x\ny 4\nnan 5\n6 1e999\n7 -inf\n, 8\n9 0x1p3\n10 1d\n");
    assertEquals(List.of(), read.entries);
    assertEquals(
        List.of(
            "2: line must have 2 columns, time and value: columns=1",
            "3: line must have 2 columns, time and value: columns=3",
            "4: value must be a number: text='x'",
            "5: time must be a number: text='y'",
            "6: time must be present: text='nan'",
            "7: value must be finite: text='1e999'",
            "8: value must be finite: text='-inf'",
            "9: time must be present: text=''",
            "10: value must be a number: text='0x1p3'",
            "11: value must be a number: text='1d'"),
        read.errorTexts());
    assertEquals(
        "dir/curve.txt:2: line must have 2 columns, time and value: columns=1",
        read.errors.get(0).toString());
  }

  @Test
  void namesTwentyBadLinesAndSaysThatThereAreMore() {
    List<String> errors = read("0 1\n" + "bad\n".repeat(50) + "1 2\n").errorTexts();
    assertEquals(21, errors.size());
    assertEquals("21: line must have 2 columns, time and value: columns=1", errors.get(19));
    assertEquals("22: more lines are bad, of which only 20 are named", errors.get(20));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nan nan", "? ?", "NA,NA", "null;null", "- -"})
  void dropsAPointOfNothing(String first) {
    Collected read = read(first + "\n0 1\n1 2\n");
    assertEquals(2, read.only().series().size());
    assertEquals(1, read.reports.get(0).droppedRows());
  }

  @ParameterizedTest
  @ValueSource(strings = {"inf inf", "time 1", "1 v"})
  void doesNotTakeABadFirstPointForAHeader(String first) {
    Collected read = read(first + "\n0 1\n1 2\n");
    assertEquals(List.of(), read.entries);
    assertEquals(1, read.errors.size());
    assertEquals(1, read.errors.get(0).line());
  }

  @Test
  void skipsUnitsUnderTheHeader() {
    assertEquals(
        TimeSeries.of(new double[] {0, 1}, new double[] {1, 2}),
        read("time value\ndays mag\n0 1\n1 2\n").only().series());
    assertEquals(
        List.of("4: time must be a number: text='days'"),
        read("time value\ndays mag\n0 1\ndays mag\n1 2\n").errorTexts());
  }

  @Test
  void dropsAndCountsRowsWithoutAValue() {
    Collected read = read("0 1\n0.2 nan\n0.4 2\n0.6 ?\n");
    assertArrayEquals(new double[] {0, 0.4}, read.only().series().times());
    assertEquals(Map.of("without a value", 2L), read.reports.get(0).dropped());
    assertEquals(
        List.of("2: value must be present: text='nan'", "4: value must be present: text='?'"),
        Collected.of(
                FileFormat.COLUMNS,
                ReadOptions.defaults().withMissing(MissingValues.REFUSE),
                "0 1\n0.2 nan\n0.4 2\n0.6 ?\n")
            .errorTexts());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\uFEFF", "\n\r\n", "# nothing\n", "time value\n", " \t"})
  void refusesAFileWithoutData(String text) {
    Collected read = read(text);
    assertEquals(List.of(), read.entries);
    assertEquals(1, read.errors.size());
    assertTrue(read.errors.get(0).line() >= 1);
    assertTrue(read.errors.get(0).reason().startsWith("file must have at least 1 row of data"));
  }

  @Test
  void refusesPointsThatAreNoSeries() {
    assertEquals(
        List.of("2: series must not be constant: every value=2.0, points=2"),
        read("#\n0 2\n1 2\n").errorTexts());
    assertEquals(
        List.of("1: series must have at least 2 points: points=1"), read("0 2\n").errorTexts());
  }
}

package dev.vantage.tsdb.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WideFormatTest {
  private static final TimeSeries ONE = TimeSeries.ofValues(1, 2, 3);
  private static final TimeSeries TWO = TimeSeries.ofValues(-1, 0.5);

  private static Collected read(FirstColumn column, String text) {
    return Collected.of(FileFormat.WIDE, ReadOptions.defaults().withFirstColumn(column), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\t1\t2\t3\nb\t-1\t0.5\n",
        "a,1,2,3\nb,-1,0.5",
        "a 1 2 3\nb -1 0.5\n",
        "\uFEFFa\t1\t2\t3\r\n\r\nb\t-1\t0.5\r\n",
        "  a   1.0  2 3  \n\n  \nb, -1 , .5\n",
        "a\t 1\t2 \t3\nb\t-1\t0.5 \n",
      })
  void readsIds(String text) {
    Collected read = read(FirstColumn.ID, text);
    assertEquals(List.of(), read.errors);
    assertEquals(List.of(new SeriesEntry("a", ONE), new SeriesEntry("b", TWO)), read.entries);
  }

  @Test
  void readsLabels() {
    Collected read = read(FirstColumn.LABEL, "sharp\t1\t2\t3\n\n2 -1 0.5\n");
    assertEquals(
        List.of(
            new SeriesEntry("curve-1", ONE, Attributes.none().with("label", "sharp")),
            new SeriesEntry("curve-2", TWO, Attributes.none().with("label", "2"))),
        read.entries);
    assertEquals(List.of(1L, 3L), read.lines);
  }

  @Test
  void readsRowsOfValues() {
    Collected read = read(FirstColumn.VALUE, " 1\t2\t3\n-1,0.5\n");
    assertEquals(
        List.of(new SeriesEntry("curve-1", ONE), new SeriesEntry("curve-2", TWO)), read.entries);
  }

  @Test
  void keepsSpacesAndCommasInIdsBeforeATab() {
    assertEquals(List.of(" a, b "), read(FirstColumn.ID, " a, b \t1\t2\n").ids());
  }

  @Test
  void keepsGoodRowsAndCountsBadOnes() {
    Collected read =
        read(FirstColumn.LABEL, "x\t1\t\t3\nx\t1\t2\nx,1,2,\n\ty\t1\t2\nx\nx 1 1\nx 3 4\n");
    assertEquals(List.of("curve-2", "curve-3", "curve-7"), read.ids());
    assertEquals(
        List.of(
            "1: value 2 must be present: text=''; hint: --missing interpolate",
            "4: value 1 must be a number: text='y'",
            "5: series must have at least 2 points: points=0",
            "6: series must not be constant: every value=1.0, points=2"),
        read.errorTexts());
  }

  @Test
  void refusesEmptyIdsAndLabels() {
    assertEquals(
        List.of("1: id must have at least 1 byte: length=0"),
        read(FirstColumn.ID, "\t1\t2\n").errorTexts());
    assertEquals(
        List.of("1: label must not be empty: label=''"),
        read(FirstColumn.LABEL, ",1,2\n").errorTexts());
  }

  @Test
  void quotesLittleOfABadField() {
    String reason =
        read(FirstColumn.ID, "a\t1\t" + "\u0007z".repeat(100) + "\n").errors.get(0).reason();
    assertEquals("value 2 must be a number: text='" + "\uFFFDz".repeat(40) + "...'", reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\uFEFF", "\n\r\n \t \n"})
  void refusesAFileWithoutData(String text) {
    Collected read = read(FirstColumn.ID, text);
    assertEquals(1, read.errors.size());
    assertEquals(List.of(), read.entries);
  }
}

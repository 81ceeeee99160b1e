package dev.vantage.tsdb.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TsFormatTest {
  private static final String HEADER =
      "@timeStamps false\n@univariate true\n@classLabel true a b\n";

  private static Collected read(String text) {
    return Collected.of(FileFormat.TS, ReadOptions.defaults(), text);
  }

  private static SeriesEntry labelled(int row, String label, double... values) {
    return new SeriesEntry(
        "curve-" + row, TimeSeries.ofValues(values), Attributes.none().with("label", label));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        HEADER + "@data\n1,2,3:a\n4,5:b c\n",
        "\uFEFF# about\r\n\r\n@CLASSLABEL TRUE a b\r\n@Data\r\n1, 2 ,3 : a\r\n#x\r\n4,5: b c",
        "@problemName x\n@targetlabel true\n@missing true\n@DATA\n\n1,2,3:a\n4.0,5e0:b c\n\n",
        "@dimensions 1\n@classlabel true\n@equalLength false\n@data\n1,2,3:a\n4,5:b c\n",
      })
  void readsLabelledSeriesOfUnequalLength(String text) {
    Collected read = read(text);
    assertEquals(List.of(), read.errors);
    assertEquals(List.of(labelled(1, "a", 1, 2, 3), labelled(2, "b c", 4, 5)), read.entries);
  }

  @Test
  void readsSeriesWithoutLabels() {
    assertEquals(
        new SeriesEntry("curve-1", TimeSeries.ofValues(1, 2)),
        read("@classLabel false\n@data\n1,2\n").only());
    assertEquals(List.of("curve-1"), read("@data\n1,2\n").ids());
  }

  @Test
  void keepsGoodRows() {
    Collected read =
        read(HEADER + "@data\n1,?:a\n1,NaN:a\n1,2:a\n1,2\n1,2:\n1,2:3,4:a\n:a\n5,6:b\n");
    assertEquals(List.of("curve-3", "curve-8"), read.ids());
    assertEquals(
        List.of(
            "5: series must have at least 2 points: points=1",
            "6: series must have at least 2 points: points=1",
            "8: row must end with a colon and its label: colons=0",
            "9: label must not be empty: label=''",
            "10: series must have 1 dimension: dimensions=2, labelled=true;"
                + " hint: --dimension N takes one dimension",
            "11: series must have at least 2 points: points=0"),
        read.errorTexts());
  }

  @Test
  void refusesDimensionsThatNoHeaderTellsOf() {
    assertEquals(
        List.of(
            "2: series must have 1 dimension: dimensions=2, labelled=false;"
                + " hint: --dimension N takes one dimension"),
        read("@data\n1,2:3,4\n").errorTexts());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "@univariate false   | series in a ts file must be univariate; hint: --dimension N takes one dimension",
        "@dimensions 6       | series in a ts file must be univariate: dimensions=6; hint: --dimension N takes one dimension",
        "@univariate maybe   | @univariate must be true or false: text='maybe'",
        "@classLabel         | @classlabel must be true or false: text=''",
        "1,2,3               | ts file must have @data before its rows: line='1,2,3'",
      })
  void refusesHeadersByTheirLine(String header, String reason) {
    Collected read = read("# c\n" + header + "\n@data\n1,2,3:a\n");
    assertEquals(List.of("2: " + reason), read.errorTexts());
    assertEquals(List.of(), read.entries);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# c\n", HEADER, HEADER + "@data\n", HEADER + "@data\n# c\n\n"})
  void refusesAFileWithoutData(String text) {
    Collected read = read(text);
    assertEquals(1, read.errors.size());
    assertTrue(read.errors.get(0).reason().contains("data"));
    assertTrue(read.errors.get(0).line() >= 1);
  }
}

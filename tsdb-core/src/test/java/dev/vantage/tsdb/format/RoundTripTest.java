package dev.vantage.tsdb.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vantage.tsdb.format.table.Numbers;
import dev.vantage.tsdb.series.InvalidSeriesException;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundTripTest {
  private static final String ID_CHARS = "aZ09 ,;#@:'\"-_/\\?\u00E4\u20AC\u2028\u00A0\uFEFF";

  @TempDir Path directory;

  @Test
  void wideFilesReadBackTheSame() throws IOException {
    Random random = Seeds.random("wideFilesReadBackTheSame");
    List<SeriesEntry> entries = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      int size = 2 + random.nextInt(20);
      entries.add(new SeriesEntry(id(random), TimeSeries.ofValues(numbers(random, size))));
    }
    Path file = directory.resolve("wide.tsv");
    try (WideWriter writer = WideWriter.to(file)) {
      for (SeriesEntry entry : entries) {
        writer.write(entry);
      }
      writer.finish();
    }
    Collected read = Collected.of(FileFormat.WIDE, ReadOptions.defaults(), file);
    assertEquals(List.of(), read.errors);
    assertEquals(entries, read.entries);
  }

  @Test
  void columnsFilesReadBackTheSame() throws IOException {
    Random random = Seeds.random("columnsFilesReadBackTheSame");
    for (int i = 0; i < 200; i++) {
      int size = 2 + random.nextInt(50);
      TimeSeries series = TimeSeries.of(numbers(random, size), numbers(random, size));
      StringWriter out = new StringWriter();
      ColumnsWriter.write(series, out);
      assertEquals(series, read(out).series());
    }
  }

  @Test
  void columnsFilesOfEvenlySpacedSeriesHaveTheirTimes() throws IOException {
    StringWriter out = new StringWriter();
    ColumnsWriter.write(TimeSeries.ofValues(1, 2, -3.5, 1e-9), out);
    assertEquals("0.0\t1.0\n0.25\t2.0\n0.5\t-3.5\n0.75\t1.0E-9\n", out.toString());
    assertArrayEquals(new double[] {0, 0.25, 0.5, 0.75}, read(out).series().times());
  }

  @Test
  void keepsAByteOrderMarkThatBeginsTheFirstId() throws IOException {
    StringWriter out = new StringWriter();
    SeriesEntry entry = new SeriesEntry("\uFEFFa", TimeSeries.ofValues(1, 2));
    try (WideWriter writer = new WideWriter(out)) {
      writer.write(entry);
      writer.write(entry);
    }
    Collected read = Collected.of(FileFormat.WIDE, ReadOptions.defaults(), out.toString());
    assertEquals(List.of(entry, entry), read.entries);
  }

  @Test
  void wideFilesHaveNoPlaceForTimes() throws IOException {
    TimeSeries timed = TimeSeries.of(new double[] {0, 1}, new double[] {1, 2});
    StringWriter out = new StringWriter();
    try (WideWriter writer = new WideWriter(out)) {
      assertThrows(InvalidSeriesException.class, () -> writer.write(new SeriesEntry("a", timed)));
    }
    assertEquals("", out.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.0",
    "-0.0, -0.0",
    "1, 1.0",
    "-12.5, -12.5",
    "0.000001, 0.000001",
    "-0.000101, -0.000101",
    "0.1, 0.1",
    "123456789.123457, 123456789.123457",
    "2e15, 2.0E15",
    "1.5e-7, 1.5E-7",
    "0.1234567, 0.1234567",
  })
  void writesShortDecimals(double number, String text) {
    StringBuilder out = new StringBuilder();
    Numbers.append(out, number);
    assertEquals(text, out.toString());
  }

  private static SeriesEntry read(StringWriter out) {
    return Collected.of(FileFormat.COLUMNS, ReadOptions.defaults(), out.toString()).only();
  }

  private static String id(Random random) {
    StringBuilder id = new StringBuilder();
    int length = 1 + random.nextInt(12);
    for (int i = 0; i < length; i++) {
      id.append(ID_CHARS.charAt(random.nextInt(ID_CHARS.length())));
    }
    return id.toString();
  }

  /** Numbers of every size and sign, many of them short decimals. */
  private static double[] numbers(Random random, int size) {
    double[] numbers = new double[size];
    for (int i = 0; i < size; i++) {
      double any = Double.longBitsToDouble(random.nextLong());
      numbers[i] =
          switch (random.nextInt(4)) {
            case 0 -> Double.isFinite(any) ? any : -0.0;
            case 1 -> random.nextGaussian();
            case 2 -> Math.rint(random.nextGaussian() * 1e6) / 1e6;
            default -> random.nextInt(2_000_000_000) / 1e3 + i;
          };
    }
    return numbers;
  }
}

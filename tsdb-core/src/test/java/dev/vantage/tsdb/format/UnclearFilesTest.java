package dev.vantage.tsdb.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.condition.Condition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Separators at ends, class labels, marks of thousands and other things that have two readings. */
class UnclearFilesTest {
  private static final ReadOptions OPTIONS = ReadOptions.defaults();

  private static Collected read(byte[] bytes, ReadOptions options) {
    Collected read = new Collected();
    try {
      FormatDetector.read(new ByteArrayInputStream(bytes), "file", "file", options, read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return read;
  }

  /** Reads a text, whose lines end at slashes, in the format that it shows. */
  private static Collected read(String text, ReadOptions options) {
    return read(text.replace('/', '\n').getBytes(StandardCharsets.UTF_8), options);
  }

  private static Collected read(FileFormat format, ReadOptions options, String text) {
    return Collected.of(format, options, text.replace('/', '\n'));
  }

  private static void checkRefused(Collected read, String words) {
    assertEquals(List.of(), read.ids());
    assertEquals(1, read.errors.size(), read.errors::toString);
    assertTrue(read.errors.get(0).reason().contains(words), read.errors::toString);
  }

  private static double[] values(Collected read) {
    return read.only().series().values();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "time,mag/0,1,/1,2,/2,4,",
        "time,mag,/0,1/1,2/2,4",
        "time,mag,/0,1,/1,2,/2,4,",
        "time,mag,,/0,1,,/1,2,,/2,4,,",
        "0,1,/1,2,/2,4,",
        "time;mag;/0;1;/1;2;/2;4;"
      })
  void separatorsAtTheEndsOfRowsAreNothing(String text) {
    assertArrayEquals(new double[] {1, 2, 4}, values(read(text, OPTIONS)));
  }

  @Test
  void separatorsAtTheEndsOfSeriesAreNothing() {
    Collected labels =
        read(FileFormat.WIDE, OPTIONS.withId("none").withLabel("last"), "1,2,3,x,/1,2,4,y,");
    assertEquals(List.of("{label=x}", "{label=y}"), attributes(labels));
    Collected named = read(FileFormat.WIDE, OPTIONS, "id,0,1,2,/c,1,2,3,/d,1,2,4,");
    assertEquals(List.of("c", "d"), named.ids());
    // A missing value is one where it is not in every row.
    ReadOptions refusing = OPTIONS.withMissing(MissingValues.REFUSE);
    Collected missing = read(FileFormat.WIDE, refusing, "a,1,2,4,5/b,1,2,3,");
    assertEquals(List.of("a"), missing.ids());
    assertTrue(
        missing.errors.get(0).reason().contains("value 4 must be present"),
        missing.errors::toString);
  }

  private static List<String> attributes(Collected read) {
    return read.entries.stream().map(entry -> entry.attributes().toString()).toList();
  }

  @Test
  void decimalCommasInQuotesAreRead() {
    String text = "\"time\",\"mag\"/\"0,5\",\"1,5\"/\"1,5\",\"2,25\"";
    assertArrayEquals(new double[] {1.5, 2.25}, values(read(text, OPTIONS)));
    checkRefused(
        read("\"time\",\"mag\"/\"0\",\"1,500\"/\"1\",\"2,250\"", OPTIONS), "must be clear");
    assertArrayEquals(
        new double[] {15, 2},
        values(read("time,mag,by/0,15,\"Poe, E.\"/1,2,\"Ash, B.\"", OPTIONS)));
  }

  @Test
  void marksOfThousandsAreNotTakenForDecimals() {
    String text = "time\tmag/1,000\t2.5/2,000\t3.5";
    Collected read = read(text, OPTIONS);
    assertEquals(List.of(), read.ids());
    assertTrue(
        read.errors.get(0).reason().contains("marks of thousands are not read"),
        read.errors::toString);
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 14_000, 40_000})
  void aHeaderIsFoundHoweverLongItIs(int columns) {
    String header = "id," + join(columns, i -> Integer.toString(i));
    String one = "a," + join(columns, i -> Double.toString(i % 7));
    String other = "b," + join(columns, i -> Double.toString(i % 5));
    Collected read = read(FileFormat.WIDE, OPTIONS, header + "/" + one + "/" + other);
    assertEquals(List.of("a", "b"), read.ids());
  }

  private static String join(int count, IntFunction<String> text) {
    return IntStream.range(0, count).mapToObj(text).collect(Collectors.joining(","));
  }

  @Test
  void pointsStayPointsBesideAnOptionForRows() {
    ReadOptions filling = OPTIONS.withMissing(MissingValues.INTERPOLATE);
    checkRefused(read("time,mag,err/0,1,0.1/1,2,0.1/2,3,0.2", filling), "look like points");
    checkRefused(read("0 1 0.1/1 2 0.1/2 3 0.2", filling), "look like points");
    assertEquals(List.of("a", "b"), read("a,1,2,NaN,4,5/b,1,2,3,4,9", filling).ids());
  }

  @Test
  void classLabelsAreNoIds() {
    checkRefused(
        read(FileFormat.WIDE, OPTIONS, "5,1,2,3/3,2,3,4/5,1,2,4"), "first column must have ids");
    String many =
        IntStream.range(0, 60)
            .mapToObj(k -> k % 40 + ",1,2," + (k + 3))
            .collect(Collectors.joining("/"));
    checkRefused(read(FileFormat.WIDE, OPTIONS, many), "--label 1");
    checkRefused(
        read("1\t0.5\t0.6\t0.7\t0.1/2\t0.4\t0.3\t0.2\t0.1", OPTIONS), "hint: --as wide --label 1");
    checkRefused(
        read("0.5,0.6,0.7,0.1,x/0.4,0.3,0.2,0.1,y", OPTIONS), "hint: --as wide --label last");
    checkRefused(read("0.5,0.6,0.7,0.1/0.4,0.3,0.2,0.1", OPTIONS), "hint: --as wide --id none for");
  }

  @Test
  void oneColumnIsReadWhereItIsSaidThatTimesAreEven() {
    checkRefused(read("1.5/2.5/4", OPTIONS), "hint: --time none");
    ReadOptions even = OPTIONS.withTime("none");
    assertArrayEquals(new double[] {1.5, 2.5, 4}, values(read("1.5/2.5/4", even)));
    assertArrayEquals(new double[] {1.5, 2.5, 4}, values(read("mag/1.5/2.5/4", even)));
    Collected named = read("n,mag/9,1/7,2/8,4", even.withValue("mag"));
    assertArrayEquals(new double[] {1, 2, 4}, values(named));
    assertFalse(named.only().series().hasTimes());
    assertEquals("columns (value=mag)", named.reports.get(0).readAs());
    checkRefused(read("1.5/NaN/4", even), "must be present");
    Collected groups = read("b,mag/u,1/u,2/g,3/g,5", even.withGroupBy("b"));
    assertEquals(List.of("file_u", "file_g"), groups.ids());
  }

  @Test
  void oneColumnOfDecimalCommasIsNotTwoColumns() {
    String text = "17,21/17,35/18,02/16,99";
    checkRefused(read(text, OPTIONS), "may be numbers with decimal commas");
    ReadOptions values = OPTIONS.withSeparator("tab").withDecimal(",").withTime("none");
    assertArrayEquals(new double[] {17.21, 17.35, 18.02, 16.99}, values(read(text, values)));
    assertEquals(
        4,
        read(text, OPTIONS.withTime("1").withValue("2")).only().series().size(),
        "as it is said");
    assertEquals(4, read("1,21/2,35/3,12/4,99", OPTIONS).only().series().size(), "rising times");
  }

  @Test
  void oneColumnIsNotTimesAndValues() {
    checkRefused(read("0,1/1,2", OPTIONS.withTime("1").withValue("1")), "in two columns");
  }

  @Test
  void windowsAreCutInTheOrderOfTimes() {
    Collected read =
        read(
            FileFormat.LONG,
            OPTIONS.withId("id").withWindow(2),
            "id,time,mag/a,0,1/a,2,3/a,1,2/a,3,9");
    assertEquals(List.of("a@1", "a@3"), read.ids());
    assertArrayEquals(new double[] {1, 2}, read.entries.get(0).series().values());
    assertArrayEquals(new double[] {3, 9}, read.entries.get(1).series().values());
    assertEquals(List.of("{start=0.0}", "{start=2.0}"), attributes(read));
  }

  @Test
  void whatIsDroppedOfOtherSeriesIsNotCounted() {
    String text = "id,time,mag/a,0,1/a,1,NaN/a,2,3/b,0,NaN/b,1,99/b,2,4";
    ReadOptions all = OPTIONS.withId("id").droppingIf(Condition.parse("mag > 90"));
    assertEquals(3, read(FileFormat.LONG, all, text).reports.get(0).droppedRows());
    Collected one = read(FileFormat.LONG, all.withOnly("a"), text);
    assertEquals(List.of("a"), one.ids());
    assertEquals(1, one.reports.get(0).droppedRows());
  }

  @Test
  void aPeriodIsOneNumberHoweverItIsWritten() {
    ReadOptions folding = OPTIONS.withPeriodColumn("per").withTime("t").withValue("v");
    Collected read = read("t,v,per/0,1,/1,2,2.5/2,4,2.50", folding);
    assertEquals(2.5, read.only().series().period().orElseThrow());
    checkRefused(read("t,v,per/0,1,2.5/1,2,2.6/2,4,2.5", folding), "period must be the same");
    checkRefused(read("t,v,per/0,1,/1,2,/2,4,", folding), "period");
  }

  @Test
  void aCommentThatGetWritesSaysThePeriod() {
    String text = "0.5 1/51.5 2/102.7 4/# period = 2.5/# band = g";
    Collected read = read(text, OPTIONS);
    assertEquals(2.5, read.only().series().period().orElseThrow());
    assertEquals(1, read.reports.get(0).notes().get("periods in comments"));
    assertEquals(3.0, read(text, OPTIONS.withPeriod(3)).only().series().period().orElseThrow());
    assertTrue(read("# period = 2.5/0.5 1/51.5 2", OPTIONS).only().series().period().isEmpty());
    checkRefused(read(text.replace("2.5", "no"), OPTIONS), "period must be");
  }

  @ParameterizedTest
  @ValueSource(strings = {"time,mag ", "\"time\",\"mag\"", "TIME,MAG", " time , mag"})
  void aHeaderIsRepeatedHoweverItIsWritten(String again) {
    Collected read = read("time,mag/0,1/1,2/" + again + "/2,4", OPTIONS);
    assertArrayEquals(new double[] {1, 2, 4}, values(read));
  }

  @Test
  void aNameThatIsThereTwiceIsCalledByItsNumber() {
    checkRefused(
        read("time,mag,mag/0,1,2/1,2,3", OPTIONS.withTime("time").withValue("mag")),
        "hint: the first one is column 2");
  }

  @Test
  void classesOfArffAreThoseThatAreDeclared() {
    String header =
        "@relation r/@attribute a numeric/@attribute b numeric/@attribute c {A,'it\\'s'}/@data/";
    Collected read = read(header + "1,2,A % first/3,5,'it\\'s'/1,7,?", OPTIONS);
    assertEquals(List.of("{label=A}", "{label=it's}", "{}"), attributes(read));
    checkRefused(read(header + "1,2,C", OPTIONS), "class must be declared");
  }

  @Test
  void bytesAreNamed() {
    byte[] tar = new byte[1024];
    tar[0] = 'a';
    byte[] mark = "ustar".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(mark, 0, tar, 257, mark.length);
    checkRefused(read(tar, OPTIONS), "tar archive");
    Charset wide = Charset.forName("UTF-32BE");
    assertEquals(2, read("\ufeff0,1\n1,2\n".getBytes(wide), OPTIONS).only().series().size());
    assertEquals(
        2,
        read("\ufeff0,1\n1,2\n".getBytes(Charset.forName("UTF-32LE")), OPTIONS)
            .only()
            .series()
            .size());
    checkRefused(read("0,1/1,2", OPTIONS.withEncoding(StandardCharsets.UTF_16)), "UTF-16");
  }

  @Test
  void otherFilesInArchivesAreLeftOut() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> one :
          Map.of("x.csv", "0,1\n1,2\n", "README.md", "# what this is\n").entrySet()) {
        zip.putNextEntry(new ZipEntry(one.getKey()));
        zip.write(one.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    Collected read = read(bytes.toByteArray(), OPTIONS);
    assertEquals(List.of("x"), read.ids());
    assertEquals(List.of(), read.errors);
    assertTrue(
        read.reports.stream()
            .anyMatch(report -> report.notes().containsKey("files in archives left out (.md)")));
  }

  @ParameterizedTest
  @CsvSource({"README.md,.md", "a.FITS,.fits", "star.csv,''", "noext,''", "x.tar.gz,''"})
  void someExtensionsAreNoSeries(String name, String extension) {
    assertEquals(extension, OtherFiles.extension(name).orElse(""));
  }
}

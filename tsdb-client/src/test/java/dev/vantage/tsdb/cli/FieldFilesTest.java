package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.OpenOptions.Access;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.format.FormatError;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.testkit.SharedData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the folder beside the project that users of comparable tools could not read. */
@Tag("long")
class FieldFilesTest {
  private static final double TOLERANCE = 1e-9;

  @TempDir private Path temporary;

  private static String path(String name) {
    return SharedData.path("field/" + name).toString();
  }

  private static ReadFile read(String name, String... options) throws IOException {
    return ReadFile.of(Path.of(path(name)), List.of(options));
  }

  private static SeriesEntry only(String name, String... options) throws IOException {
    ReadFile read = read(name, options);
    assertEquals(List.of(), read.errors());
    assertEquals(1, read.entries().size());
    return read.entries().get(0);
  }

  private static void assertValues(SeriesEntry entry, double... values) {
    assertArrayEquals(values, entry.series().values(), () -> Arrays.toString(values));
  }

  private static String refusal(String name, String... options) throws IOException {
    ReadFile read = read(name, options);
    assertEquals(List.of(), read.entries());
    FormatError error = read.errors().get(0);
    return error.line() + ": " + error.reason();
  }

  private String imported(String... arguments) {
    String database = temporary.resolve("db").toString();
    List<String> all = new ArrayList<>(List.of("import", "--db", database));
    all.addAll(List.of(arguments));
    Run run = Run.here(all.toArray(String[]::new));
    assertEquals(0, run.code(), run::toString);
    return database;
  }

  private static Neighbor neighbor(String database, String query, String id) {
    try (EmbeddedTsdb tsdb = DatabaseLocation.open(database, Access.READ_ONLY)) {
      return tsdb.search(Query.like(query).nearest(100)).neighbors().stream()
          .filter(one -> one.id().equals(id))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void photometryOfThreeColumns() {
    String database =
        imported(
            path("01-ogle-3col/LMC-CEP-0001.dat"),
            path("01-ogle-3col/LMC-CEP-0002.dat"),
            "--periods",
            path("01-ogle-3col/periods.csv"));
    Neighbor other = neighbor(database, "LMC-CEP-0001", "LMC-CEP-0002");
    assertEquals(0.004367016512468, other.distance(), TOLERANCE);
    assertEquals(0, other.lag());
  }

  @Test
  void limitsAndSentinelsAreLeftOut() {
    String database =
        imported(
            path("03-asassn-limits/clean.csv"),
            path("03-asassn-limits/sentinel.csv"),
            path("03-asassn-limits/limit.csv"),
            "--group-by=Filter",
            "--drop-if=mag >= 99 or mag_err > 90",
            "--periods",
            path("03-asassn-limits/p3.csv"));
    Neighbor sentinel = neighbor(database, "clean_V", "sentinel_V");
    assertEquals(0.003463738839056, sentinel.distance(), TOLERANCE);
    assertEquals(1023, sentinel.lag());
    Neighbor limit = neighbor(database, "clean_V", "limit_V");
    assertEquals(0.002022829592939, limit.distance(), TOLERANCE);
  }

  @Test
  void aLimitIsRefusedByItsLine() throws IOException {
    ReadFile read = read("03-asassn-limits/limit.csv", "--group-by=Filter");
    assertEquals(List.of(), read.entries());
    assertTrue(read.errors().get(0).reason().contains("--drop-if"), () -> "" + read.errors());
  }

  @Test
  void bandsInOneSeriesAreNoticed() throws IOException {
    assertTrue(
        refusal("03-asassn-limits/nolimit.csv", "--value=mag", "--drop-if=mag > 99")
            .contains(
                "column Filter has 2 values: group by it with --group-by Filter, or confirm with"
                    + " --group-by none"));
  }

  @Test
  void tablesOfArchives() throws IOException {
    assertValues(
        only("04-ipac-tbl/neowise.tbl", "--periods", path("04-ipac-tbl/periods.csv")),
        11.334,
        11.241,
        11.239);
    assertValues(only("04-ipac-tbl/vizier.tsv"), 12.345, 12.445, 12.245);
    ReadFile atlas = read("04-ipac-tbl/atlas.txt", "--value=m", "--group-by=F");
    assertValues(atlas.entries().get(0), 13.616, 13.470);
  }

  @Test
  void oneRowAPoint() throws IOException {
    ReadFile crts =
        read(
            "05-long-format/crts.csv",
            "--as=long",
            "--id=InputID",
            "--periods",
            path("05-long-format/periods.csv"));
    assertEquals(List.of(), crts.errors());
    assertEquals(
        List.of("starA", "starB", "starC"), crts.entries().stream().map(SeriesEntry::id).toList());
    assertEquals(0.73, crts.entries().get(1).series().period().orElseThrow());
    assertEquals(List.of("periods by series id: 3"), crts.notes().notes());
    ReadFile meters = read("05-long-format/meters.csv", "--id=LCLid");
    assertValues(meters.entries().get(0), 0.11, 0.21, 0.16);
    assertArrayEquals(new double[] {0, 1800, 3600}, meters.entries().get(0).series().times());
    assertValues(meters.entries().get(1), 0.31, 0.46);
    assertEquals(List.of("dropped 1 row without a value in 1 file"), meters.notes().dropped());
  }

  @Test
  void labelsInTheLastColumn() {
    String database = imported(path("06-ucr-wide/beats.csv"), "--as=wide", "--label=last");
    assertEquals(0, neighbor(database, "beats-1", "beats-2").distance(), 1e-6);
  }

  @Test
  void rowsInDialects() throws IOException {
    assertTrue(refusal("06-ucr-wide/beats.csv", "--as=wide").contains("--label last"));
    assertTrue(refusal("06-ucr-wide/Coffee_TRAIN", "--as=wide").contains("--label 1"));
    assertTrue(refusal("06-ucr-wide/lab.csv", "--as=wide").contains("--label 1"));
    assertValues(only("06-ucr-wide/semidec.csv"), 0.1, 0.5, 0.2);
    assertValues(only("06-ucr-wide/quoted.tsv", "--as=wide"), 0.1, 0.5, 0.2);
    assertEquals("p5", only("06-ucr-wide/quoted.tsv", "--as=wide").id());
    for (String name : List.of("header.csv", "semi.csv", "quoted.csv", "trail.csv", "trail.txt")) {
      ReadFile read = read("06-ucr-wide/" + name, "--as=wide");
      assertEquals(List.of(), read.errors(), name);
      assertEquals(2, read.entries().size(), name);
    }
    ReadFile gesture = read("06-ucr-wide/Gesture_TRAIN.tsv", "--as=wide", "--label=1");
    assertValues(gesture.entries().get(1), 0.5, 1.25, -2.5);
    assertEquals(3, gesture.errors().get(0).line());
  }

  @Test
  void filesOfToolkits() throws IOException {
    assertEquals(
        read("07-ts-percent/NoPct_TRAIN.ts").entries().get(0).series(),
        read("07-ts-percent/Pct_TRAIN.ts").entries().get(0).series());
    assertArrayEquals(
        new double[] {0, 60, 120, 180},
        read("07-ts-percent/Stamp_TRAIN.ts").entries().get(0).series().times());
    assertEquals(2, read("07-ts-percent/ItalyPower.arff").entries().size());
    assertTrue(refusal("07-ts-percent/Multi_TEST.ts").contains("--dimension N"));
    assertTrue(refusal("07-ts-percent/Fore.tsf").startsWith("1: forecasting files"));
    ReadFile missing = read("07-ts-percent/Miss_TEST.ts");
    assertEquals(
        List.of("Miss_TEST-3", "Miss_TEST-4"),
        missing.entries().stream().map(SeriesEntry::id).toList());
  }

  @Test
  void encodings() throws IOException {
    double[] values = {17.2, 17.1, 18.7, 17.9};
    for (String name :
        List.of(
            "utf16le.csv",
            "utf16be.csv",
            "cr.csv",
            "crlf.csv",
            "utf8bom.csv",
            "star.csv.gz",
            "star.zip")) {
      assertArrayEquals(values, only("08-encodings/" + name).series().values(), name);
    }
    assertValues(only("08-encodings/latin1.csv", "--encoding=ISO-8859-1"), values);
    assertEquals(
        "1: file must be UTF-8: byte 12 of the line is 0xE9; it looks like Latin-1; hint:"
            + " --encoding ISO-8859-1, or another encoding",
        refusal("08-encodings/latin1.csv"));
    assertValues(only("08-encodings/decimal.csv"), 17.2, 17.1, 18.7);
    assertValues(only("08-encodings/eu_d.csv"), 10, 11, 13);
    assertValues(only("08-encodings/minus.csv"), -2.1, -1, 3);
    assertValues(only("08-encodings/nbsp.csv"), 17.2, 17.1, 18);
    assertTrue(refusal("08-encodings/thousand.csv").startsWith("1: value must be a number"));
    assertTrue(refusal("08-encodings/empty.csv").startsWith("1: file must have at least 1 row"));
  }

  @Test
  void directoriesAreWalked() {
    Run run =
        Run.here(
            "import", "--db", temporary.resolve("walked").toString(), path("08-encodings/dir"));
    assertEquals(0, run.code(), run::toString);
    assertEquals("imported 3, replaced 0, refused 0\n", run.out());
    assertTrue(run.err().contains("skipped in directories: 3 (hidden 2, .md 1)"), run::err);
    Run flat =
        Run.here(
            "import",
            "--db",
            temporary.resolve("flat").toString(),
            "--no-recursive",
            path("08-encodings/dir"));
    assertEquals("imported 2, replaced 0, refused 0\n", flat.out());
    assertTrue(flat.err().contains("directory 1"), flat::err);
  }

  @Test
  void dialectsOfTables() throws IOException {
    assertValues(only("14-csv-dialects/bomcrlf.csv"), 1, 2, 3);
    assertValues(only("14-csv-dialects/case.csv", "--time=time", "--value=mag"), 1, 2, 3);
    assertValues(only("14-csv-dialects/trailcomma.csv"), 1, 2, 3);
    assertValues(only("14-csv-dialects/euro.csv"), 17.2, 17.1, 18.7);
    assertValues(only("14-csv-dialects/hash.csv"), 1, 2, 3);
    assertValues(only("14-csv-dialects/mitbih.csv", "--value=V5"), -0.065, -0.06, 0.1);
    assertTrue(refusal("14-csv-dialects/mit2.csv").startsWith("3: "));
    assertTrue(refusal("14-csv-dialects/ragged.csv").startsWith("4: line must have 2 columns"));
    assertTrue(refusal("14-csv-dialects/dupcol.csv").contains("must be clear"));
    ReadFile notes = read("14-csv-dialects/notes.csv", "--group-by=Band");
    assertEquals(List.of(), notes.errors());
    assertValues(notes.entries().get(0), 7.9, 8.1, 8.5);
  }

  @Test
  void standardInputAndPeriods() throws Exception {
    String database = temporary.resolve("in").toString();
    String periods = path("15-stdin/per.tsv");
    String curve = "time,mag,band\n0.1,1,g\n0.5,2,g\n0.8,1.2,r\n0.9,2,r\n";
    Run.here("create", "--db", database).answered();
    Run run =
        Run.process(
            curve,
            Run.command(
                "import",
                "-",
                "--as=light-curve",
                "--group-by=band",
                "--period=1",
                "--db",
                database));
    assertEquals("imported 2, replaced 0, refused 0\n", run.out(), run::err);
    Run query =
        Run.process(
            curve,
            Run.command(
                "similar",
                "--file",
                "-",
                "--group-by=band",
                "--only=g",
                "--period=1",
                "--db",
                database,
                "-k1",
                "--format=csv"));
    assertTrue(query.lines().get(1).startsWith("standard-input_g,"), query::toString);
    ReadFile folded =
        read("15-stdin/lc.csv", "--value=mag", "--group-by=none", "--periods", periods);
    assertEquals(0.5, folded.entries().get(0).series().period().orElseThrow());
  }

  @Test
  void foldedBefore() {
    String database = temporary.resolve("folded").toString();
    Run.here("create", "--db", database).answered();
    for (String name : List.of("unit", "half", "twocycles", "rounded")) {
      Run.here(
              "insert",
              name,
              "--file",
              path("20-prefolded/" + name + ".txt"),
              "--period=1",
              "--db",
              database)
          .answered();
    }
    assertEquals(0, neighbor(database, "unit", "half").distance(), 1e-6);
    assertEquals(0, neighbor(database, "unit", "twocycles").distance(), 1e-6);
    assertEquals(0.001695196752430, neighbor(database, "unit", "rounded").distance(), TOLERANCE);
  }
}

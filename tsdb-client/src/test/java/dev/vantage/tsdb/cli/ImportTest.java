package dev.vantage.tsdb.cli;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.client.ServerProcess;
import dev.vantage.tsdb.series.SeriesEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of every format, good and bad, into a directory and a server. */
@Tag("long")
class ImportTest {
  private static final Settings SETTINGS = Settings.DEFAULT.withLength(16).withVantagePoints(1);

  @TempDir private Path temporary;
  private Path database;

  @BeforeEach
  void makeDatabase() {
    database = temporary.resolve("db");
    Run.here("create", "--db", database.toString(), "--length", "16", "--vantage-points", "1")
        .answered();
  }

  private Path file(String name, String text) throws IOException {
    Path file = temporary.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private Run imported(Object... arguments) {
    List<String> all = new ArrayList<>(List.of("import", "--db", database.toString()));
    Arrays.stream(arguments).map(Object::toString).forEach(all::add);
    return Run.here(all.toArray(String[]::new));
  }

  private List<String> ids() {
    return Run.here("list", "--db", database.toString(), "--format", "csv")
        .answered()
        .lines()
        .stream()
        .skip(1)
        .toList();
  }

  private SeriesEntry stored(String id) {
    try (EmbeddedTsdb tsdb =
        DatabaseLocation.open(database.toString(), OpenOptions.Access.READ_ONLY)) {
      return tsdb.get(id);
    }
  }

  @Test
  void columnsAndTsFilesAreToldByTheirNames() throws IOException {
    Path columns = file("one.dat_folded", "0 1\n0.5 2\n");
    Path ts = file("Two.ts", "@univariate true\n@classLabel true 1 2\n@data\n1,2,3:1\n3,2,1:2\n");
    Run run = imported(columns, ts);
    assertEquals("imported 3, replaced 0, refused 0\n", run.out());
    assertEquals(
        List.of("read 1 file as columns (time, value)", "read 1 file as ts (label, values)"),
        run.err().lines().toList());
    assertEquals(List.of("Two-1", "Two-2", "one"), ids());
    assertEquals("{label=2}", stored("Two-2").attributes().toString());
    assertEquals("[0.0, 0.5]", Arrays.toString(stored("one").series().times()));
  }

  @Test
  void wideFilesHaveIdsLabelsOrNeither() throws IOException {
    Path wide = file("wide.tsv", "7\t1\t2\t3\n8\t3\t1\t2\n");
    imported(wide, "--as", "wide").answered();
    imported(wide, "--as", "wide", "--first-column", "label").answered();
    assertEquals(List.of("7", "8", "wide-1", "wide-2"), ids());
    assertEquals("{label=8}", stored("wide-2").attributes().toString());
    assertEquals(3, stored("7").series().size());
    imported(wide, "--as", "wide", "--first-column", "value", "--replace").answered();
    assertEquals(4, stored("wide-1").series().size());
  }

  @Test
  void lightCurvesAreGroupedAndFolded() throws IOException {
    file(
        "curves/11.csv", "time,mag,band\n1.5,3,g\n2,1,r\n2.75,4,g\n3,2,r\n2.25,1,r_g\n2.5,2,r_g\n");
    file("curves/12.csv", "time,mag,band\n1.5,3,g\n2.75,4,g\n");
    Path periods = file("periods.csv", "Num,Type,Per\n11,ab,0.75\n12,c,2\n");
    Path curves = temporary.resolve("curves");
    Run run =
        imported(
            curves,
            "--as",
            "light-curve",
            "--time",
            "time",
            "--value",
            "mag",
            "--group-by",
            "band",
            "--only",
            "g",
            "--periods",
            periods);
    assertEquals("periods by file: 2\n", run.err());
    assertEquals("imported 2, replaced 0, refused 0\n", run.out());
    assertEquals(List.of("11_g", "12_g"), ids());
    assertEquals(0.75, stored("11_g").series().period().orElseThrow());
    Run all =
        imported(
            curves, "--as", "light-curve", "--group-by", "band", "--periods", periods, "--replace");
    assertEquals("imported 2, replaced 2, refused 0\n", all.out());
    assertEquals(List.of("11_g", "11_r", "11_r_g", "12_g"), ids());
  }

  @Test
  void badRowsAreNamedAndGoodOnesKept() throws IOException {
    Path wide = file("in/wide.csv", "a,1,2,3\nb,1,x,3\nc,2,2,2\na,3,2,1\nd,4,5,7\n");
    Path next = file("in/wild.csv", "e,1,2\n\nf\n");
    Run run = imported(temporary.resolve("in"), "--as", "wide");
    assertEquals(1, run.code());
    assertEquals("imported 3, replaced 0, refused 4\n", run.out());
    List<String> reports = run.err().lines().toList();
    assertEquals(5, reports.size(), run::err);
    assertTrue(reports.contains(wide + ":2: value 2 must be a number: text='x'"), run::err);
    assertTrue(reports.get(1).startsWith(wide + ":3: series must not be constant"), run::err);
    assertTrue(
        reports.contains(
            "1 id is taken: use --if-exists skip or replace; first="
                + wide
                + ":4: id must not be taken: id=a"),
        run::err);
    assertTrue(
        reports.contains(next + ":3: series must have at least 2 points: points=0"), run::err);
    assertEquals(
        "INVALID_COMPONENT: every series must be accepted; all others are stored: refused=4",
        reports.get(4));
    assertEquals(List.of("a", "d", "e"), ids());
    assertEquals("[1.0, 2.0, 3.0]", Arrays.toString(stored("a").series().values()));

    Run json = imported(wide, "--as", "wide", "--replace", "--format", "json");
    assertEquals(1, json.code());
    assertEquals(
        "{\"imported\":0,\"replaced\":2,\"skipped\":0,\"refused\":3,\"unknown\":0,"
            + "\"dropped_rows\":0,\"reasons\":[\""
            + wide
            + ":2: value 2 must be a number: text='x'\",\""
            + wide
            + ":3: series must not be constant: every value=2.0, points=3\",\""
            + wide
            + ":4: id must name one series of a file: id=a\"]}\n",
        json.out());
    assertEquals("[1.0, 2.0, 3.0]", Arrays.toString(stored("a").series().values()));
    Path many =
        file(
            "many.csv",
            IntStream.range(0, 25)
                .mapToObj(i -> "m" + i + ",1,2," + (i + 3) + "\n")
                .collect(joining()));
    imported(many, "--as", "wide").answered();
    Run again = imported(many, "--as", "wide");
    assertEquals("imported 0, replaced 0, refused 25\n", again.out());
    List<String> lines = again.err().lines().toList();
    assertEquals(2, lines.size(), again::err);
    assertTrue(
        lines.get(0).startsWith("25 ids are taken: use --if-exists skip or replace; first="));
    Run csv = imported(next, "--as", "wide", "--format", "csv");
    assertEquals(
        "imported,replaced,skipped,refused,unknown,dropped_rows\n0,0,0,2,0,0\n", csv.out());
  }

  @Test
  void aServerTakesTheSame() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 1; i <= 2500; i++) {
      rows.append(String.format("s-%04d %d %d %d%n", i, i, i % 7, i == 2000 ? 2 : -i));
    }
    rows.append("s-0001 1 2 3\nbad 1 1 1\n");
    Path wide = file("wide.txt", rows.toString());
    try (ServerProcess server = ServerProcess.start(temporary.resolve("served"), SETTINGS)) {
      Run run = Run.here("import", wide.toString(), "--as=wide", "--server", server.address());
      assertEquals(1, run.code());
      assertEquals("imported 2500, replaced 0, refused 2\n", run.out());
      assertTrue(run.err().contains("first=" + wide + ":2501: id must not be taken"), run::err);
      assertTrue(run.err().contains(wide + ":2502: series must not be constant"), run::err);
      Run list = Run.here("list", "--server", server.address()).answered();
      assertEquals(2501, list.lines().size());
    }
  }

  @Test
  void listGoesOnBeyondAPage() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 1; i <= 10_050; i++) {
      rows.append(String.format("s-%05d 1 2 %d%n", i, i));
    }
    imported(file("wide.txt", rows.toString()), "--as", "wide").answered();
    List<String> ids = ids();
    assertEquals(10_050, ids.size());
    assertEquals("s-10050", ids.get(10_049));
    assertEquals(ids.stream().sorted().distinct().toList(), ids);
    Run some =
        Run.here(
            "list",
            "--db",
            database.toString(),
            "--after",
            "s-00010",
            "--limit",
            "10010",
            "--format",
            "csv");
    assertEquals(ids.subList(10, 10_020), some.answered().lines().subList(1, 10_011));
    Run last = Run.here("list", "--db", database.toString(), "--after", "s-10049");
    assertEquals("id\ns-10050\n", last.answered().out());
    Run none = Run.here("list", "--db", database.toString(), "--after", "t", "--format", "json");
    assertEquals("[]\n", none.answered().out());
  }

  @Test
  void whatIsNotThereIsNamed() throws IOException {
    Path good = file("good.csv", "0 1\n0.5 2\n");
    Path missing = temporary.resolve("missing.csv");
    Run others = imported(missing, good);
    assertEquals(1, others.code());
    assertEquals("imported 1, replaced 0, refused 1\n", others.out());
    assertTrue(others.err().contains("file must exist: file=" + missing), others::err);
    assertEquals(List.of("good"), ids());
    imported(good, "--as", "light-curve", "--periods", missing)
        .failed(1, "INVALID_COMPONENT: file must exist: file=" + missing);
    Path nowhere = temporary.resolve("nowhere");
    Run.here("import", missing.toString(), "--db", nowhere.toString())
        .failed(1, "directory must hold a database: directory=" + nowhere + "; 'tsdb create");
    assertTrue(Files.notExists(nowhere));
    Run made = Run.here("import", good.toString(), "--db", nowhere.toString());
    assertEquals("imported 1, replaced 0, refused 0\n", made.out());
    assertTrue(made.err().startsWith("made a database in " + nowhere + "\n"), made::err);
    Path unfit = temporary.resolve("unfit");
    Path times = file("times.csv", "0 1\n1 2\n2 1\n");
    Run none = Run.here("import", times.toString(), "--db", unfit.toString());
    assertEquals("imported 0, replaced 0, refused 1\n", none.out());
    assertTrue(none.err().contains("(--resampling interval)"), none::err);
    assertTrue(none.err().contains("the new database is empty: remove its directory"), none::err);
    Run empty = imported(file("empty.csv", ""));
    assertEquals(1, empty.code());
    assertEquals("imported 0, replaced 0, refused 1\n", empty.out());
    assertTrue(empty.err().contains("empty.csv:1: file must have at least 1 row"), empty::err);
  }
}

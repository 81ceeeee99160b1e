package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The counts of an import add up to the number of series in its files. */
class ImportOutcomeTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path temporary;
  private String database;

  @BeforeEach
  void makeDatabase() {
    database = temporary.resolve("db").toString();
    Run.here("create", "--db", database, "--length", "8", "--vantage-points", "1").answered();
  }

  private Path file(String name, String text) throws IOException {
    Path file = temporary.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private Run imported(Object... arguments) {
    List<String> all = new ArrayList<>(List.of("import", "--db", database));
    Arrays.stream(arguments).map(Object::toString).forEach(all::add);
    return Run.here(all.toArray(String[]::new));
  }

  private JsonNode document(Object... arguments) throws IOException {
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.add("--format=json");
    return JSON.readTree(imported(all.toArray()).out());
  }

  private static void assertCounts(
      JsonNode document, int imported, int replaced, int skipped, int refused, int dropped) {
    assertEquals(
        List.of(imported, replaced, skipped, refused, dropped),
        List.of(
            document.get("imported").intValue(),
            document.get("replaced").intValue(),
            document.get("skipped").intValue(),
            document.get("refused").intValue(),
            document.get("dropped_rows").intValue()),
        document::toString);
  }

  @Test
  void seriesThatExistFailAreSkippedOrReplaced() throws IOException {
    Path wide = file("wide.tsv", "a\t1\t2\t3\nb\t3\t1\t2\nc\t3\tx\t2\n");
    assertCounts(document(wide, "--as=wide"), 2, 0, 0, 1, 0);
    JsonNode failed = document(wide, "--as=wide");
    assertCounts(failed, 0, 0, 0, 3, 0);
    assertEquals(2, failed.get("reasons").size(), failed::toString);
    assertCounts(document(wide, "--as=wide", "--if-exists=skip"), 0, 0, 2, 1, 0);
    assertCounts(document(wide, "--as=wide", "--if-exists=replace"), 0, 2, 0, 1, 0);
    Path good = file("good.tsv", "a\t1\t2\t3\nd\t3\t1\t2\n");
    Run again = imported(good, "--as=wide", "--if-exists=skip").answered();
    assertEquals("imported 1, replaced 0, skipped 1, refused 0\n", again.out());
    imported(good, "--as=wide").failedWith(1, "2 ids are taken: use --if-exists skip or replace");
  }

  @Test
  void aSeriesWithManyBadLinesIsOneSeries() throws IOException {
    Path curves =
        file(
            "curves.csv",
            "time,mag,band\n0.1,1,g\n0.2,x,g\n0.3,y,g\n0.4,,r\n0.5,2,r\n0.6,3,r\n0.7,z,i\n");
    JsonNode document = document(curves, "--group-by=band");
    assertCounts(document, 1, 0, 0, 2, 1);
    assertEquals(3, document.get("reasons").size());
    Path broken = file("broken.csv", "0.1 1\n0.2 x\n0.3\n");
    assertCounts(document(broken), 0, 0, 0, 1, 0);
    Path unknown = file("unknown.csv", "time,mag,band\n0.1,1,g\n0.2,2,r\n0.3\n0.4\n");
    assertCounts(document(unknown, "--group-by=band"), 0, 0, 0, 2, 0);
  }

  @Test
  void rowsThatAreDroppedAreCounted() throws IOException {
    file("in/one.csv", "time,mag\n0.1,1\n0.2,null\n0.3,2\n0.4,99\n");
    file("in/two.csv", "time,mag\n0.1,1\n0.2,-\n0.3,2\n0.4,NaN\n");
    Run run = imported(temporary.resolve("in"), "--drop-if=mag >= 99");
    assertEquals(0, run.code(), run::toString);
    assertEquals(
        List.of(
            "read 2 files as columns (time, value)",
            "dropped 3 rows without a value in 2 files",
            "dropped 1 row where mag >= 99 in 1 file"),
        run.err().lines().toList());
  }

  @Test
  void rejectedLinesCanBeMendedAndImported() throws IOException {
    Path wide = file("wide.tsv", "a\t1\t2\t3\nb\t3\tx\t2\nc\t2\t2\t2\na\t5\t4\t3\n");
    Path rejects = temporary.resolve("rejects.tsv");
    assertEquals(1, imported(wide, "--as=wide", "--rejects", rejects).code());
    assertEquals(
        List.of(
            "# " + wide + ":2: value 2 must be a number: text='x'",
            "b\t3\tx\t2",
            "# " + wide + ":3: series must not be constant: every value=2.0, points=3",
            "c\t2\t2\t2",
            "# " + wide + ":4: id must not be taken: id=a",
            "a\t5\t4\t3"),
        Files.readAllLines(rejects));
    Files.writeString(
        rejects, Files.readString(rejects).replace("x", "7").replace("2\t2\t2", "2\t2\t3"));
    Run mended = imported(rejects, "--as=wide", "--replace").answered();
    assertEquals("imported 2, replaced 1, refused 0\n", mended.out());
  }

  @Test
  void nothingFoundIsAFailureThatSaysWhy() throws IOException {
    file("none/README.md", "words");
    file("none/.hidden", "words");
    imported(temporary.resolve("none"))
        .failedWith(
            1,
            "INVALID_COMPONENT: import must find at least 1 series: files=0, skipped in"
                + " directories: 2 (hidden 1, .md 1)");
    Path wide = file("wide.tsv", "a\t1\t2\t3\n");
    imported(wide, "--as=wide", "--only=b").failedWith(1, "import must find at least 1 series");
  }

  @Test
  void idsAreNoFilesOfArguments() throws IOException {
    Path curve = file("curve.txt", "0 1\n0.5 2\n");
    Path arguments = file("arguments", "--no-such-option\n");
    Run.here("insert", "@" + arguments, "--file", curve.toString(), "--db", database).answered();
    Run.here("get", "@" + arguments, "--db", database).answered();
  }

  @Test
  void aFileOfSeveralSeriesNeedsAChoice() throws IOException {
    Path wide = file("wide.tsv", "a\t1\t2\t3\nb\t3\t1\t2\n");
    imported(wide, "--as=wide").answered();
    Run.here("similar", "--file", wide.toString(), "--as=wide", "--db", database)
        .failed(1, "file must have one series, or --only ID must choose one: file=" + wide);
    Run one =
        Run.here(
                "similar",
                "--file",
                wide.toString(),
                "--as=wide",
                "--only=b",
                "-k1",
                "--format=csv",
                "--db",
                database)
            .answered();
    assertTrue(one.lines().get(1).startsWith("b,"), one::toString);
    Run.here("insert", "c", "--file", wide.toString(), "--as=wide", "--only=b", "--db", database)
        .answered();
  }
}

package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.format.FileFormat;
import dev.vantage.tsdb.format.ReadOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slips of users, and faults of single files, do no harm beside them. */
class ImportMishapsTest {
  @TempDir private Path temporary;

  private Path file(String name, String text) throws IOException {
    Path file = temporary.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private String database() {
    return temporary.resolve("db").toString();
  }

  private void create() {
    create("interval");
  }

  private void create(String resampling) {
    Run.here("create", "--db", database(), "--length", "8", "--resampling", resampling).answered();
  }

  private Run run(String verb, Object... arguments) {
    List<String> all = new ArrayList<>(List.of(verb, "--db", database()));
    Arrays.stream(arguments).map(Object::toString).forEach(all::add);
    return Run.here(all.toArray(String[]::new));
  }

  @Test
  void rejectsNeverReplaceAnInput() throws IOException {
    create();
    String text = "time,mag\n0,1\n1,x\n2,3\n";
    Path input = file("in/a.csv", text);
    run("import", input, "--rejects", input).failed(2, "--rejects must be none of the files");
    assertEquals(text, Files.readString(input));
    file("in/b.csv", "time,mag\n0,1\n1,2\n2,4\n");
    Run all = run("import", input.getParent(), "--rejects", input);
    assertEquals(0, all.code(), all::toString);
    assertTrue(all.err().contains("file of --rejects 1"), all::err);
    assertEquals("", Files.readString(input));
    assertFalse(Files.exists(temporary.resolve("in/a.csv.part")));
  }

  @Test
  void oneReasonIsNotPrintedForEachOfManyFiles() throws IOException {
    create();
    for (int i = 0; i < 12; i++) {
      file("in/" + i + ".csv", "time,mag,band\n0,1,g\n1,2,r\n2,3,g\n");
    }
    Run failed = run("import", temporary.resolve("in"));
    failed.failedWith(1, "INVALID_COMPONENT: every series must be accepted: refused=12");
    String reason = "column band has 2 values: group by it";
    assertEquals(6, failed.err().lines().filter(line -> line.contains(reason)).count());
    assertTrue(failed.err().contains("refused 7 times more: " + reason), failed::toString);
  }

  @Test
  void twoSeriesOfOneFileAreNeverTakenForOneThatWasStored() throws IOException {
    create();
    Path twice = file("a.csv", "a,1,2,3\nb,1,2,4\na,3,2,3\n");
    for (String what : List.of("skip", "replace")) {
      Run run = run("import", "--as", "wide", "--if-exists", what, twice);
      run.failedWith(1, "a.csv:3: id must name one series of a file: id=a");
      assertTrue(run.out().contains("refused 1"), run::toString);
    }
    assertEquals(0, run("import", "--as", "wide", "--replace", file("b.csv", "a,1,2,9\n")).code());
  }

  @Test
  void aDatabaseIsNotReadAsFiles() throws IOException {
    create();
    file("a.csv", "time,mag\n0,1\n1,2\n2,4\n");
    Run run = run("import", temporary);
    assertEquals(0, run.code(), run::toString);
    assertTrue(run.err().contains("skipped in directories: 1 (database 1)"), run::toString);
  }

  @Test
  void aWindowIsNamedThatIsRefused() throws IOException {
    create("periodic");
    Path long1 = file("a.csv", "time,mag\n0,1\n0.5,2\n2,4\n3,5\n");
    Run run = run("import", "--window", "2", long1);
    assertEquals(1, run.code());
    assertTrue(run.err().contains("a.csv:2 (a@3): times must be phases"), run::toString);
  }

  @Test
  void oneThatIsNotThereIsNamed() throws IOException {
    create();
    Path input = file("a.csv", "a,1,2,3\nb,1,2,4\n");
    Run run = run("import", "--as", "wide", "--only", "c", input);
    run.failedWith(1, "import must find at least 1 series: files=1, only='c'");
  }

  @Test
  void rejectsHaveEveryBadLineAndTheHeader() throws IOException {
    create();
    Path input = file("a.csv", "time,mag\n0,1\n" + "1,x\n".repeat(30) + "2,3\n");
    Path rejects = temporary.resolve("rejects.csv");
    Run failed = run("import", input, "--rejects", rejects);
    assertEquals(1, failed.code());
    assertEquals(
        5,
        failed
            .err()
            .lines()
            .filter(line -> line.contains("csv:") && line.contains("must be a number"))
            .count());
    assertTrue(
        failed.err().contains("refused 15 times more: mag must be a number"), failed::toString);
    List<String> lines = Files.readAllLines(rejects);
    assertEquals("time,mag", lines.get(0));
    assertEquals(30, lines.stream().filter("1,x"::equals).count());
  }

  @Test
  void tablesAndOptionsAreCheckedBeforeADatabaseIsMade() throws IOException {
    Path input = file("a.csv", "time,mag\n0,1\n1,2\n2,4\n");
    run("import", input, "--dimension", "2")
        .failed(2, "--dimension has no effect on columns files");
    assertEquals(1, run("import", input, "--periods", temporary.resolve("missing.csv")).code());
    assertEquals(
        1, run("import", input, "--attributes-from", temporary.resolve("missing.csv")).code());
    assertFalse(Files.exists(Path.of(database())));
  }

  @Test
  void anAttributeIsGivenOnce() throws IOException {
    Path input = file("a.csv", "time,mag,x,y\n0,1,u,v\n1,2,u,v\n2,4,u,v\n");
    for (List<String> options :
        List.of(
            List.of("--attribute-columns=label=x", "--label=y"),
            List.of("--attribute-columns=y=x", "--group-by=y"),
            List.of("--attribute-columns=start=x", "--window=2"))) {
      run("import", input, options.get(0), options.get(1))
          .failed(2, "attribute must be given once");
    }
    run("import", input, "--as=long", "--id=none").failed(2, "--as long needs the column of ids");
    run("import", input, "--as=wide", "--time=none").failed(2, "--time has no effect");
  }

  @Test
  void windowsHaveTheAttributesOfTheirSeries() throws IOException {
    create();
    Path input = file("a.csv", "time,mag\n0,1\n1,2\n2,4\n3,5\n");
    Path table = file("table.csv", "id,kind\na,x\n");
    assertEquals(0, run("import", input, "--window=2", "--attributes-from", table).code());
    Run listed = run("list", "--where", "kind = 'x'");
    assertEquals(List.of("id", "a@1", "a@3"), listed.answered().lines());
  }

  @Test
  void aTableOfPeriodsMayLackTheHeaderAndSomePeriods() throws IOException {
    create("periodic");
    file("in/a.dat", "0 1\n0.2 2\n0.4 4\n");
    file("in/b.dat", "0 1\n0.2 2\n0.4 4\n");
    Path table = file("periods.txt", "; by hand\na 0.5\nb 0.25\nc NaN\n");
    Run all = run("import", temporary.resolve("in"), "--periods", table);
    assertEquals("imported 2, replaced 0, refused 0\n", all.out(), all::toString);
    assertEquals(0, all.code(), all::toString);
    Path other = file("other.csv", "id,P\na,0.5\nz,x\n");
    Run query = run("similar", "--file", temporary.resolve("in/a.dat"), "--periods", other);
    assertEquals(0, query.code(), query::toString);
    assertTrue(query.err().contains("period must be a number: text='x'"), query::err);
  }

  @Test
  void insertGivesAttributesTheTypesOfImports() throws IOException {
    create();
    Path input = file("a.csv", "time,mag,k\n0,1,7\n1,2,7\n2,4,7\n");
    run("insert", "x", "--file", input, "--attribute-columns=k", "--time=time", "--value=mag");
    Run types = Run.here("attributes", "list", "--db", database());
    assertTrue(types.out().lines().anyMatch(line -> line.matches("k +double.*")), types::out);
  }

  @Test
  void aDirectoryThatCannotBeListedIsSkipped() throws IOException {
    file("in/a.dat", "0 1\n1 2\n");
    Path closed = Files.createDirectory(temporary.resolve("in/closed"));
    Files.setPosixFilePermissions(closed, Set.of());
    try {
      assumeFalse(Files.isReadable(closed), "the superuser reads all directories");
      ImportFiles found = ImportFiles.of(List.of(temporary.resolve("in")), true, file -> false);
      assertEquals(1, found.files().size());
      assertEquals(1, found.skipped().get("directory that cannot be listed"));
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void aBatchThatFailsIsOfUnknownOutcome() throws IOException {
    create();
    Path input = file("a!b.tsv", "x\t1\t2\t3\ny\t1\t2\t4\n");
    Tsdb closed = Tsdb.open(Path.of(database()));
    ImportSink sink =
        new ImportSink(closed, IfExists.FAIL, new PrintWriter(Writer.nullWriter(), true));
    sink.beginFile(input, 0);
    FileFormat.WIDE.read(input, ReadOptions.defaults(), sink);
    closed.close();
    assertThrows(RuntimeException.class, sink::flush);
    assertEquals(2, sink.counts().unknown());
  }
}

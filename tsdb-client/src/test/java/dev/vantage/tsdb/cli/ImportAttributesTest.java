package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.client.ClientOptions;
import dev.vantage.tsdb.client.ServerProcess;
import dev.vantage.tsdb.client.TsdbClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Series that get their attributes from a table. */
@Tag("long")
class ImportAttributesTest {
  private static final Settings SETTINGS = Settings.DEFAULT.withLength(16).withVantagePoints(1);
  private static final Path STARS =
      Path.of(System.getProperty("tsdb.project"), "../shared/data/rrlyrae");

  @TempDir private Path temporary;
  private String database;

  @BeforeEach
  void makeDatabase() {
    database = temporary.resolve("db").toString();
    Run.here("create", "--db", database, "--length", "16", "--vantage-points", "1").answered();
  }

  private Path file(String name, String text) throws IOException {
    Path file = temporary.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private Run tsdb(Object... arguments) {
    List<String> all = new ArrayList<>(Arrays.stream(arguments).map(Object::toString).toList());
    all.addAll(List.of("--db", database));
    return Run.here(all.toArray(String[]::new));
  }

  private String attributes(String id) {
    try (EmbeddedTsdb tsdb = DatabaseLocation.open(database, OpenOptions.Access.READ_ONLY)) {
      return tsdb.get(id).attributes().toString();
    }
  }

  private String types() {
    try (EmbeddedTsdb tsdb = DatabaseLocation.open(database, OpenOptions.Access.READ_ONLY)) {
      return tsdb.attributeTypes().declared().toString();
    }
  }

  private Path curves() throws IOException {
    file("curves/11.csv", "time,mag,band\n0.5,3,g\n0.1,1,r\n0.75,4,g\n0.2,2,r\n");
    file("curves/12.csv", "time,mag,band\n0.5,3,g\n0.75,4,g\n");
    return temporary.resolve("curves");
  }

  @Test
  void groupsOfAFileHaveItsRow() throws IOException {
    Path table = file("stars.csv", "Num,Type,Per,mean\n13,c,0.3,1\n11,ab,1,2\n11_r,c,0.2,\n");
    Run run =
        tsdb(
            "import",
            curves(),
            "--as=light-curve",
            "--group-by=band",
            "--attributes-from",
            table,
            "--key=Num");
    assertEquals(0, run.code(), run::toString);
    assertEquals("imported 3, replaced 0, refused 0\n", run.out());
    assertEquals(
        List.of(
            "attributes: Type text, Per double, mean_ long, band text",
            "attributes: column mean is called mean_, because mean is a built-in attribute",
            "attributes: keys that match no series: 1 (13)",
            "attributes: series without a row: 1"),
        run.err().lines().toList());
    assertEquals("{Per=1.0, Type=ab, band=g, mean_=2}", attributes("11_g"));
    assertEquals("{Per=0.2, Type=c, band=r}", attributes("11_r"));
    assertEquals("{band=g}", attributes("12_g"));
    assertEquals("{Per=DOUBLE, Type=TEXT, band=TEXT, mean_=LONG}", types());
  }

  @Test
  void columnsOfLightCurvesBecomeAttributes() throws IOException {
    file("own/1.csv", "time,mag,kind,period,n\n0.5,3,ab,1,7\n0.75,4,ab,1,7\n");
    file("own/2.csv", "time,mag,kind,period,n\n0.5,3,c,0.25,8\n0.75,4,c,0.25,8\n");
    file("own/3.csv", "time,mag,kind,period,n\n0.5,3,c,long,8\n0.75,4,c,long,8\n");
    tsdb("attributes", "add", "count", "long").answered();
    Run run =
        tsdb(
            "import",
            temporary.resolve("own"),
            "--as=light-curve",
            "--attribute-columns=type=kind,period,count=n");
    assertEquals(1, run.code(), run::toString);
    assertTrue(run.err().contains("attributes: type text, period double, count long"), run::err);
    assertTrue(run.err().contains("name='period', type=double, value='long'"), run::err);
    assertEquals("{count=7, period=1.0, type=ab}", attributes("1"));
    assertEquals("{count=8, period=0.25, type=c}", attributes("2"));
    assertEquals("{count=LONG, period=DOUBLE, type=TEXT}", types());
  }

  @Test
  void aTableMaySayTheGroupItself() throws IOException {
    Path table = file("stars.csv", "id,band\n11_g,4\n11_r,5\n12_g,6\n");
    Run run =
        tsdb("import", curves(), "--as=light-curve", "--group-by=band", "--attributes-from", table);
    assertEquals("attributes: band long\n", run.err());
    assertEquals("{band=5}", attributes("11_r"));
  }

  @Test
  void idsOfOtherFormatsAreKeys() throws IOException {
    Path wide = file("wide.tsv", "7\t1\t2\t3\n8\t3\t1\t2\n");
    Path table = file("about.tsv", "# all of them\nwho\twide\tname\nwide-2\t1\ta, b\n8\t2\t\n");
    Run byId = tsdb("import", wide, "--as=wide", "--attributes-from", table, "--key", "who");
    assertEquals(0, byId.code(), byId::toString);
    assertTrue(byId.err().contains("keys that match no series: 1 (wide-2)"), byId::err);
    assertEquals("{wide=2}", attributes("8"));
    Run labelled =
        tsdb("import", wide, "--as=wide", "--first-column=label", "--attributes-from", table);
    assertEquals(0, labelled.code(), labelled::toString);
    assertEquals("{label=8, name=a, b, wide=1}", attributes("wide-2"));
    assertEquals("{label=7}", attributes("wide-1"));
    assertEquals("{label=TEXT, name=TEXT, wide=LONG}", types());
  }

  @Test
  void theColumnDecidesAndNotTheFirstValue() throws IOException {
    StringBuilder rows = new StringBuilder();
    StringBuilder table = new StringBuilder("id,x\n");
    for (int i = 1; i <= 2500; i++) {
      rows.append(String.format("s-%04d %d %d %d%n", i, i, i % 7, -i));
      table.append(String.format("s-%04d,%s%n", i, i == 2400 ? "0.5" : "" + i));
    }
    Path wide = file("wide.txt", rows.toString());
    Path about = file("about.csv", table.toString());
    try (ServerProcess server = ServerProcess.start(temporary.resolve("served"), SETTINGS)) {
      Run run =
          Run.here(
              "import",
              wide.toString(),
              "--as=wide",
              "--attributes-from",
              about.toString(),
              "--server",
              server.address());
      assertEquals("imported 2500, replaced 0, refused 0\n", run.out());
      assertEquals("attributes: x double\n", run.err());
      try (Tsdb client = TsdbClient.connect(server.address(), ClientOptions.DEFAULT)) {
        assertEquals("{x=DOUBLE}", client.attributeTypes().declared().toString());
        assertEquals("{x=7.0}", client.get("s-0007").attributes().toString());
      }
    }
  }

  @Test
  void declaredTypesAreKept() throws IOException {
    tsdb("attributes", "add", "label", "long").answered();
    tsdb("attributes", "add", "x", "text").answered();
    Path wide = file("wide.tsv", "7\t1\t2\t3\n8\t3\t1\t2\n");
    Path table = file("about.csv", "id,x\nwide-1,7\n");
    Run run = tsdb("import", wide, "--as=wide", "--first-column=label", "--attributes-from", table);
    assertEquals("attributes: x text\nattributes: series without a row: 1\n", run.err());
    assertEquals("{label=7, x=7}", attributes("wide-1"));
    assertEquals("{label=LONG, x=TEXT}", types());
    Path words = file("words.tsv", "seven\t1\t2\t3\n");
    Run refused = tsdb("import", words, "--as=wide", "--first-column=label");
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("words.tsv:1: attribute must be of its type"), refused::err);
  }

  @Test
  void badRowsAreNamedAndTheirSeriesKept() throws IOException {
    tsdb("attributes", "add", "n", "long").answered();
    Path wide = file("wide.tsv", "a\t1\t2\t3\nb\t3\t1\t2\n");
    Path table = file("about.csv", "id,n,n2\na,1,1\na,2,2\nb,x,3\n,5,5\nc\n");
    Run run = tsdb("import", wide, "--as=wide", "--attributes-from", table);
    assertEquals(1, run.code());
    assertEquals("imported 2, replaced 0, refused 0\n", run.out());
    assertTrue(run.err().contains("all series are stored: bad rows=4"), run::err);
    for (String report :
        List.of(
            ":3: key must be given once, the first counts: key='a'",
            ":4: attribute must be of its type: name='n', type=long, text='x'",
            ":5: key must not be empty: column='id'",
            ":6: row must reach to column 'n': columns=1")) {
      assertTrue(run.err().contains(table + report), run::err);
    }
    assertEquals("{n=1, n2=1}", attributes("a"));
    assertEquals("{}", attributes("b"));
  }

  @Test
  void whatIsNoTableStoresNothing() throws IOException {
    Path wide = file("wide.tsv", "a\t1\t2\t3\n");
    Path table = file("about.csv", "id,n\na,1\n");
    Path empty = file("empty.csv", "");
    tsdb("import", wide, "--as=wide", "--attributes-from", empty)
        .failed(1, "INVALID_COMPONENT: " + empty + ":1: file must have at least 1 row");
    tsdb("import", wide, "--as=wide", "--attributes-from", table, "--key", "Id")
        .failed(1, "INVALID_COMPONENT: " + table + ":1: header must name the column once");
    tsdb("import", wide, "--as=wide", "--attributes-from", table, "--attributes", "n,m=k")
        .failed(1, table + ":1: header must name the column once: column='k'");
    tsdb("import", wide, "--as=wide", "--attributes-from", table, "--attributes", "n,n=id")
        .failed(1, "INVALID_COMPONENT: attribute must be chosen once: name='n'");
    Path missing = temporary.resolve("missing.csv");
    tsdb("import", wide, "--as=wide", "--attributes-from", missing)
        .failed(1, "INVALID_COMPONENT: file must exist: file=" + missing);
    assertEquals("id\n", tsdb("list").answered().out());
    assertEquals("{}", types());
  }

  private Run importStars() {
    assumeTrue(Files.exists(STARS), () -> "needs " + STARS);
    Path periods = STARS.resolve("periods.csv");
    Run run =
        tsdb(
            "import",
            STARS.resolve("light-curves"),
            "--as=light-curve",
            "--group-by=band",
            "--periods",
            periods,
            "--attributes-from",
            periods,
            "--attributes",
            "type=Type,period=Per");
    assertEquals(0, run.code(), run::err);
    assertEquals(
        "periods by file: 2415\nattributes: type text, period double, band text\n", run.err());
    return run;
  }

  private List<String> csv(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.add("--format=csv");
    List<String> lines = tsdb(all.toArray()).answered().lines();
    return lines.subList(1, lines.size());
  }

  @Test
  void starsHaveTheirTypesAndPeriods() {
    importStars();
    assertEquals("{band=g, period=0.641754351271, type=ab}", attributes("4099_g"));
    List<String> all = csv("list", "--where", "band = 'g'");
    assertEquals(483, all.size());
    List<String> some = csv("list", "--where", "band = 'g' and type = 'c'");
    List<String> others = csv("list", "--where", "band = 'g' and type <> 'c'");
    assertEquals(all.size(), some.size() + others.size());
    assertTrue(some.size() > 50 && others.size() > 50, () -> some.size() + " " + others.size());
  }

  @Test
  void starsUnderAConditionAreTheNearestThatMeetIt() {
    importStars();
    String where = "band = 'g' and type = 'c'";
    List<String> meeting = csv("list", "--where", where);
    List<String> nearest =
        csv("similar", "4099_g", "-k", 10_000).stream()
            .filter(line -> meeting.contains(line.substring(0, line.indexOf(','))))
            .toList();
    assertEquals(meeting.size(), nearest.size());
    assertEquals(nearest.subList(0, 3), csv("similar", "4099_g", "--where", where, "-k", 3));
    assertEquals(nearest, csv("similar", "4099_g", "--where", where, "-k", 10_000));
  }
}

package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.testkit.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every verb on a database in PostgreSQL; no output has the password. */
@Tag("long")
class PostgresVerbsTest {
  private final PostgresServer server = PostgresServer.shared();

  @TempDir private Path temporary;

  private String name;
  private String url;

  @BeforeEach
  void makeDatabase() throws SQLException {
    name = server.createDatabase();
    url = server.url(name);
  }

  private String path(String file) {
    return temporary.resolve(file).toString();
  }

  private String password() {
    return url.replaceFirst(".*://[^:]*:([^@]*)@.*", "$1");
  }

  /** The address as people are shown it. */
  private String shown() {
    return "postgresql://" + url.substring(url.indexOf('@') + 1);
  }

  private Run at(String place, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--db", place));
    return withoutPassword(Run.here(all.toArray(String[]::new)));
  }

  private Run run(String... arguments) {
    return at(url, arguments);
  }

  private Run withoutPassword(Run run) {
    assertFalse((run.out() + run.err()).contains(password()), run::toString);
    return run;
  }

  private void fill() {
    run("create", "--length", "64", "--vantage-points", "2").answered();
    Run.here("generate", "--count", "30", "--seed", "5", "--output", path("some.tsv")).answered();
    run("import", "--as", "wide", path("some.tsv")).answered();
  }

  @Test
  void everyVerb() throws Exception {
    assertEquals(
        "made a database in " + shown() + "\n", run("create", "--length", "64").answered().out());
    run("create").failed(1, "schema must not hold a database: database=" + shown());
    Run.here("generate", "--count", "30", "--seed", "5", "--output", path("some.tsv")).answered();
    assertEquals(
        "imported 30, replaced 0, refused 0\n",
        run("import", "--as", "wide", path("some.tsv")).answered().out());
    Files.writeString(temporary.resolve("one.csv"), "0 1\n0.25 5\n0.5 2\n");
    run("attributes", "add", "weight", "double").answered();
    run("insert", "one", "--file", path("one.csv"), "--attribute", "weight=2.5").answered();
    assertEquals(
        "[\"one\"]", run("list", "--where", "weight > 2", "--format=json").json().toString());
    assertEquals("0.0,0.25,0.5", times(run("get", "one", "--format=json").json()));
    assertTrue(run("attributes", "list").answered().out().contains("weight"));
    JsonNode nearest = run("similar", "bumps-00000007", "-k", "4", "--format=json").json();
    assertEquals(4, nearest.size());
    assertEquals(
        1,
        run("similar", "bumps-00000007", "--where", "weight > 2", "--format=json").json().size());
    assertEquals(
        nearest,
        at(server.jdbcUrl(name), "similar", "bumps-00000007", "-k", "4", "--format=json").json());
    run("vantage-points", "add", "one").answered();
    run("vantage-points", "add", "one").failed(1, "INVALID_KEY");
    assertEquals(21, run("vantage-points", "list", "--format=json").json().size());
    run("delete", "one").answered();
    assertEquals(21, run("vantage-points", "list", "--format=json").json().size());
    String deleted = aPlainOne();
    run("delete", deleted).answered();
    run("get", deleted).failed(1, "INVALID_KEY: no series has this id");
    JsonNode stats = run("stats", "--format=json").json();
    assertEquals(29, stats.get("series").intValue());
    assertTrue(stats.get("read_only").booleanValue());
    assertEquals(
        "sound: 29 series, 609 distances, 21 trees, no checkpoint\n",
        run("verify").answered().out());
  }

  /** Returns a series that is not a vantage point. */
  private String aPlainOne() {
    List<String> ids = new ArrayList<>(run("list").answered().lines());
    ids.removeAll(run("vantage-points", "list").answered().lines());
    return ids.get(ids.size() - 1);
  }

  private static String times(JsonNode series) {
    List<String> times = new ArrayList<>();
    series.at("/ts/0").forEach(time -> times.add(time.asText()));
    return String.join(",", times);
  }

  @Test
  void databasesMoveByExport() throws Exception {
    fill();
    run("export", path("export")).answered();
    String again = url + "?currentSchema=again";
    assertEquals(
        "{\"database\":\"" + shown() + "?currentSchema=again\"}",
        at(again, "restore", path("export"), "--format=json").json().toString());
    assertEquals(
        "sound: 30 series, 60 distances, 2 trees, no checkpoint\n",
        at(again, "verify").answered().out());
    at(path("db"), "restore", path("export")).answered();
    assertEquals(
        run("list").answered().out(), Run.here("list", "--db", path("db")).answered().out());
    at(again, "restore", path("export")).failed(1, "schema must not hold a database");
    at(path("db"), "backup", path("backup")).answered();
    at(url + "?currentSchema=third", "restore", path("backup"))
        .failed(1, "a backup can be restored into a directory only");
    at(url + "?currentSchema=third", "stats").failed(1, "schema must hold a database");
    run("backup", path("more")).failed(1, "tsdb export");
    assertTrue(Files.notExists(Path.of(path("more"))));
  }

  @Test
  void oneProcessWrites() throws Exception {
    fill();
    Files.writeString(temporary.resolve("one.csv"), "0 1\n0.25 5\n0.5 2\n");
    try (Tsdb writer = Tsdb.open(url)) {
      run("insert", "one", "--file", path("one.csv"))
          .failed(1, "a database can be open for writing only once: database=");
      assertEquals(31, run("list").answered().lines().size());
      writer.delete("bumps-00000030");
      assertEquals(30, run("list").answered().lines().size());
    }
    run("insert", "one", "--file", path("one.csv")).answered();
  }

  @Test
  void mistakesAreToldWithoutThePassword() throws Exception {
    run("stats")
        .failed(
            1,
            "schema must hold a database: database="
                + shown()
                + "; 'tsdb create --db "
                + shown()
                + "' makes one");
    String elsewhere = url.replaceFirst(":[0-9]+/", ":1/");
    withoutPassword(Run.process("stats", "--db", elsewhere))
        .failed(1, "UNAVAILABLE: database cannot be read: database=postgresql://127.0.0.1:1/");
    at(url.replace(password(), "wrong-one"), "stats").failed(1, "password authentication failed");
    at(url.replace("@", ""), "stats")
        .failed(2, "--db: address must be like postgresql://user@host");
    at(url.replace("postgresql:", "mysql:"), "stats").failed(2, "scheme=mysql");
    at(url.replace("@", "/@"), "list").failed(2, "must be written %2F, %3F and %40");
    run("stats", url).failed(2, "no more arguments are expected");
    withoutPassword(Run.here("export", url, "--db", path("none"))).failed(1, "");
    withoutPassword(Run.here("export", url, "--db", url)).failed(1, "");
  }
}

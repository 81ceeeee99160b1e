package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.client.ServerProcess;
import dev.vantage.tsdb.format.Generator;
import dev.vantage.tsdb.series.SeriesEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verbs that make, check and copy databases and files. */
@Tag("long")
class MaintenanceTest {
  private static final Path BUMPS =
      Path.of(System.getProperty("tsdb.project"), "data", "bumps-1000.tsv");

  @TempDir private Path temporary;

  private String path(String name) {
    return temporary.resolve(name).toString();
  }

  private String filledDatabase() {
    String database = path("db");
    Run.here("create", "--db", database, "--length", "128", "--vantage-points", "2").answered();
    Run.here("generate", "--count", "30", "--seed", "5", "--output", path("some.tsv")).answered();
    Run.here("import", "--db", database, "--as", "wide", path("some.tsv")).answered();
    return database;
  }

  @Test
  void createMakesWhatItIsTold() throws IOException {
    Run made =
        Run.here(
            "create",
            "--db",
            path("new/db"),
            "--length=256",
            "--multiplier=2.5",
            "--vantage-points=3",
            "--seed=-9",
            "--resampling=Interval",
            "--format=json");
    JsonNode settings = made.json().get("settings");
    assertEquals(
        "{\"length\":256,\"multiplier\":2.5,\"vantage_points\":3,\"seed\":-9,"
            + "\"resampling\":\"interval\"}",
        settings.toString());
    assertEquals(
        settings,
        Run.here("stats", "--db", path("new/db"), "--format=json").json().get("settings"));
    Run.here("create", "--db", path("new/db"))
        .failed(
            1,
            "INVALID_COMPONENT: directory must not hold a database: directory=" + path("new/db"));
    Run.here("create", "--db", path("other"), "--length", "1000")
        .failed(1, "INVALID_COMPONENT: length must be a power of two from 8 to 65536: length=1000");
    assertTrue(Files.notExists(Path.of(path("other"))));
    Path file = Files.writeString(Path.of(path("file")), "a\t1\t2\t3\n");
    String inTheWay = "INVALID_COMPONENT: database cannot be made: directory=" + file;
    Run.here("create", "--db", file.toString()).failed(1, inTheWay + ", reason=file exists\n");
    Run.here("import", "--db", file.toString(), file.toString())
        .failed(1, inTheWay + ", reason=file exists\n");
    Run.here("list", "--db", file.toString())
        .failed(1, "INVALID_COMPONENT: directory must hold a database: directory=" + file + "\n");
    assertEquals(
        "made a database in " + path("third") + "\n",
        Run.here("create", "--db", path("third")).answered().out());
  }

  @Test
  void aBackupIsRestored() throws IOException {
    String database = filledDatabase();
    try (ServerProcess server = ServerProcess.start(Path.of(database), 0)) {
      assertEquals(
          "backed up to " + path("backup") + "\n",
          Run.here("backup", path("backup"), "--db", database).answered().out());
      Run.here("delete", "bumps-00000030", "--server", server.address()).answered();
    }
    Run.here("backup", path("backup"), "--db", database)
        .failed(1, "INVALID_COMPONENT: backup file must not exist");
    assertEquals(
        "{\"directory\":\"" + path("again") + "\"}",
        Run.here("restore", path("backup"), "--db", path("again"), "--format=json")
            .json()
            .toString());
    assertEquals(31, Run.here("list", "--db", path("again")).answered().lines().size());
    assertEquals(30, Run.here("list", "--db", database).answered().lines().size());
    assertEquals(
        "{\"series\":30,\"distances\":60,\"trees\":2,\"checkpointed\":0,\"found\":0,\"problems\":[]}",
        Run.here("verify", "--db", path("again"), "--format", "json").json().toString());
    Run.here("restore", path("backup"), "--db", path("again"))
        .failed(1, "INVALID_COMPONENT: ")
        .failed(1, path("again"));
    Run.here("restore", path("nothing"), "--db", path("more"))
        .failed(1, "INVALID_COMPONENT: ")
        .failed(1, path("nothing"));
    Run.here("restore", path("some.tsv"), "--db", path("more"))
        .failed(1, "INVALID_COMPONENT: ")
        .failed(1, path("some.tsv"));
    Run.here("stats", "--db", path("more"))
        .failed(1, "INVALID_COMPONENT: directory must hold a database");
    Run.here("restore", path("backup"), "--db", path("more")).answered();
  }

  @Test
  void aServerSendsItsDatabase() throws Exception {
    String database = filledDatabase();
    try (ServerProcess server = ServerProcess.start(Path.of(database), 0)) {
      for (String verb : List.of("backup", "export")) {
        Run.here(verb, path(verb), "--server", server.address()).answered();
        Run.here(verb, path(verb), "--server", server.address())
            .failed(1, "INVALID_COMPONENT: " + verb + " file must not exist: file=" + path(verb));
        Run.here(verb, path("none/" + verb), "--server", server.address())
            .failed(1, "INVALID_COMPONENT: directory of the file must exist");
        Run.here("restore", path(verb), "--db", path("again-" + verb)).answered();
        assertEquals(31, Run.here("list", "--db", path("again-" + verb)).lines().size());
        Run.here("verify", "--db", path("again-" + verb)).answered();
      }
      assertEquals(
          "{\"file\":\"" + path("json") + "\"}",
          Run.here("export", path("json"), "--server", server.address(), "--format=json")
              .json()
              .toString());
    }
    try (Stream<Path> files = Files.list(temporary)) {
      assertTrue(files.noneMatch(file -> file.toString().endsWith(".partial")));
    }
  }

  @Test
  void partsThatAreInTheWayOrMissingAreNamed() throws Exception {
    String database = filledDatabase();
    Run.here("backup", path("backup"), "--db", database).answered();
    try (ServerProcess server = ServerProcess.start(Path.of(database), 0)) {
      Run.here("delete", "bumps-00000030", "--server", server.address()).answered();
      server.kill();
    }
    Path file = Path.of(database, "tsdb.sqlite");
    Path log = Path.of(database, "tsdb.sqlite-wal");
    Files.move(log, temporary.resolve("log"));
    for (String verb : List.of("verify", "list", "stats")) {
      Run.here(verb, "--db", database).failed(1, "a part of the database is missing");
    }
    Files.move(temporary.resolve("log"), log);
    Files.delete(file);
    for (String verb : List.of("verify", "list", "create")) {
      Run.here(verb, "--db", database)
          .failed(
              1,
              "a part of the database is missing: file=" + file + ", existing parts: file=" + log);
    }
    Run.process("restore", path("backup"), "--db", database)
        .failed(1, "directory must not hold a database or parts of one: file=" + log);
    Files.delete(log);
    assertEquals(
        "restored to " + database + "\n",
        Run.process("restore", path("backup"), "--db", database).answered().out());
    assertEquals(31, Run.here("list", "--db", database).answered().lines().size());
    Run.here("verify", "--db", database).answered();
  }

  @Test
  void anExportIsRestored() throws Exception {
    String database = filledDatabase();
    try (ServerProcess server = ServerProcess.start(Path.of(database), 0)) {
      assertEquals(
          "exported 30 series to " + path("export") + "\n",
          Run.process("export", path("export"), "--db", database).answered().out());
      Run.here("delete", "bumps-00000030", "--server", server.address()).answered();
    }
    Run.process("export", path("export"), "--db", database)
        .failed(1, "INVALID_COMPONENT: export file must not exist: file=" + path("export"));
    assertEquals(
        "{\"file\":\"" + path("later") + "\",\"series\":29}",
        Run.here("export", path("later"), "--db", database, "--format=json").json().toString());
    assertEquals(
        "restored to " + path("again") + "\n",
        Run.process("restore", path("export"), "--db", path("again")).answered().out());
    assertEquals(31, Run.here("list", "--db", path("again")).answered().lines().size());
    assertEquals(
        "{\"series\":30,\"distances\":60,\"trees\":2,\"checkpointed\":0,\"found\":0,\"problems\":[]}",
        Run.here("verify", "--db", path("again"), "--format", "json").json().toString());
    assertEquals(
        Run.here("get", "bumps-00000007", "--db", database).answered().out(),
        Run.here("get", "bumps-00000007", "--db", path("again")).answered().out());
    Run.here("restore", path("export"), "--db", path("again"))
        .failed(1, "directory must not hold a database");
    byte[] bytes = Files.readAllBytes(Path.of(path("export")));
    bytes[bytes.length / 2] ^= 1;
    Files.write(Path.of(path("damaged")), bytes);
    Run.here("restore", path("damaged"), "--db", path("more"))
        .failed(
            1, "INVALID_COMPONENT: export must be complete and unchanged: file=" + path("damaged"));
    Run.here("stats", "--db", path("more")).failed(1, "directory must hold a database");
    Run.here("export", path("none"), "--db", path("nowhere"))
        .failed(1, "directory must hold a database");
  }

  @Test
  void verifyFindsDamage() throws IOException {
    String database = filledDatabase();
    assertEquals(
        "sound: 30 series, 60 distances, 2 trees, no checkpoint\n",
        Run.here("verify", "--db", database).answered().out());
    assertEquals(
        "sound: 30 series, 14 of 60 distances, 2 trees, no checkpoint\n",
        Run.here("verify", "--db", database, "--sample=7").answered().out());
    assertEquals(
        "sound: 30 series, 60 distances, 2 trees, no checkpoint\n",
        Run.here("verify", "--db", database, "--all").answered().out());
    Run.here("verify", "--db", database, "--sample=-1").failed(1, "sample must be >= 0: sample=-1");
    Run.here("verify", "--db", database, "--sample=7", "--all").failed(2, "--all");
    damage(Path.of(database, "tsdb.sqlite"));
    Run run = Run.here("verify", "--db", database);
    assertEquals(1, run.code(), run::toString);
    assertTrue((run.out() + run.err()).contains("bumps-00000017"), run::toString);
    Run.here("verify", "--db", path("nowhere")).failed(1, "directory must hold a database");
  }

  /** Changes one bit of one stored value. */
  private static void damage(Path file) throws IOException {
    double value = seventeenth().series().values()[20];
    byte[] needle = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array();
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 0; i + 8 <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + 8, needle, 0, 8)) {
        bytes[i] ^= 1;
        Files.write(file, bytes);
        return;
      }
    }
    throw new AssertionError("the file holds the value");
  }

  /** The series that is damaged. */
  private static SeriesEntry seventeenth() {
    Iterator<SeriesEntry> all = Generator.generate(30, 5);
    for (int i = 1; i < 17; i++) {
      all.next();
    }
    return all.next();
  }

  @Test
  void generateMakesTheSameBytes() throws IOException {
    assertEquals(
        "wrote 1000 series to " + path("bumps.tsv") + "\n",
        Run.here("generate", "--count=1000", "--seed=1", "--output", path("bumps.tsv"))
            .answered()
            .out());
    assertArrayEquals(Files.readAllBytes(BUMPS), Files.readAllBytes(Path.of(path("bumps.tsv"))));
    Run printed = Run.here("generate", "--count=3", "--seed=1", "--output", "-").answered();
    assertEquals(Files.readAllLines(BUMPS).subList(0, 3), printed.lines());
    assertEquals(
        "{\"file\":\"" + path("none.tsv") + "\",\"series\":0}",
        Run.here("generate", "--count=0", "--seed=1", "--output", path("none.tsv"), "--format=json")
            .json()
            .toString());
    assertEquals(0, Files.size(Path.of(path("none.tsv"))));
    Run.here("generate", "--count=1", "--seed=1", "--output", path("no/such/directory"))
        .failed(1, path("no/such/directory"));
  }
}

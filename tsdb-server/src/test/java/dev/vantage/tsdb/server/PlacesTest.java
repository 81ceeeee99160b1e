package dev.vantage.tsdb.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.testkit.JavaProcess;
import dev.vantage.tsdb.testkit.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers over a directory and over PostgreSQL: one writer, and readers. */
@Tag("long")
class PlacesTest {
  private final List<Process> started = new ArrayList<>();

  @TempDir private Path directory;

  @AfterEach
  void endWhatIsLeft() {
    started.forEach(Process::destroyForcibly);
  }

  private Process start(String place, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--db", place, "--listen", "127.0.0.1:0"));
    arguments.addAll(List.of(more));
    if (!arguments.contains("--read-only")) {
      arguments.add("--create");
    }
    Process process =
        JavaProcess.of(ServerMain.class, arguments.toArray(String[]::new))
            .redirectError(directory.resolve("errors").toFile())
            .start();
    started.add(process);
    return process;
  }

  private static int port(Process process) throws IOException {
    String line = process.inputReader(StandardCharsets.UTF_8).readLine();
    assertTrue(line != null && line.startsWith("listening on "), () -> "said: " + line);
    return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
  }

  /** Returns the message of a server that cannot start. */
  private String refusal(int code, String place, String... more) throws Exception {
    Process process = start(place, more);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    String errors = Files.readString(directory.resolve("errors"));
    assertEquals(code, process.exitValue(), errors);
    assertTrue(errors.lines().anyMatch(line -> line.startsWith("tsdb-server: ")), errors);
    assertFalse(errors.contains("\tat "), errors);
    return errors;
  }

  @Test
  void inADirectory() throws Exception {
    String place = directory.resolve("db").toString();
    String missing = refusal(1, place, "--read-only");
    assertTrue(missing.contains("directory must hold a database: directory=" + place), missing);
    assertFalse(Files.exists(Path.of(place)));
    try (TestClient writer = new TestClient(port(start(place)))) {
      String taken = refusal(1, place);
      assertTrue(taken.contains("a database can be open for writing only once"), taken);
      readsBeside(writer, place);
    }
  }

  @Test
  void inPostgres() throws Exception {
    PostgresServer postgres = PostgresServer.shared();
    String url = postgres.url(postgres.createDatabase());
    String shown = "postgresql://" + url.substring(url.indexOf('@') + 1);
    String missing = refusal(1, url, "--read-only");
    assertTrue(missing.contains("schema must hold a database: database=" + shown), missing);
    try (TestClient writer = new TestClient(port(start(url)))) {
      String taken = refusal(1, url);
      assertTrue(
          taken.contains("a database can be open for writing only once: database=" + shown), taken);
      readsBeside(writer, url);
    }
    String away = refusal(1, "postgresql://u:secret@127.0.0.1:1/db");
    assertTrue(away.contains("database=postgresql://127.0.0.1:1/db"), away);
    assertFalse(away.contains("secret"), away);
  }

  private void readsBeside(TestClient writer, String place) throws Exception {
    try (TestClient reader =
        new TestClient(port(start(place, "--read-only", "--refresh", "20ms")))) {
      String insert = "{\"op\":\"insert\",\"id\":\"a\",\"ts\":[1,2,3]}";
      assertEquals(2, reader.status(insert));
      assertEquals(2, reader.status("{\"op\":\"delete\",\"id\":\"a\"}"));
      assertEquals(2, reader.status("{\"op\":\"add_vantage_point\",\"id\":\"a\"}"));
      assertEquals(2, reader.status("{\"op\":\"add_attribute\",\"name\":\"n\",\"type\":\"long\"}"));
      String set = "{\"op\":\"set_attributes\",\"id\":\"a\",\"attributes\":{\"n\":1}}";
      assertEquals(2, reader.status(set));
      assertEquals("read", reader.payload("{\"op\":\"hello\"}").get("access").textValue());
      assertTrue(stats(reader).get("read_only").booleanValue());
      assertFalse(stats(writer).get("read_only").booleanValue());
      writer.payload(insert);
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (stats(reader).get("series").intValue() == 0) {
        assertTrue(System.nanoTime() < deadline, "the reader must see the series");
      }
      assertEquals("a", reader.payload("{\"op\":\"get\",\"id\":\"a\"}").get("id").textValue());
    }
  }

  private static JsonNode stats(TestClient client) throws IOException {
    return client.payload("{\"op\":\"stats\"}");
  }

  @Test
  void badUsageDoesNotShowPasswords() throws Exception {
    for (String place :
        List.of(
            "postgresql://u:secret", "postgresql://u:5432?secret@h/db", "mysql://u:secret@h/db")) {
      String refused = refusal(2, place);
      assertFalse(refused.contains("secret"), refused);
    }
    String more = refusal(2, "x", "postgresql://u:secret@h/db");
    assertFalse(more.contains("secret"), more);
    String refresh = refusal(2, directory.resolve("db").toString(), "--refresh", "1s");
    assertTrue(refresh.contains("--refresh needs --read-only"), refresh);
  }
}

package dev.vantage.tsdb.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vantage.tsdb.testkit.JavaProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of the command in its own process. */
class JsonLogTest {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final List<Process> started = new ArrayList<>();

  @TempDir private Path directory;

  @AfterEach
  void endWhatIsLeft() {
    started.forEach(Process::destroyForcibly);
  }

  private Process start(String... more) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--db", directory.resolve("db").toString()));
    arguments.addAll(List.of("--create", "--listen", "127.0.0.1:0"));
    arguments.addAll(List.of(more));
    Process process =
        JavaProcess.of(ServerMain.class, arguments.toArray(String[]::new))
            .redirectError(directory.resolve("log").toFile())
            .start();
    started.add(process);
    return process;
  }

  private String text() {
    try {
      return Files.readString(directory.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every whole line must be an object. */
  private List<JsonNode> lines() {
    String text = text();
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    return whole
        .lines()
        .map(
            line -> {
              try {
                return JSON.readTree(line);
              } catch (IOException e) {
                throw new AssertionError("line must be JSON: " + line, e);
              }
            })
        .toList();
  }

  private Optional<JsonNode> line(String message, String op) {
    return lines().stream()
        .filter(one -> one.get("message").textValue().equals(message))
        .filter(one -> one.path("op").asText().equals(op))
        .findFirst();
  }

  private JsonNode awaitLine(String message, String op) {
    TestServer.await(message + " " + op, () -> line(message, op).isPresent());
    return line(message, op).orElseThrow();
  }

  private static int port(BufferedReader out) throws IOException {
    String line = out.readLine();
    assertTrue(line != null && line.startsWith("listening on "), () -> "said: " + line);
    return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
  }

  private static void end(Process process) throws InterruptedException {
    process.toHandle().destroy();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
  }

  @Test
  void everyLineIsAnObjectWithWhatHappenedInFields() throws Exception {
    String points =
        DoubleStream.iterate(0, i -> i + 1)
            .limit(50_000)
            .mapToObj(i -> Double.toString(Math.sin(i / 777) + 4321.5))
            .collect(Collectors.joining(","));
    Process process = start("--log-format", "json", "--log-level", "debug", "--slow", "1ms");
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        TestClient client = new TestClient(port(out))) {
      client.payload("{\"op\":\"insert\",\"id\":\"a\",\"ts\":[1,2,3]}");
      // The first of its kind, in a process that is not warm, and a long one.
      client.payload(
          "{\"op\":\"with_ts\",\"k\":3,\"radius\":1.5,\"where\":\"length > 2 and id <> '\\u007f'\""
              + ",\"ts\":["
              + points
              + "]}");
      client.status("{\"op\":\"get\",\"id\":\"none\"}");
      JsonNode slow = awaitLine("slow request", "with_ts");
      assertEquals("WARN", slow.get("level").textValue());
      assertEquals("uploaded", slow.get("id").textValue());
      assertEquals("3", slow.get("k").textValue());
      assertEquals("1.5", slow.get("radius").textValue());
      assertEquals("length > 2 and id <> '\\u007f'", slow.get("where").textValue());
      assertEquals("OK", slow.get("status").textValue());
      assertTrue(slow.get("plan").textValue().matches("[a-z]+_[a-z]+"), slow::toString);
      assertTrue(Double.parseDouble(slow.get("ms").textValue()) >= 1);
      assertTrue(Double.parseDouble(slow.get("queued_ms").textValue()) >= 0);
      assertTrue(slow.get("peer").textValue().contains("127.0.0.1:"), slow::toString);
      JsonNode refused = awaitLine("request refused", "get");
      assertEquals("INVALID_KEY", refused.get("status").textValue());
      assertTrue(refused.get("request").textValue().matches("[0-9a-z]{4}-3"), refused::toString);
      JsonNode insert =
          line("slow request", "insert").or(() -> line("request answered", "insert")).orElseThrow();
      assertTrue(insert.get("request").textValue().endsWith("-1"), insert::toString);
      assertEquals(
          slow.get("request").textValue().replaceFirst("-2$", "-3"),
          refused.get("request").textValue());
    }
    end(process);
    assertTrue(
        lines().stream().anyMatch(one -> one.get("message").textValue().equals("shut down")));
    for (JsonNode line : lines()) {
      assertFalse(Instant.parse(line.get("time").textValue()).isBefore(Instant.EPOCH));
      assertTrue(line.get("level").textValue().matches("INFO|WARN|DEBUG"), line::toString);
      assertTrue(line.get("logger").textValue().startsWith("dev.vantage.tsdb."), line::toString);
    }
    assertFalse(text().contains("4321."), "points are never logged");
  }

  @Test
  void whatNoLoggerSaysIsAnObjectToo() throws Exception {
    for (List<String> bad :
        List.of(
            List.of("--log-format", "json", "--threads", "none"),
            List.of("--log-level", "loud", "--log-format", "json"),
            List.of("--log-format=json", "--config", directory.resolve("none").toString()))) {
      Process refused = start(bad.toArray(String[]::new));
      assertTrue(refused.waitFor(60, TimeUnit.SECONDS));
      assertEquals(2, refused.exitValue(), this::text);
      JsonNode first = lines().get(0);
      assertTrue(first.get("message").textValue().startsWith("tsdb-server: "), this::text);
      assertEquals("ERROR", first.get("level").textValue());
    }
  }

  @Test
  void linesOfTextAreForPeople() throws Exception {
    Process process = start("--slow", "0");
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        TestClient client = new TestClient(port(out))) {
      client.status("{\"op\":\"get\",\"id\":\"none\"}");
    }
    end(process);
    assertTrue(
        text()
            .lines()
            .anyMatch(
                line ->
                    line.matches(
                        "\\S+ \\[\\S+] INFO FailureLog - request refused \\{op=get, peer=\\S+,"
                            + " request=[0-9a-z]{4}-1, status=INVALID_KEY}")),
        this::text);
    assertFalse(text().contains("{}") || text().contains("slow"), this::text);
  }

  @Test
  void levelsSayWhatIsLogged() throws Exception {
    Process process = start("--log-level", "error");
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        TestClient client = new TestClient(port(out))) {
      client.status("{\"op\":\"get\",\"id\":\"none\"}");
    }
    end(process);
    assertEquals("", text());
    for (List<String> bad :
        List.of(
            List.of("--log-level", "loud"),
            List.of("--log-format", "xml"),
            List.of("--slow", "1"),
            List.of("--metrics", "0.0.0.0:0"))) {
      Process refused = start(bad.toArray(String[]::new));
      assertTrue(refused.waitFor(60, TimeUnit.SECONDS));
      assertEquals(2, refused.exitValue(), this::text);
      assertTrue(text().startsWith("tsdb-server: "), this::text);
    }
  }
}

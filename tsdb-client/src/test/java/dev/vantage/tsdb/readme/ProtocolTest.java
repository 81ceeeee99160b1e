package dev.vantage.tsdb.readme;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.client.RawClient;
import dev.vantage.tsdb.client.ServerProcess;
import dev.vantage.tsdb.protocol.Kind;
import dev.vantage.tsdb.protocol.Role;
import dev.vantage.tsdb.protocol.Status;
import dev.vantage.tsdb.protocol.op.Op;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server behaves as the page about the protocol documents. */
class ProtocolTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Page PAGE = Page.read(Path.of("tsdb-server", "PROTOCOL.md"));

  /** Those whose answers a page cannot foretell; a ping is shown in bytes. */
  private static final Set<String> UNFORESEEN =
      Set.of("ping", "stats", "cache_stats", "backup", "export");

  @TempDir private static Path temporary;
  private static ServerProcess server;

  @BeforeAll
  static void start() throws IOException {
    server = ServerProcess.start(temporary.resolve("db"), Settings.DEFAULT.withLength(8));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyExchangeIsAsWritten() throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      for (Block block : blocks("jsonl").toList()) {
        List<String> lines = block.text().lines().toList();
        for (int i = 0; i < lines.size(); i += 2) {
          assertAlike(JSON.readTree(lines.get(i + 1)), client.answer(lines.get(i)), lines.get(i));
        }
      }
    }
  }

  /** Member by member, since distances are rounded. */
  private static void assertAlike(JsonNode expected, JsonNode found, String request) {
    assertTrue(
        expected.equals(
            (a, b) ->
                a.isNumber() && b.isNumber() && Math.abs(a.doubleValue() - b.doubleValue()) < 1e-6
                    ? 0
                    : a.equals(b) ? 0 : 1,
            found),
        () -> request + "\nexpected " + expected + "\nfound    " + found);
  }

  @Test
  void theBytesAreAsWritten() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      for (Block block : blocks("hex").toList()) {
        if (block.words().contains("request")) {
          socket.getOutputStream().write(bytes(block));
        } else {
          byte[] expected = bytes(block);
          assertArrayEquals(expected, socket.getInputStream().readNBytes(expected.length));
        }
      }
    }
  }

  private static byte[] bytes(Block block) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    block
        .text()
        .lines()
        .map(line -> line.split(" {2,}|(?<= [0-9a-f]{2}) (?![0-9a-f]{2}( |$))")[0])
        .forEach(line -> bytes.writeBytes(HexFormat.ofDelimiter(" ").parseHex(line)));
    return bytes.toByteArray();
  }

  @Test
  void theClientInPythonRuns() throws Exception {
    assumeTrue(hasPython(), "there is no python3");
    String program = blocks("python").findFirst().orElseThrow().text();
    Path file = Files.writeString(temporary.resolve("client.py"), program);
    Path database = temporary.resolve("python");
    try (ServerProcess own = ServerProcess.start(database, Settings.DEFAULT.withLength(8))) {
      Process process =
          new ProcessBuilder("python3", file.toString(), "127.0.0.1", "" + own.port())
              .directory(temporary.toFile())
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), said);
      assertEquals(blocks("python-output").findFirst().orElseThrow().text().strip(), said.strip());
    }
    EmbeddedTsdb.restore(temporary.resolve("export.jsonl.gz"), temporary.resolve("restored"));
    try (Tsdb restored = Tsdb.open(temporary.resolve("restored"))) {
      assertEquals(List.of("py-1"), restored.ids(IdQuery.first(2)));
    }
  }

  private static boolean hasPython() throws InterruptedException {
    try {
      return new ProcessBuilder("python3", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void everyOperationIsThere() {
    String exchanges = String.join("", blocks("jsonl").map(Block::text).toList());
    for (Op op : Op.values()) {
      String label = op.label();
      assertTrue(
          hasRow("| `" + label + "` " + (!op.isAllowed(Role.READ) ? "**write** |" : "|")), label);
      assertTrue(
          UNFORESEEN.contains(label) || exchanges.contains("{\"op\":\"" + label + "\""),
          "no exchange shows " + label);
    }
  }

  @Test
  void everyStatusIsThereWithItsKinds() {
    for (Status status : Status.values()) {
      List<String> row = rows("| " + status.code() + " | " + status + " |").toList();
      assertEquals(1, row.size(), status::toString);
      Set<String> kinds = words(row.get(0).substring(row.get(0).lastIndexOf(" | ")));
      assertEquals(kinds(kind -> kind.status() == status), kinds, status::toString);
    }
  }

  @Test
  void everyKindHasAMeaning() {
    List<String> lines = PAGE.lines();
    Set<String> described =
        lines.subList(lines.indexOf("| kind | meaning |") + 2, lines.size()).stream()
            .takeWhile(line -> line.startsWith("| `"))
            .flatMap(line -> words(line.substring(0, line.indexOf(" | "))).stream())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(kinds(kind -> true), described);
  }

  private static Set<String> kinds(Predicate<Kind> wanted) {
    return Arrays.stream(Kind.values())
        .filter(wanted)
        .map(Kind::label)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The words in backquotes. */
  private static Set<String> words(String text) {
    return Pattern.compile("`([^`]+)`")
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean hasRow(String start) {
    return rows(start).findAny().isPresent();
  }

  private static Stream<String> rows(String start) {
    return PAGE.lines().stream().filter(line -> line.startsWith(start));
  }

  private static Stream<Block> blocks(String language) {
    return PAGE.blocks().stream().filter(block -> block.language().equals(language));
  }
}

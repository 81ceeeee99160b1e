package dev.vantage.tsdb.readme;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.client.RawClient;
import dev.vantage.tsdb.client.ServerProcess;
import dev.vantage.tsdb.protocol.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
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
  private static final Set<String> UNFORESEEN = Set.of("ping", "stats", "cache_stats");

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
  void everyOperationAndStatusIsThere() throws IOException {
    String text = String.join("\n", PAGE.lines());
    String exchanges = String.join("", blocks("jsonl").map(Block::text).toList());
    for (String op : operations()) {
      assertTrue(text.contains("| `" + op + "` "), op);
      assertTrue(
          UNFORESEEN.contains(op) || exchanges.contains("{\"op\":\"" + op + "\""),
          "no exchange shows " + op);
    }
    for (Status status : Status.values()) {
      assertTrue(text.contains("| " + status.code() + " | " + status + " |"), status::toString);
    }
  }

  /** The server lists them to whom asks for another. */
  private static List<String> operations() throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      String message = client.answer("{\"op\":\"?\"}").get("message").textValue();
      return List.of(message.replaceAll("op must be one of |: .*", "").split(", "));
    }
  }

  private static Stream<Block> blocks(String language) {
    return PAGE.blocks().stream().filter(block -> block.language().equals(language));
  }
}

package dev.vantage.tsdb.books;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.client.RawClient;
import dev.vantage.tsdb.client.ServerProcess;
import dev.vantage.tsdb.protocol.Op;
import dev.vantage.tsdb.protocol.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server says what the page about the protocol says. */
class ProtocolTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Book PAGE = Book.read(Path.of("tsdb-server", "PROTOCOL.md"));

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
  void everyOperationAndStatusIsThere() {
    String text = String.join("\n", PAGE.lines());
    String exchanges = String.join("", blocks("jsonl").map(Block::text).toList());
    for (Op op : Op.values()) {
      assertTrue(text.contains("| `" + op.label() + "` "), op::label);
    }
    for (Status status : Status.values()) {
      assertTrue(text.contains("| " + status.code() + " | " + status + " |"), status::toString);
    }
    assertEquals(List.of(), unshown(exchanges));
  }

  /** Those whose answers no page can foretell are described only; a ping is shown in bytes. */
  private static List<Op> unshown(String exchanges) {
    return Stream.of(Op.values())
        .filter(op -> !List.of(Op.PING, Op.STATS, Op.CACHE_STATS).contains(op))
        .filter(op -> !exchanges.contains("{\"op\":\"" + op.label() + "\""))
        .toList();
  }

  private static Stream<Block> blocks(String language) {
    return PAGE.blocks().stream().filter(block -> block.language().equals(language));
  }
}

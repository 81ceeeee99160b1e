package dev.vantage.tsdb.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.testkit.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol through a real socket. */
class WireTest {
  private final Tsdb tsdb = Databases.empty();
  private TsdbServer server;
  private TestClient client;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.start(tsdb, TestServer.WIDE);
    client = new TestClient(server.port());
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  @Test
  void pingByteForByte() throws IOException {
    client.send(new byte[] {0x11, 0, 0, 0});
    client.send("{\"op\":\"ping\"}".getBytes(StandardCharsets.US_ASCII));
    byte[] expected = TestClient.frame("{\"op\":\"ping\",\"status\":0,\"payload\":\"pong\"}");
    byte[] received = client.socket().getInputStream().readNBytes(expected.length);
    assertEquals(Arrays.toString(expected), Arrays.toString(received));
  }

  @Test
  void everyOperationIsServed() throws IOException {
    client.assertAlive();
    for (int i = 0; i < 4; i++) {
      String ts = "\"ts\":[0," + i + ",1,2]";
      JsonNode inserted = client.payload("{\"op\":\"insert\",\"id\":\"s" + i + "\"," + ts + "}");
      assertTrue(inserted.get("created").booleanValue());
    }
    assertEquals(3, client.payload("{\"op\":\"with_id\",\"id\":\"s1\"}").size());
    assertEquals(2, client.payload("{\"op\":\"with_ts\",\"ts\":[1,2,1],\"k\":2}").size());
    assertEquals("s2", client.payload("{\"op\":\"get\",\"id\":\"s2\"}").get("id").textValue());
    assertEquals(2, client.payload("{\"op\":\"ids\",\"after\":\"s1\"}").size());
    assertEquals(4, client.payload("{\"op\":\"stats\"}").get("series").intValue());
    String id = tsdb.stats().vantagePoints().contains("s3") ? "s2" : "s3";
    client.payload("{\"op\":\"add_vantage_point\",\"id\":\"" + id + "\"}");
    assertEquals(3, client.status("{\"op\":\"add_vantage_point\",\"id\":\"" + id + "\"}"));
    assertEquals(0, client.status("{\"op\":\"delete\",\"id\":\"s0\"}"));
    assertEquals(3, client.status("{\"op\":\"delete\",\"id\":\"s0\"}"));
    JsonNode added = client.payload("{\"op\":\"add_attribute\",\"name\":\"n\",\"type\":\"long\"}");
    assertEquals("{\"name\":\"n\",\"type\":\"long\"}", added.toString());
    JsonNode changed =
        client.payload("{\"op\":\"set_attributes\",\"id\":\"s1\",\"attributes\":{\"n\":-1}}");
    assertEquals("{\"id\":\"s1\"}", changed.toString());
    assertEquals(6, client.payload("{\"op\":\"attributes\"}").size());
    assertEquals(
        "[\"s1\",\"s2\"]",
        client.payload("{\"op\":\"ids\",\"where\":\"id in ('s2', 's1') or n > 0\"}").toString());
  }

  @Test
  void aFrameMayBeSplitAnywhere() throws IOException {
    byte[] frame = TestClient.frame("{\"op\":\"ping\",\"tag\":\"\u00e9\ud83d\ude00\"}");
    for (int split = 1; split < frame.length; split++) {
      client.send(Arrays.copyOf(frame, split));
      client.send(Arrays.copyOfRange(frame, split, frame.length));
      assertEquals("\u00e9\ud83d\ude00", client.receive().get("tag").textValue());
    }
    for (byte b : frame) {
      client.send(new byte[] {b});
    }
    assertEquals("pong", client.receive().get("payload").textValue());
  }

  @Test
  void manyFramesInOnePacketAreAnsweredInOrder() throws IOException {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    for (int i = 0; i < 500; i++) {
      String op = i % 3 == 0 ? "ping" : i % 3 == 1 ? "ids" : "fly";
      packet.write(TestClient.frame("{\"op\":\"" + op + "\",\"tag\":\"" + i + "\"}"));
    }
    byte[] half = TestClient.frame("{\"op\":\"ping\",\"tag\":\"last\"}");
    packet.write(half, 0, 7);
    client.send(packet.toByteArray());
    for (int i = 0; i < 500; i++) {
      assertEquals(String.valueOf(i), client.receive().get("tag").textValue());
    }
    client.send(Arrays.copyOfRange(half, 7, half.length));
    assertEquals("last", client.receive().get("tag").textValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "2; xx",
        "2; []",
        "2; {}",
        "2; {\"op\":\"fly\"}",
        "2; {\"op\":7}",
        "2; {\"op\":\"ping\"}}",
        "2; {\"op\":\"ping\"",
        "2; {\"op\":\"with_ts\",\"ts\":[NaN,1]}",
        "3; {\"op\":\"get\"}",
        "3; {\"op\":\"get\",\"id\":7}",
        "3; {\"op\":\"get\",\"id\":\"\"}",
        "3; {\"op\":\"get\",\"id\":\"unknown\"}",
        "3; {\"op\":\"delete\",\"id\":\"unknown\"}",
        "3; {\"op\":\"with_id\",\"id\":\"unknown\"}",
        "4; {\"op\":\"with_ts\"}",
        "4; {\"op\":\"with_ts\",\"ts\":[1e999,1]}",
        "4; {\"op\":\"with_ts\",\"ts\":[1,2],\"k\":0}",
        "4; {\"op\":\"with_ts\",\"ts\":[1,2],\"k\":2147483648}",
        "4; {\"op\":\"with_ts\",\"ts\":[1,2],\"where\":\"x\"}",
        "4; {\"op\":\"insert\",\"id\":\"a\",\"ts\":[1,1]}",
        "3; {\"op\":\"curves\",\"ids\":[\"unknown\"]}",
        "3; {\"op\":\"curves\",\"ids\":[\"\"]}",
        "4; {\"op\":\"curves\"}",
        "4; {\"op\":\"curves\",\"ids\":\"a\"}",
        "4; {\"op\":\"curves\",\"ids\":[],\"points\":1}",
        "4; {\"op\":\"ids\",\"limit\":0}",
        "4; {\"op\":\"ids\",\"where\":7}",
        "4; {\"op\":\"ids\",\"where\":\"\"}",
        "4; {\"op\":\"ids\",\"where\":\"id =\"}",
        "4; {\"op\":\"ids\",\"where\":\"nothing = 1\"}",
        "4; {\"op\":\"ids\",\"where\":\"length = 'x'\"}",
        "4; {\"op\":\"with_id\",\"id\":\"a\",\"where\":\"id = \\\"a\\\"\"}",
        "3; {\"op\":\"set_attributes\",\"attributes\":{}}",
        "3; {\"op\":\"set_attributes\",\"id\":\"nobody\",\"attributes\":{}}",
        "4; {\"op\":\"set_attributes\",\"id\":\"a\"}",
        "4; {\"op\":\"set_attributes\",\"id\":\"a\",\"attributes\":{\"length\":null}}",
        "4; {\"op\":\"add_attribute\",\"name\":\"n\"}",
        "4; {\"op\":\"add_attribute\",\"name\":\"\",\"type\":\"long\"}",
        "4; {\"op\":\"add_attribute\",\"name\":\"mean\",\"type\":\"double\"}",
        "4; {\"op\":\"add_attribute\",\"name\":\"n\",\"type\":\"float\"}"
      })
  void aBadRequestIsAnsweredAndTheConnectionLives(int status, String body) throws IOException {
    assertEquals(status, client.status(body));
    client.assertAlive();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "5; {\"op\":\"ids\",\"where\":\"id =\"}",
        "12; {\"op\":\"ids\",\"where\":\"length > 1 nothing\"}",
        "16; {\"op\":\"ids\",\"where\":\"length > 1 and nothing = 1\"}",
        "16; {\"op\":\"with_id\",\"id\":\"a\",\"where\":\"length > 1 and nothing = 1\"}",
        "16; {\"op\":\"with_ts\",\"ts\":[1,2],\"where\":\"length > 1 and nothing = 1\"}"
      })
  void aBadConditionIsAnsweredWithItsColumn(int column, String body) throws IOException {
    client.payload("{\"op\":\"insert\",\"id\":\"a\",\"ts\":[1,2,3]}");
    JsonNode answer = client.ask(body);
    assertEquals(4, answer.get("status").intValue());
    assertEquals("{\"column\":" + column + "}", answer.get("payload").toString());
  }

  @Test
  void aSearchTellsIgnoredFieldsAndAnswersInItsVersion() throws IOException {
    client.payload("{\"op\":\"insert\",\"id\":\"a\",\"ts\":[1,2,3]}");
    String search = "{\"op\":\"with_id\",\"id\":\"a\",\"ks\":1,\"replace\":true";
    JsonNode explained = client.payload(search + ",\"explain\":true,\"protocol\":2}");
    assertEquals("[\"ks\",\"replace\"]", explained.at("/report/ignored").toString());
    assertEquals(
        "{\"neighbors\":[],\"report\":null}",
        client.payload(search + ",\"protocol\":2}").toString());
    assertEquals("[]", client.payload(search + "}").toString());
    JsonNode exact = client.payload("{\"op\":\"with_id\",\"id\":\"a\",\"explain\":true}");
    assertTrue(exact.at("/report/ignored").isMissingNode(), exact::toString);
    JsonNode stats = client.payload("{\"op\":\"stats\"}");
    assertEquals(2, stats.at("/versions/protocol").intValue());
  }

  @Test
  void bytesThatAreNoTextAreAnsweredAndTheConnectionLives() throws IOException {
    Random random = Seeds.random("bytes that are no text");
    for (int i = 0; i < 200; i++) {
      byte[] frame = TestClient.frame("x".repeat(2 + random.nextInt(300)));
      for (int at = 4; at < frame.length; at++) {
        frame[at] = (byte) random.nextInt();
      }
      client.send(frame);
      assertEquals(2, client.receive().get("status").intValue());
    }
    client.send(TestClient.frame("{\"x\":" + "[".repeat(900_000)));
    assertEquals(2, client.receive().get("status").intValue());
    client.assertAlive();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 4, 5, (1 << 20) + 1, 1L << 31, (1L << 32) - 1})
  void aBadLengthIsAnsweredAndTheConnectionClosed(long length) throws IOException {
    // More than the server reads at once: unread bytes must not cost the client its answer.
    client.send(bytes(length, 300_000));
    JsonNode answer = client.receive();
    assertEquals(2, answer.get("status").intValue());
    assertTrue(answer.get("op").isNull());
    client.assertClosed();
    try (TestClient other = new TestClient(server.port())) {
      other.assertAlive();
    }
  }

  @Test
  void whatPrecedesABadLengthIsAnsweredFirst() throws IOException {
    client.send(TestClient.frame("{\"op\":\"ping\"}"));
    client.send(bytes(3, 0));
    assertEquals(0, client.receive().get("status").intValue());
    assertEquals(2, client.receive().get("status").intValue());
    client.assertClosed();
  }

  @Test
  void theLongestFrameIsAccepted() throws IOException {
    int max = TestServer.WIDE.maxFrame();
    String padding = " ".repeat(max - 4 - "{\"op\":\"ping\"}".length());
    assertEquals("pong", client.payload("{\"op\":\"ping\"}" + padding).textValue());
    client.send("{\"op\":\"ping\"}" + padding + " ");
    assertEquals(2, client.receive().get("status").intValue());
    client.assertClosed();
  }

  @Test
  void aClientThatHasSentAllIsStillAnswered() throws IOException {
    client.send("{\"op\":\"ping\"}");
    client.socket().shutdownOutput();
    assertEquals("pong", client.receive().get("payload").textValue());
    client.assertClosed();
  }

  @Test
  void clientsThatVanishHarmNobody() throws IOException {
    byte[] frame = TestClient.frame("{\"op\":\"ping\"}");
    for (int sent = 0; sent <= frame.length; sent++) {
      TestClient vanishing = new TestClient(server.port());
      vanishing.send(Arrays.copyOf(frame, sent));
      if (sent % 2 == 0) {
        // Closed with a reset.
        vanishing.socket().setOption(StandardSocketOptions.SO_LINGER, 0);
      }
      vanishing.close();
    }
    client.assertAlive();
    // More clients than threads: none is held by those that are gone.
    for (int i = 0; i < 2 * TestServer.WIDE.maxConnections(); i++) {
      try (TestClient next = new TestClient(server.port())) {
        next.assertAlive();
      }
    }
  }

  @Test
  void anErrorInARequestHarmsNobody() throws IOException {
    Tsdb failing =
        new ForwardingTsdb(tsdb) {
          @Override
          public SeriesEntry get(String id) {
            throw new OutOfMemoryError("as if");
          }
        };
    try (TsdbServer other = TestServer.start(failing, TestServer.WIDE);
        TestClient victim = new TestClient(other.port())) {
      for (int i = 0; i < 3; i++) {
        assertEquals(6, victim.status("{\"op\":\"get\",\"id\":\"a\"}"));
        victim.assertAlive();
      }
    }
  }

  @Test
  void answersLongerThanABufferArrive() throws IOException {
    StringBuilder values = new StringBuilder("0.1");
    for (int i = 1; i < 50_000; i++) {
      values.append(',').append(i / 3.0);
    }
    client.payload("{\"op\":\"insert\",\"id\":\"long\",\"ts\":[" + values + "]}");
    JsonNode got = client.payload("{\"op\":\"get\",\"id\":\"long\"}");
    assertEquals(50_000, got.at("/ts/1").size());
    assertEquals(49_999 / 3.0, got.at("/ts/1/49999").doubleValue());
  }

  private static byte[] bytes(long length, int more) {
    return ByteBuffer.allocate(4 + more)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) length)
        .array();
  }
}

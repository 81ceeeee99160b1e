package dev.vantage.tsdb.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vantage.tsdb.protocol.FrameReader;
import dev.vantage.tsdb.protocol.Frames;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A connection to a server, with access to single bytes. */
public final class TestClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket;
  private final FrameReader frames;

  public TestClient(int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** Talks over a socket that is connected already. */
  public TestClient(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    frames =
        new FrameReader(new BufferedInputStream(socket.getInputStream()), Integer.MAX_VALUE - 16);
  }

  public static byte[] frame(String body) {
    return Frames.encode(body.getBytes(StandardCharsets.UTF_8));
  }

  /** The frame of a body, several times. */
  static byte[] frames(String body, int times) {
    byte[] one = frame(body);
    ByteBuffer all = ByteBuffer.allocate(one.length * times);
    for (int i = 0; i < times; i++) {
      all.put(one);
    }
    return all.array();
  }

  public void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  public void send(String body) throws IOException {
    send(frame(body));
  }

  /** The next answer, or empty where the server has closed the connection. */
  public Optional<JsonNode> tryReceive() throws IOException {
    Optional<byte[]> body = frames.read();
    return body.isPresent() ? Optional.of(JSON.readTree(body.get())) : Optional.empty();
  }

  public JsonNode receive() throws IOException {
    return tryReceive().orElseThrow(() -> new IOException("server closed the connection"));
  }

  public JsonNode ask(String body) throws IOException {
    send(body);
    return receive();
  }

  /** Asks, expects success, and gives the payload. */
  public JsonNode payload(String body) throws IOException {
    JsonNode answer = ask(body);
    assertEquals(0, answer.get("status").intValue(), () -> body + " -> " + answer);
    return answer.get("payload");
  }

  /** Asks, and gives the status. */
  public int status(String body) throws IOException {
    return ask(body).get("status").intValue();
  }

  public void assertAlive() throws IOException {
    assertEquals("pong", payload("{\"op\":\"ping\"}").textValue());
  }

  public void assertClosed() throws IOException {
    assertEquals(Optional.empty(), tryReceive());
  }

  public Socket socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

package dev.vantage.tsdb.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vantage.tsdb.protocol.FrameReader;
import dev.vantage.tsdb.protocol.Frames;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection on which requests are written as text. */
public final class RawClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Socket socket;
  private final FrameReader frames;

  public RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(60_000);
    frames =
        new FrameReader(
            new BufferedInputStream(socket.getInputStream()), Frames.DEFAULT_MAX_LENGTH);
  }

  /** Asks, and gives the whole answer. */
  public JsonNode answer(String request) throws IOException {
    socket.getOutputStream().write(Frames.encode(request.getBytes(StandardCharsets.UTF_8)));
    return JSON.readTree(frames.read().orElseThrow());
  }

  /** Asks, expects success, and gives the payload. */
  public JsonNode payload(String request) throws IOException {
    JsonNode response = answer(request);
    assertEquals(0, response.get("status").intValue(), () -> request + " -> " + response);
    return response.get("payload");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

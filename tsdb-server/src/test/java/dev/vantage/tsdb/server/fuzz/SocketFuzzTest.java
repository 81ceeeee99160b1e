package dev.vantage.tsdb.server.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.fuzz.LeakWatch;
import dev.vantage.tsdb.protocol.FrameReader;
import dev.vantage.tsdb.protocol.Frames;
import dev.vantage.tsdb.protocol.Status;
import dev.vantage.tsdb.server.TestServer;
import dev.vantage.tsdb.server.TsdbServer;
import dev.vantage.tsdb.testkit.Seeds;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every frame over a socket, in any packets, gets one answer, in order. */
class SocketFuzzTest {
  private static final int CLIENTS = 6;
  private static final int AHEAD = 20;
  private static final int LOOKS = 6;
  private static final int FRAMES = Integer.getInteger("tsdb.fuzz.frames", 300_000);

  @TempDir private Path directory;

  @Test
  void answersSomeFrames() throws Exception {
    answers(3000, Seeds.random("answersSomeFrames"));
  }

  @Test
  @Tag("soak")
  void answersManyFrames() throws Exception {
    answers(FRAMES, Seeds.random("answersManyFrames"));
  }

  private void answers(long frames, Random random) throws Exception {
    Settings settings = Settings.DEFAULT.withLength(16).withVantagePoints(2);
    OpenOptions options =
        OpenOptions.DEFAULT.withAccess(OpenOptions.Access.CREATE).withSettings(settings);
    LeakWatch leaks = new LeakWatch("frames over sockets", Long.MAX_VALUE);
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try (Tsdb tsdb = Tsdb.open(directory.resolve("db"), options);
        TsdbServer server = TestServer.start(tsdb, TestServer.WIDE)) {
      for (int look = 0; look < LOOKS; look++) {
        List<Future<Integer>> refused = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
          long seed = random.nextLong();
          Callable<Integer> task =
              () -> converse(server.port(), new Random(seed), frames / LOOKS / CLIENTS);
          refused.add(threads.submit(task));
        }
        for (Future<Integer> one : refused) {
          assertTrue(one.get() > frames / LOOKS / CLIENTS / 10);
        }
        leaks.count(frames / LOOKS);
      }
    } finally {
      threads.shutdown();
    }
  }

  /** Says how many frames were refused. */
  private static int converse(int port, Random random, long frames) throws IOException {
    RequestMutations mutations = new RequestMutations(random);
    int refused = 0;
    long sent = 0;
    while (sent < frames) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(60_000);
        FrameReader answers =
            new FrameReader(new BufferedInputStream(socket.getInputStream()), Integer.MAX_VALUE);
        for (int batch = 0; batch < 50 && sent < frames; batch++) {
          refused += batch(socket, answers, mutations, random);
          sent += AHEAD;
        }
        endBadly(socket, answers, random);
      }
    }
    return refused;
  }

  /** Sends some frames in any packets, and a known last frame; returns how many were refused. */
  private static int batch(
      Socket socket, FrameReader answers, RequestMutations mutations, Random random)
      throws IOException {
    List<byte[]> bodies = new ArrayList<>();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < AHEAD; i++) {
      bodies.add(mutations.next());
    }
    String tag = Integer.toString(random.nextInt());
    bodies.add(("{\"op\":\"ping\",\"tag\":\"" + tag + "\"}").getBytes(StandardCharsets.UTF_8));
    bodies.forEach(body -> bytes.writeBytes(Frames.encode(body)));
    sendInPieces(socket, bytes.toByteArray(), random);
    int refused = 0;
    for (byte[] body : bodies) {
      byte[] answer = answers.read().orElseThrow();
      refused += AnswerCheck.check(Optional.of(body), answer) == Status.OK ? 0 : 1;
      if (body == bodies.get(AHEAD)) {
        String text = new String(answer, StandardCharsets.UTF_8);
        assertTrue(text.contains("\"pong\"") && text.contains('"' + tag + '"'), text);
      }
    }
    return refused;
  }

  private static void sendInPieces(Socket socket, byte[] bytes, Random random) throws IOException {
    int most = random.nextBoolean() ? bytes.length : 1 + random.nextInt(2000);
    for (int at = 0; at < bytes.length; ) {
      int length = Math.min(bytes.length - at, 1 + random.nextInt(most));
      socket.getOutputStream().write(bytes, at, length);
      at += length;
    }
  }

  /** Ends with a frame of a bad length, with half a frame, or politely. */
  private static void endBadly(Socket socket, FrameReader answers, Random random)
      throws IOException {
    byte[] frame = Frames.encode(Requests.READS.get(0).getBytes(StandardCharsets.UTF_8));
    switch (random.nextInt(3)) {
      case 0 -> {
        frame[random.nextInt(2) == 0 ? 3 : 2] = (byte) 0xFF; // more than is allowed
        socket.getOutputStream().write(frame);
        Optional<byte[]> answer = answers.read();
        assertEquals(
            Status.INVALID_OPERATION, AnswerCheck.check(Optional.empty(), answer.orElseThrow()));
        assertTrue(answers.read().isEmpty());
      }
      case 1 -> socket.getOutputStream().write(frame, 0, 1 + random.nextInt(frame.length - 1));
      default -> socket.shutdownOutput();
    }
  }
}

package dev.vantage.tsdb.server.fuzz;

import dev.vantage.tsdb.fuzz.ChosenByBytes;
import dev.vantage.tsdb.fuzz.LeakWatch;
import dev.vantage.tsdb.protocol.Frames;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes any bytes as what clients send. The first byte says how: '0', that the rest is the stream
 * itself; '1', that the rest are bodies of frames, a line each; '2', that the rest are choices of
 * what to change in a request; others are as these. For one thread.
 */
public final class RequestTarget implements AutoCloseable {
  private static final long LOOK_EVERY = 500_000;
  private static RequestTarget running;

  private final AnsweredStream stream = new AnsweredStream();
  private final LeakWatch leaks = new LeakWatch("requests", LOOK_EVERY);

  /** Called by the fuzzer, first. */
  public static void fuzzerInitialize() {
    running = new RequestTarget();
  }

  /** Called by the fuzzer, again and again. */
  public static void fuzzerTestOneInput(byte[] input) {
    running.accept(input);
  }

  /** Called by the fuzzer, last. */
  public static void fuzzerTearDown() {
    running.leaks.look();
    System.out.println(running);
    running.close();
  }

  /** An input of whole frames. */
  static byte[] ofBodies(String... bodies) {
    return ("1" + String.join("\n", bodies)).getBytes(StandardCharsets.UTF_8);
  }

  /** Inputs that are answered. */
  static List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (String request : Requests.all()) {
      seeds.add(ofBodies(request));
      ByteArrayOutputStream frame = new ByteArrayOutputStream();
      frame.write('0');
      frame.writeBytes(Frames.encode(request.getBytes(StandardCharsets.UTF_8)));
      seeds.add(frame.toByteArray());
    }
    for (int i = 0; i < Requests.all().size(); i++) {
      seeds.add(new byte[] {'2', (byte) i, 1, 0, 1});
    }
    seeds.add(ofBodies(Requests.WRITES.subList(0, 2).toArray(String[]::new)));
    return seeds;
  }

  void accept(byte[] input) {
    if (input.length > 0) {
      byte[] rest = Arrays.copyOfRange(input, 1, input.length);
      switch (Math.floorMod(input[0], 3)) {
        case 0 -> stream.serve(pieces(rest));
        case 1 -> stream.serve(framed(rest));
        default -> stream.serve(new RequestMutations(new ChosenByBytes(rest, 0)).next());
      }
    }
    leaks.count();
  }

  private static InputStream framed(byte[] lines) {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    int begin = 0;
    for (int i = 0; i <= lines.length; i++) {
      if (i == lines.length || lines[i] == '\n') {
        if (i - begin >= 2) {
          frames.writeBytes(Frames.encode(Arrays.copyOfRange(lines, begin, i)));
        }
        begin = i + 1;
      }
    }
    return pieces(frames.toByteArray());
  }

  /** A stream that gives a few bytes at a time. */
  private static InputStream pieces(byte[] bytes) {
    int most = 1 + bytes.length % 7;
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(length, most * 16));
      }
    };
  }

  long ok() {
    return stream.ok();
  }

  long refused() {
    return stream.refused();
  }

  @Override
  public void close() {
    stream.close();
  }

  @Override
  public String toString() {
    return "requests: ok="
        + stream.ok()
        + ", refused="
        + stream.refused()
        + ", most allocated for one request="
        + stream.mostAllocated();
  }
}

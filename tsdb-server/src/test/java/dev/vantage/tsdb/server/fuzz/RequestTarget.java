package dev.vantage.tsdb.server.fuzz;

import dev.vantage.tsdb.fuzz.ChosenByBytes;
import dev.vantage.tsdb.fuzz.FuzzTarget;
import dev.vantage.tsdb.protocol.Frames;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads any bytes as input of clients. Not thread-safe. The first byte selects the meaning of the
 * rest: '0', the stream itself; '1', bodies of frames, one per line; '2', random choices of changes
 * in a request; others, one of these.
 */
public final class RequestTarget implements FuzzTarget {
  private final AnsweredStream stream = new AnsweredStream();

  /** An input of whole frames. */
  static byte[] ofBodies(String... bodies) {
    return ("1" + String.join("\n", bodies)).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public List<byte[]> seeds() {
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

  @Override
  public List<String> words() {
    return Requests.WORDS;
  }

  @Override
  public void accept(byte[] input) {
    if (input.length > 0) {
      byte[] rest = Arrays.copyOfRange(input, 1, input.length);
      switch (Math.floorMod(input[0], 3)) {
        case 0 -> stream.serve(pieces(rest));
        case 1 -> stream.serve(framed(rest));
        default -> stream.serve(new RequestMutations(new ChosenByBytes(rest, 0)).next());
      }
    }
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
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
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

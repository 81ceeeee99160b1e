package dev.vantage.tsdb.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.testkit.Seeds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
  private static final byte[] PING = "{\"op\":\"ping\"}".getBytes(StandardCharsets.UTF_8);

  @Test
  void lengthIsLittleEndianAndCountsItself() {
    byte[] frame = Frames.encode(PING);
    assertEquals(17, frame.length);
    assertArrayEquals(new byte[] {0x11, 0, 0, 0}, Arrays.copyOf(frame, 4));
    assertArrayEquals(PING, Arrays.copyOfRange(frame, 4, frame.length));
  }

  @Test
  void bodiesThatNoFrameCanHoldAreNotWritten() {
    assertThrows(IllegalArgumentException.class, () -> Frames.encode(new byte[1]));
  }

  @Test
  void anySplitIntoTwoPacketsReadsTheSame() throws IOException {
    byte[] frame = Frames.encode(PING);
    for (int split = 0; split <= frame.length; split++) {
      InputStream in =
          new SequenceInputStream(
              new ByteArrayInputStream(frame, 0, split),
              new ByteArrayInputStream(frame, split, frame.length - split));
      assertArrayEquals(PING, reader(in).read().orElseThrow(), "split=" + split);
    }
  }

  @Test
  void manyFramesInOnePieceReadInOrder() throws IOException {
    Random random = Seeds.random("frames in one piece");
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[][] bodies = new byte[200][];
    for (int i = 0; i < bodies.length; i++) {
      bodies[i] = new byte[2 + random.nextInt(20_000)];
      random.nextBytes(bodies[i]);
      all.write(Frames.encode(bodies[i]));
    }
    FrameReader reader = reader(new ByteArrayInputStream(all.toByteArray()));
    for (byte[] body : bodies) {
      assertArrayEquals(body, reader.read().orElseThrow());
    }
    assertTrue(reader.read().isEmpty());
  }

  @Test
  void aStreamMayEndBetweenFramesOnly() throws IOException {
    byte[] frame = Frames.encode(PING);
    assertEquals(Optional.empty(), reader(new ByteArrayInputStream(frame, 0, 0)).read());
    for (int length = 1; length < frame.length; length++) {
      FrameReader reader = reader(new ByteArrayInputStream(frame, 0, length));
      assertTrue(reader.awaitFrame());
      assertThrows(EOFException.class, reader::read, "length=" + length);
    }
  }

  @Test
  void awaitingAFrameTakesNothingFromIt() throws IOException {
    FrameReader reader = reader(new ByteArrayInputStream(Frames.encode(PING)));
    assertTrue(reader.awaitFrame());
    assertTrue(reader.awaitFrame());
    assertArrayEquals(PING, reader.read().orElseThrow());
    assertFalse(reader.awaitFrame());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 4, 5, 101, 1L << 31, (1L << 32) - 1})
  void lengthsOutOfRangeAreRefusedBeforeTheBodyIsRead(long length) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(header(length, 50));
    FrameException e = assertThrows(FrameException.class, () -> new FrameReader(in, 100).read());
    assertEquals("frame must have from 6 to 100 bytes: bytes=" + length, e.getMessage());
    assertEquals(50, in.available());
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 100})
  void lengthsAtTheEndsOfTheRangeAreAccepted(int length) throws IOException {
    InputStream in = new ByteArrayInputStream(header(length, length - 4));
    assertEquals(length - 4, new FrameReader(in, 100).read().orElseThrow().length);
  }

  @Test
  void aClaimedLengthCostsNoMemory() {
    FrameReader reader =
        new FrameReader(
            new TricklingStream(header(Integer.MAX_VALUE - 100, 10)), Integer.MAX_VALUE);
    assertThrows(EOFException.class, reader::read);
  }

  private static byte[] header(long length, int bodyBytes) {
    return ByteBuffer.allocate(4 + bodyBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) length)
        .array();
  }

  private static FrameReader reader(InputStream in) {
    return new FrameReader(in, Frames.DEFAULT_MAX_LENGTH);
  }

  /**
   * Returns one byte per call, and fails if the caller's array is much larger than the bytes that
   * have arrived.
   */
  private static final class TricklingStream extends InputStream {
    private final ByteArrayInputStream in;

    TricklingStream(byte[] bytes) {
      in = new ByteArrayInputStream(bytes);
    }

    @Override
    public int read() {
      return in.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      assertTrue(target.length <= 1 << 20, "buffer=" + target.length);
      return in.read(target, offset, Math.min(1, length));
    }
  }
}

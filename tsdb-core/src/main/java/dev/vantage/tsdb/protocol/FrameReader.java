package dev.vantage.tsdb.protocol;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * Takes the frames of a stream apart, however the stream is split into packets. The memory it takes
 * grows with the bytes that have arrived, never with the length that a frame claims.
 *
 * <p>Not thread-safe. It reads no further than the frame it is asked for, byte by byte at first, so
 * the stream should be a buffered one.
 */
public final class FrameReader {
  /** A body of so many bytes is received without asking for room. */
  public static final int FREE_BYTES = 8 * 1024;

  /** Bounds what the bodies of several streams take together. */
  @FunctionalInterface
  public interface Room {
    /**
     * Asks for room for more bytes of a body.
     *
     * @param bytes how many
     * @return whether there is room; it is taken then
     */
    boolean take(int bytes);
  }

  private final InputStream in;
  private final int maxLength;
  private int firstByte = -1;

  /**
   * Makes a reader.
   *
   * @param in where the frames come from
   * @param maxLength the longest frame that is accepted, in bytes, its length counted
   */
  public FrameReader(InputStream in, int maxLength) {
    this.in = in;
    this.maxLength = maxLength;
  }

  /**
   * Waits until a frame begins.
   *
   * @return whether one did; false at the end of the stream
   * @throws IOException if the stream fails
   */
  public boolean awaitFrame() throws IOException {
    if (firstByte < 0) {
      firstByte = in.read();
    }
    return firstByte >= 0;
  }

  /**
   * Reads the next frame.
   *
   * @return its body, or empty at the end of the stream
   * @throws FrameException if its length is not allowed; no byte of the body has been read then
   * @throws EOFException if the stream ends inside the frame
   * @throws IOException if the stream fails
   */
  public Optional<byte[]> read() throws IOException {
    if (!awaitFrame()) {
      return Optional.empty();
    }
    return readBody(bytes -> true);
  }

  /**
   * Reads the frame that has begun.
   *
   * @param room is asked for room before more than {@link #FREE_BYTES} are received, and again as
   *     more of them arrive; at most once the length of the frame is taken
   * @return its body, or empty if there was no room: then the rest of it lies in the stream still,
   *     and no other frame can be read
   * @throws FrameException if its length is not allowed; no byte of the body has been read then
   * @throws EOFException if the stream ends inside the frame
   * @throws IOException if the stream fails
   */
  public Optional<byte[]> readBody(Room room) throws IOException {
    int length = readLength() - Frames.HEADER_BYTES;
    byte[] body = new byte[Math.min(length, FREE_BYTES)];
    int received = 0;
    while (true) {
      received += in.readNBytes(body, received, body.length - received);
      if (received < body.length) {
        throw ended(length, received);
      }
      if (received == length) {
        return Optional.of(body);
      }
      int larger = (int) Math.min(length, 2L * received);
      if (!room.take(larger - received)) {
        return Optional.empty();
      }
      body = Arrays.copyOf(body, larger);
    }
  }

  private static EOFException ended(int length, int received) {
    return new EOFException(
        "stream must not end inside a frame: body=" + length + ", received=" + received);
  }

  private int readLength() throws IOException {
    byte[] header = new byte[Frames.HEADER_BYTES];
    header[0] = (byte) firstByte;
    int received = 1 + in.readNBytes(header, 1, header.length - 1);
    if (received < header.length) {
      throw new EOFException("stream must not end inside a frame: length=4, received=" + received);
    }
    firstByte = -1;
    int signed = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt();
    long length = Integer.toUnsignedLong(signed);
    if (length < Frames.MIN_LENGTH || length > maxLength) {
      throw new FrameException(
          "frame must have from "
              + Frames.MIN_LENGTH
              + " to "
              + maxLength
              + " bytes: bytes="
              + length);
    }
    return (int) length;
  }
}

package dev.vantage.tsdb.protocol;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads frames from a stream, however the stream is split into packets. Not thread-safe. Its memory
 * grows with the bytes that have arrived, never with the length that a frame claims.
 *
 * <p>It never reads beyond the requested frame, and reads the length byte by byte, so the stream
 * should be buffered.
 */
public final class FrameReader {
  /** The size of the first piece of a body, in bytes. */
  public static final int FREE_BYTES = 8 * 1024;

  /** The maximum number of bytes that are allocated before they have arrived. */
  private static final int LARGEST_PIECE = 256 * 1024;

  private final InputStream in;
  private final int maxLength;
  private int firstByte = -1;

  /**
   * Creates a reader.
   *
   * @param in the stream of frames
   * @param maxLength the maximum length of a frame in bytes, its 4-byte length included
   */
  public FrameReader(InputStream in, int maxLength) {
    this.in = in;
    this.maxLength = maxLength;
  }

  /**
   * Waits until a frame begins.
   *
   * @return true when a frame has begun; false at the end of the stream
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
    return Optional.of(readBody(Room.ENDLESS).toBytes());
  }

  /**
   * Reads the frame that {@link #awaitFrame} found.
   *
   * @param room supplies the memory of each piece before it is received, at most the length of the
   *     frame. If it throws, the rest of the frame stays in the stream, and no further frame can be
   *     read
   * @return its body
   * @throws FrameException if its length is not allowed; no byte of the body has been read then
   * @throws EOFException if the stream ends inside the frame
   * @throws IOException if the stream fails
   */
  public Body readBody(Room room) throws IOException {
    int length = readLength() - Frames.HEADER_BYTES;
    List<byte[]> pieces = new ArrayList<>();
    int received = 0;
    while (received < length) {
      int size = Math.max(FREE_BYTES, Math.min(received, LARGEST_PIECE));
      byte[] piece = nextPiece(Math.min(size, length - received), room);
      int read = in.readNBytes(piece, 0, piece.length);
      received += read;
      if (read < piece.length) {
        throw ended(length, received);
      }
      pieces.add(piece);
    }
    return Body.of(pieces);
  }

  private static byte[] nextPiece(int size, Room room) {
    room.take(size);
    return new byte[size];
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
          length > maxLength ? Kind.FRAME_TOO_LONG : Kind.MALFORMED,
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

package dev.vantage.tsdb.protocol;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Takes the frames of a stream apart, however the stream is split into packets. The memory it takes
 * grows with the bytes that have arrived, never with the length that a frame claims.
 *
 * <p>Not thread-safe. It reads no further than the frame it is asked for, byte by byte at first, so
 * the stream should be a buffered one.
 */
public final class FrameReader {
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
    int bodyLength = readLength() - Frames.HEADER_BYTES;
    byte[] body = in.readNBytes(bodyLength);
    if (body.length < bodyLength) {
      throw new EOFException(
          "stream must not end inside a frame: body=" + bodyLength + ", received=" + body.length);
    }
    return Optional.of(body);
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

package dev.vantage.tsdb.protocol;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The framing of messages on a stream. Thread-safe. Each message is preceded by its length in
 * bytes, a 4-byte little-endian unsigned integer that counts itself.
 */
public final class Frames {
  /** The size of the length that precedes a body, in bytes. */
  public static final int HEADER_BYTES = 4;

  /**
   * The length of the shortest frame in bytes: the length and the two braces of an empty object.
   */
  public static final int MIN_LENGTH = 6;

  /** The default maximum length of a frame in bytes: 64 MiB. */
  public static final int DEFAULT_MAX_LENGTH = 64 << 20;

  /** The message of a server with TLS, in the clear, to a client without TLS. */
  public static final String TLS_EXPECTED = "connection must use TLS: it is in the clear";

  /** The message of a server without TLS, in the clear, to a client with TLS. */
  public static final String NO_TLS_EXPECTED =
      "connection must not use TLS: the server has no certificate";

  private Frames() {}

  /**
   * Puts the length before a body.
   *
   * @param body the JSON text in UTF-8, at least 2 bytes
   * @return the whole frame, to be written in one call
   * @throws IllegalArgumentException if the body has fewer than 2 bytes, or more than an array with
   *     the length before it can hold
   */
  public static byte[] encode(byte[] body) {
    if (body.length < MIN_LENGTH - HEADER_BYTES || body.length > Integer.MAX_VALUE - 16) {
      throw new IllegalArgumentException(
          "body must have from 2 to 2147483631 bytes: bytes=" + body.length);
    }
    int length = HEADER_BYTES + body.length;
    return ByteBuffer.allocate(length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(length)
        .put(body)
        .array();
  }

  /**
   * Writes a body with its length before it. A short frame is written in one call.
   *
   * @param body the JSON text in UTF-8, at least 2 bytes
   * @param out the destination; needs no buffer
   * @throws IOException if {@code out} fails
   */
  public static void write(Body body, OutputStream out) throws IOException {
    if (body.length() <= FrameReader.FREE_BYTES) {
      out.write(encode(body.toBytes()));
      return;
    }
    out.write(
        ByteBuffer.allocate(HEADER_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(HEADER_BYTES + body.length())
            .array());
    body.writeTo(out);
  }
}

package dev.vantage.tsdb.format.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The bytes of a text of any encoding, in UTF-8. Not thread-safe. Bytes that are not of the
 * encoding are a {@link BadBytesException}, after all text before them has been read.
 */
final class DecodedStream extends InputStream {
  private static final int BYTES = 1 << 13;

  private final InputStream in;
  private final Charset encoding;
  private final CharsetDecoder decoder;
  private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
  private final ByteBuffer raw = ByteBuffer.allocate(BYTES).limit(0);
  private final CharBuffer decoded = CharBuffer.allocate(2 * BYTES).limit(0);
  private final ByteBuffer encoded = ByteBuffer.allocate(8 * BYTES).limit(0);
  private long read;
  private boolean isAtEnd;
  private boolean isBad;

  DecodedStream(InputStream in, Charset encoding) {
    this.in = in;
    this.encoding = encoding;
    this.decoder = encoding.newDecoder();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    while (!encoded.hasRemaining()) {
      if (isBad) {
        throw badBytes();
      }
      if (isAtEnd) {
        return -1;
      }
      fill();
    }
    int count = Math.min(length, encoded.remaining());
    encoded.get(bytes, offset, count);
    return count;
  }

  private void fill() throws IOException {
    raw.compact();
    int count = in.read(raw.array(), raw.position(), raw.remaining());
    isAtEnd = count < 0;
    read += Math.max(0, count);
    raw.position(raw.position() + Math.max(0, count)).flip();
    decoded.compact();
    CoderResult result = decoder.decode(raw, decoded, isAtEnd);
    if (isAtEnd && !result.isError()) {
      decoder.flush(decoded);
    }
    isBad = result.isError();
    decoded.flip();
    encoded.clear();
    // A surrogate pair may be split between two reads; its first half waits for the second.
    encoder.encode(decoded, encoded, isAtEnd);
    encoded.flip();
  }

  private BadBytesException badBytes() {
    return new BadBytesException(
        String.format(
            Locale.ROOT,
            "file must be %s: byte %d of the text is 0x%02X; hint: another --encoding",
            encoding.name(),
            read - raw.remaining() + 1,
            raw.get(raw.position()) & 0xff));
  }
}

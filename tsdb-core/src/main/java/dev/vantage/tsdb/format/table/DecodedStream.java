package dev.vantage.tsdb.format.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;

/** The bytes of a text of any encoding, in UTF-8. Not thread-safe. */
final class DecodedStream extends InputStream {
  private static final int CHARS = 1 << 13;

  private final Reader characters;
  private final Charset encoding;
  private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
  private final CharBuffer decoded = CharBuffer.allocate(CHARS).limit(0);
  private final ByteBuffer encoded = ByteBuffer.allocate(4 * CHARS).limit(0);
  private boolean ended;

  DecodedStream(InputStream in, Charset encoding) {
    this.characters = new InputStreamReader(in, encoding.newDecoder());
    this.encoding = encoding;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    while (!encoded.hasRemaining()) {
      if (ended) {
        return -1;
      }
      fill();
    }
    int count = Math.min(length, encoded.remaining());
    encoded.get(bytes, offset, count);
    return count;
  }

  private void fill() throws IOException {
    decoded.compact();
    try {
      ended = characters.read(decoded) < 0;
    } catch (CharacterCodingException e) {
      throw new BadBytesException(
          "file must be " + encoding.name() + ": " + e.getMessage() + "; hint: another --encoding");
    }
    decoded.flip();
    encoded.clear();
    // A surrogate pair may be split between two reads; its first half waits for the second.
    encoder.encode(decoded, encoded, ended);
    encoded.flip();
  }
}
